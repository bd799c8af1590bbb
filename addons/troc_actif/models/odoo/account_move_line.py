from odoo import models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.seal import is_sealed

from ... import exceptions


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # All that the register is asked for, without a look at the table: the balances of
    # all members on a day, the movements of one (decision 0024).
    _troc_register_idx = models.Index(
        "(account_id, journal_id, partner_id, date, id)"
        " INCLUDE (balance, debit, credit) WHERE parent_state = 'posted'"
    )

    def write(self, vals):
        if "account_id" in vals and not is_sealed(self.env):
            posted = self.filtered(lambda line: line.parent_state == "posted")
            moved = posted.filtered(
                lambda line: line.account_id.id != vals["account_id"]
            )
            new = self.env["account.account"].browse(vals["account_id"])
            if moved and (moved.account_id | new)._troc_agreeing():
                moved._troc_refuse_account()
        return super().write(vals)

    def _troc_refuse_account(self):
        error = RuleError("actif_account_kept", name=self.account_id[:1].display_name)
        exceptions.refuse(self.env, error, self.move_id[:1].display_name)

    def _get_analytic_distribution_arguments(self, root_plans):
        # An account's code is its code in the current company; a batch of ours spans
        # several, and each line follows its own company's distribution rules.
        arguments = super()._get_analytic_distribution_arguments(root_plans)
        if is_sealed(self.env):
            account = self.account_id.with_company(self.company_id)
            arguments["account_prefix"] = account.code
        return arguments
