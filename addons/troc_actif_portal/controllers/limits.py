"""The member's limits: what they are, how they came about, and a wish for others."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .base import ActifPortal

URL = "/my/actif/limits"
SHOWN = 20


class ActifLimits(ActifPortal):
    @http.route(URL, type="http", auth="user", website=True, readonly=True)
    def limits(self, **_kwargs):
        return self._troc_show_limits(self._troc_member())

    def _troc_show_limits(self, member, error=None, typed=None):
        requests = member.limit_request_ids
        return request.render(
            "troc_actif_portal.limits",
            self._troc_values(
                "troc_limits",
                near=member.account_id._limits_near(),
                waiting=requests.filtered(lambda r: r.state == "submitted"),
                requests=[(r, r._state_label()) for r in requests[:SHOWN]],
                changes=member.limit_change_ids[:SHOWN],
                kinds=member._limit_kind_labels(),
                error=error,
                typed=typed or {},
            ),
        )

    @http.route(f"{URL}/ask", type="http", auth="user", website=True, methods=["POST"])
    def ask(self, wanted_credit=None, wanted_ceiling=None, reason=None, **_kwargs):
        """Ask for other limits; a ceiling that is not filled in stays."""
        member = self._troc_member()
        ceiling = member.balance_limit
        if wanted_ceiling:
            ceiling = self._troc_number(wanted_ceiling, float)
        try:
            with request.env.cr.savepoint():
                member.action_request_limits(
                    self._troc_number(wanted_credit, float), ceiling, reason
                )
        except UserError as error:
            typed = {"credit": wanted_credit, "ceiling": wanted_ceiling}
            return self._troc_show_limits(
                member, str(error), {**typed, "reason": reason}
            )
        self._troc_tell(
            request.env._("Your request is with the managers of the network.")
        )
        return request.redirect(URL)

    @http.route(
        f"{URL}/<int:request_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def withdraw(self, request_id, **_kwargs):
        """Take a request back that nobody has answered yet."""
        wish = self._troc_readable("troc.limit.request", request_id)
        return self._troc_try(wish.action_withdraw, URL)
