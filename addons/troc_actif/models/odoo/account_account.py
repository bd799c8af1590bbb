from odoo import models


class AccountAccount(models.Model):
    _inherit = "account.account"

    def _troc_set_up(self):
        """The register's account too."""
        # sudo: whose account it is, whatever companies the user works for
        networks_sudo = self.env["troc.network"].sudo().with_context(active_test=False)
        found = networks_sudo.search([("register_account_id", "in", self.ids)])
        return super()._troc_set_up() | found.register_account_id.sudo(False)
