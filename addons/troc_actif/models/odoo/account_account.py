from odoo import models


class AccountAccount(models.Model):
    _inherit = "account.account"

    def _troc_set_up(self):
        """The register's account too."""
        return super()._troc_set_up() | self._troc_of_register()

    def _troc_of_register(self):
        # sudo: whose account it is, whatever companies the user works for
        networks_sudo = self.env["troc.network"].sudo().with_context(active_test=False)
        found = networks_sudo.search([("register_account_id", "in", self.ids)])
        return found.register_account_id.sudo(False)

    def _troc_agreeing(self):
        """Return those of these accounts that agree with a register kept here.

        Not that of a company whose network is elsewhere: its link posts there.
        """
        # sudo: which companies are members, whatever companies the user works for
        members_sudo = self.env["troc.member"].sudo().with_context(active_test=False)
        found = members_sudo.search([("company_id.troc_account_id", "in", self.ids)])
        own = found.company_id.troc_account_id.sudo(False)
        return own | self._troc_of_register()
