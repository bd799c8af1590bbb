from odoo import models

from ..common.managers import keeps_contacts


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    def _find_or_create_bank_account(self):
        """Reconcile a member's transfer, and make no bank account of his of it."""
        if keeps_contacts(self.env) or not self.partner_id._troc_kept():
            return super()._find_or_create_bank_account()
        return self.partner_id.bank_ids.filtered(
            lambda bank: (
                bank.acc_number == self.account_number
                and bank.company_id in (bank.company_id.browse(), self.company_id)
            )
        )[:1]
