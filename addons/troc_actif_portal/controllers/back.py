"""After a login, a browser asks again, by GET, for what was sent as a form."""

from odoo import http
from odoo.http import request

# The pages whose forms are sent below them.
PAGES = {
    "/my/actif/market/<int:record_id>": ("contact",),
    "/my/actif/introductions/<int:record_id>": ("<string:action>",),
    "/my/actif/invoices/<int:record_id>": ("dispute", "accept"),
    "/my/actif/confirmations/<int:record_id>": ("confirm", "contest"),
    "/my/actif/bookings": ("accounts",),
    "/my/actif/listings/<int:record_id>": ("save", "copy", "do/<string:action>"),
    "/my/actif/listings": ("new/save",),
    "/my/actif/invoices": ("send", "read"),
    "/my/actif/market": ("keep",),
    "/my/actif/link": ("key", "keys/remove", "revoke"),
    "/my/actif/limits": ("ask", "<int:record_id>/withdraw"),
    "/my/actif/colleagues": (
        "invite",
        "contact",
        "present",
        "data",
        "<int:record_id>/<string:action>",
    ),
}
FORMS = [f"{page}/{end}" for page, ends in PAGES.items() for end in ends]


class ActifBack(http.Controller):
    @http.route(FORMS, type="http", auth="user", website=True, methods=["GET"])
    def back(self, record_id=None, **_kwargs):
        """Show the page of the form; what was typed went with the session."""
        path = request.httprequest.path
        for page in PAGES:
            url = page.replace("<int:record_id>", str(record_id))
            if path.startswith(f"{url}/"):
                return request.redirect(url)
        raise request.not_found()
