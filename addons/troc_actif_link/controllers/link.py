"""The link with the member's own Odoo: its key, how it is, and its end."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.troc_actif_portal.controllers.base import ActifPortal

URL = "/my/actif/link"
SHOWN = 20


class ActifLink(ActifPortal):
    @http.route(URL, type="http", auth="user", website=True, readonly=True)
    def link(self, **_kwargs):
        return self._troc_show_link(self._troc_member())

    def _troc_show_link(self, member, key=None, error=None):
        link = member.link_ids[:1]
        states = dict(
            request.env["troc.link.entry"]
            ._fields["state"]
            ._description_selection(request.env)
        )
        return request.render(
            "troc_actif_link.link",
            self._troc_values(
                "troc_link",
                link=link,
                entries=link.entry_ids.sorted("item_id", reverse=True)[:SHOWN],
                states=states,
                keys=member._link_keys(),
                key=key,
                error=error,
                address=request.httprequest.host_url.rstrip("/"),
                database=request.db,
            ),
        )

    @http.route(f"{URL}/key", type="http", auth="user", website=True, methods=["POST"])
    def make_key(self, password=None, **_kwargs):
        """Show a new key once: it is stored nowhere in clear."""
        member = self._troc_member()
        try:
            with request.env.cr.savepoint():
                key = member._make_link_key(password)
        except UserError as error:
            return self._troc_show_link(member, error=str(error))
        response = self._troc_show_link(member, key=key)
        response.headers["Cache-Control"] = "no-store"
        return response

    @http.route(
        f"{URL}/keys/remove", type="http", auth="user", website=True, methods=["POST"]
    )
    def remove_keys(self, **_kwargs):
        return self._troc_try(self._troc_member()._remove_link_keys, URL)

    @http.route(
        f"{URL}/revoke", type="http", auth="user", website=True, methods=["POST"]
    )
    def revoke(self, reason=None, **_kwargs):
        links = self._troc_member().link_ids
        return self._troc_try(lambda: links.action_revoke(reason), URL)
