"""Register Payment proposes what is due: in euros, or in Actifs by their journal."""

from odoo import api, models
from odoo.exceptions import UserError


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    @api.model
    def _get_line_batch_key(self, line):
        """A document that awaits Actifs is paid by a payment of its own.

        One payment of several settles the oldest of them first, whole.
        """
        key = super()._get_line_batch_key(line)
        if line.move_id._troc_awaited():
            key["troc_move_id"] = line.move_id.id
        return key

    def _troc_limit(self, lines):
        """Return what is proposed for the documents of these lines, at most."""
        moves = lines.move_id
        if self.journal_id.troc_role:
            awaited = sum(move._troc_awaited() for move in moves)
            return awaited or sum(moves.mapped("amount_residual"))
        return sum(move._troc_due_now() for move in moves)

    def _troc_is_limited(self, lines):
        moves = lines.move_id
        awaits = any(move._troc_awaited() for move in moves)
        return awaits and moves.currency_id == self.currency_id

    @api.depends("journal_id")
    def _compute_amount(self):
        return super()._compute_amount()

    def _create_payment_vals_from_batch(self, batch_result):
        values = super()._create_payment_vals_from_batch(batch_result)
        lines = batch_result["lines"]
        if any(move._troc_awaited() for move in lines.move_id):
            values["amount"] = min(values["amount"], self._troc_limit(lines))
        return values

    def _get_total_amounts_to_pay(self, batch_results):
        totals = super()._get_total_amounts_to_pay(batch_results)
        lines = self.env["account.move.line"].union(
            *(b["lines"] for b in batch_results)
        )
        if self._troc_is_limited(lines):
            limit = self._troc_limit(lines)
            for name, amount in totals.items():
                if name.startswith(("amount_", "full_")):
                    totals[name] = min(amount, limit)
        return totals

    def _create_payments(self):
        """Of several documents, pay no euros for those of which none are due."""
        if len(self.line_ids.move_id) > 1 and not self.journal_id.troc_role:
            due = [b for b in self.batches if b["lines"].move_id._troc_any_due()]
            if not due:
                raise UserError(
                    self.env._(
                        "%s are paid in Actifs: nothing is due in euros. Close this, "
                        "and choose others.",
                        ", ".join(self.line_ids.move_id.mapped("display_name")),
                    )
                )
            self.batches = due
        return super()._create_payments()
