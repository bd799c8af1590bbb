from odoo import api, fields, models
from odoo.tools import formatLang


class AccountPaymentRegister(models.TransientModel):
    """Register Payment is for euros: Actifs move through compensations alone."""

    _inherit = "account.payment.register"

    troc_notice = fields.Text(compute="_compute_troc_notice", compute_sudo=True)
    troc_beyond = fields.Boolean(compute="_compute_troc_notice", compute_sudo=True)

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

    def _troc_waiting(self, lines):
        """Return the compensations of these documents that wait for validation."""
        return lines.move_id._troc_own().filtered(lambda c: c.state == "submitted")

    @api.depends("line_ids", "amount")
    def _compute_troc_notice(self):
        for wizard in self:
            waiting = wizard._troc_waiting(wizard.line_ids)
            wizard.troc_beyond = bool(waiting) and wizard._troc_is_beyond()
            wizard.troc_notice = "\n".join(wizard._troc_sentence(c) for c in waiting)

    def _troc_is_beyond(self):
        if not self.currency_id:
            return False
        rest = self._get_total_amounts_to_pay(self.batches)["full_amount"]
        return self.currency_id.compare_amounts(self.amount, rest) > 0

    def _troc_sentence(self, compensation):
        move = compensation.move_id & self.line_ids.move_id or compensation.bill_id
        rest = max(move.amount_residual - compensation.actif_amount, 0.0)
        return self.env._(
            "%(amount)s in Actifs of %(number)s are waiting for validation (%(name)s): "
            "only %(rest)s remain due in euros. If more is paid in euros, "
            "%(name)s cannot be validated.",
            amount=formatLang(self.env, compensation.actif_amount, digits=2),
            number=compensation.document_number,
            name=compensation.name,
            rest=formatLang(self.env, rest, digits=2),
        )
