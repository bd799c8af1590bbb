"""The keys with which a member's own Odoo calls, made by its people in the portal."""

from odoo import fields, models
from odoo.exceptions import AccessDenied

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

KEY_DAYS = 365


class TrocMember(models.Model):
    _inherit = "troc.member"

    link_ids = fields.One2many("troc.link", "member_id", readonly=True)

    def _link_key_name(self):
        # sudo: the name of one's own network
        return f"Troc Actif · {self.sudo().network_id.name}"

    def _link_keys(self):
        """Return the API keys that the member's users made for its link (superuser)."""
        # sudo: a key is read by its owner alone; the administrators of a member see
        # that there is one, and may remove it
        keys_sudo = self.env["res.users.apikeys"].sudo()
        names = [("name", "in", [one._link_key_name() for one in self])]
        users = [("user_id", "in", self._users().filtered("share").ids)]
        return keys_sudo.search(names + users, order="create_date desc, id desc")

    def _make_link_key(self, password):
        """Return a new key of the current user's, shown once; administrators only.

        Valid for a year, for RPC alone.  The password is asked for, as Odoo does, for
        what may be done with it later.
        """
        self.ensure_one()
        self._check_administrator()
        user = self.env.user
        try:
            user._check_credentials(
                {"login": user.login, "password": password or "", "type": "password"},
                {"interactive": True},
            )
        except AccessDenied:
            exceptions.refuse(self.env, RuleError("password_wrong"), user.name)
        until = fields.Datetime.add(fields.Datetime.now(), days=KEY_DAYS)
        # sudo: Odoo allows a portal user a key of one day; a link must go on by itself
        keys_sudo = self.env["res.users.apikeys"].sudo()
        key = keys_sudo._generate("rpc", self._link_key_name(), until)
        self._log(self.env._("%s made a key for the link", user.name))
        return key

    def _drop_link_keys(self):
        self._link_keys()._remove()
        # who logged in with one is remembered, and Odoo does not forget by itself
        self.env.registry.clear_cache()

    def _remove_link_keys(self):
        """Remove all keys of the link; administrators of the member only."""
        self._check_administrator()
        self._drop_link_keys()
        self._log(self.env._("The keys of the link were removed"))
