from odoo import models

from odoo.addons.troc_actif_invoice.seal import is_sealed


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # All that the register is asked for, without a look at the table: the balances of
    # all members on a day, the movements of one (decision 0024).
    _troc_register_idx = models.Index(
        "(account_id, journal_id, partner_id, date, id)"
        " INCLUDE (balance, debit, credit) WHERE parent_state = 'posted'"
    )

    def _get_analytic_distribution_arguments(self, root_plans):
        # An account's code is its code in the current company; a batch of ours spans
        # several, and each line follows its own company's distribution rules.
        arguments = super()._get_analytic_distribution_arguments(root_plans)
        if is_sealed(self.env):
            account = self.account_id.with_company(self.company_id)
            arguments["account_prefix"] = account.code
        return arguments
