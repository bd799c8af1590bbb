from odoo import api, models


class AccountPaymentRegister(models.TransientModel):
    """Register Payment is for euros: Actifs move through compensations alone."""

    _inherit = "account.payment.register"

    @api.model
    def _get_batch_available_journals(self, batch_result):
        journals = super()._get_batch_available_journals(batch_result)
        return journals.filtered(lambda journal: not journal.troc_role)

    @api.depends("available_journal_ids")
    def _compute_journal_id(self):
        # An invoice of 100 % prefers the method Actif, whose journal Odoo would take
        result = super()._compute_journal_id()
        for wizard in self.filtered("journal_id.troc_role"):
            wizard.journal_id = wizard.available_journal_ids[:1]._origin
        return result
