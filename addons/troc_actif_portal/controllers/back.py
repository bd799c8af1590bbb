"""After a login, a browser asks again, by GET, for what was sent as a form."""

from werkzeug.exceptions import HTTPException

from odoo import http
from odoo.http import request

PAGES = "/my/actif"
ALL = f"{PAGES}/<path:form>"


class ActifBack(http.Controller):
    @http.route(ALL, type="http", auth="user", website=True, methods=["GET"])
    def back(self, form, **_kwargs):
        """Show the page above a form; what was typed went with the session.

        Which addresses are forms, and which pages, is asked of the routes themselves.
        """
        url = f"{PAGES}/{form}"
        if self._leads(url, "POST"):
            while url != PAGES:
                url = url.rpartition("/")[0]
                if self._leads(url, "GET"):
                    return request.redirect(url)
        raise request.not_found()

    def _leads(self, url, method):
        """Tell whether a route other than this one answers an address."""
        routes = (
            request.env["ir.http"]
            .routing_map()
            .bind_to_environ(request.httprequest.environ)
        )
        try:
            rule, _values = routes.match(url, method=method, return_rule=True)
        except HTTPException:
            return False
        return rule.rule != ALL
