"""Who acts for the company in the portal, how it is reached, what others read of it."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .base import ActifPortal

URL = "/my/actif/colleagues"
RIGHTS = ("read", "trade", "administer")
CONTACT = "street street2 zip city phone email website iban".split()


class ActifColleagues(ActifPortal):
    @http.route(URL, type="http", auth="user", website=True)
    def colleagues(self, **_kwargs):
        return self._troc_show_colleagues()

    def _troc_show_colleagues(self, error=None, typed=None, contact=None):
        member = self._troc_member()
        users = member._colleagues()
        return request.render(
            "troc_actif_portal.colleagues",
            self._troc_values(
                "troc_colleagues",
                colleagues=[(user, member._right_by_groups(user)) for user in users],
                # sudo: whether he has ever come, for who invited him
                awaited=users.sudo().filtered(lambda user: not user.login_date),
                former=member._former_colleagues(),
                rights=RIGHTS,
                error=error,
                typed=typed or {},
                profile=member._public_profile(),
                contact={**member._contact_values(), **(contact or {})},
                hosted=member.sudo().kind == "hosted",
            ),
        )

    @http.route(
        f"{URL}/invite", type="http", auth="user", website=True, methods=["POST"]
    )
    def invite(self, name="", email="", right="trade", **_kwargs):
        member = self._troc_member()
        try:
            with request.env.cr.savepoint():
                member.action_invite(name, email, right)
        except UserError as error:
            typed = {"name": name, "email": email, "right": right}
            return self._troc_show_colleagues(str(error), typed)
        self._troc_tell(request.env._("An invitation leaves by mail to %s.", email))
        return request.redirect(URL)

    @http.route(
        f"{URL}/<int:user_id>/<string:action>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def change(self, user_id, action, right="", name="", email="", **_kwargs):
        member = self._troc_member()
        if action == "remove":
            return self._troc_try(lambda: member.action_remove_colleague(user_id), URL)
        if action == "reopen":
            return self._troc_try(lambda: member.action_reopen_colleague(user_id), URL)
        if action == "again":
            return self._troc_try(lambda: member.action_invite_again(user_id), URL)
        if action == "change":
            return self._troc_try(
                lambda: member.action_change_colleague(user_id, name, email), URL
            )
        if action == "right":
            return self._troc_try(lambda: member.action_set_right(user_id, right), URL)
        raise request.not_found()

    @http.route(
        f"{URL}/present", type="http", auth="user", website=True, methods=["POST"]
    )
    def present(self, presentation="", **_kwargs):
        """Change what other members read of the company."""
        member = self._troc_member()

        def act():
            member.action_present(presentation)
            self._troc_tell(
                request.env._("Kept. Other members read this on your page.")
            )

        return self._troc_try(act, URL)

    @http.route(
        f"{URL}/contact", type="http", auth="user", website=True, methods=["POST"]
    )
    def company_contact(self, **typed):
        """Change how the company is reached and paid."""
        member = self._troc_member()
        values = {name: typed[name] for name in CONTACT if name in typed}
        try:
            with request.env.cr.savepoint():
                member.action_update_contact(values)
        except UserError as error:
            return self._troc_show_colleagues(str(error), contact=values)
        self._troc_tell(
            request.env._("Kept. Invoices and your animators know it from now.")
        )
        return request.redirect(URL)
