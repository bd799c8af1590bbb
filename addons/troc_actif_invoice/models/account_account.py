from odoo import models

from ..exceptions import refuse_set_up
from ..seal import is_sealed

# What makes it a current account in euros of these books: see troc.company.setup.
KEPT = frozenset(("account_type", "reconcile", "currency_id", "company_ids", "active"))


class AccountAccount(models.Model):
    _inherit = "account.account"

    def write(self, vals):
        if KEPT & vals.keys() and not is_sealed(self.env):
            kept = self & self._troc_set_up()
            before = [[account[name] for name in KEPT] for account in kept]
            done = super().write(vals)
            after = [[account[name] for name in KEPT] for account in kept]
            if before != after:
                refuse_set_up(kept)
            return done
        return super().write(vals)

    def _troc_set_up(self):
        """Return those of these accounts that the set-up made for Actifs."""
        # sudo: whose account it is, whatever companies the user works for
        companies_sudo = self.env["res.company"].sudo()
        own = companies_sudo.search([("troc_account_id", "in", self.ids)])
        return own.troc_account_id.sudo(False)
