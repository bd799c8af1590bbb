"""Steps of the random walk: parts taken back, credit notes of hosted sellers."""

from .walk_common import WalkPart


class WalkCorrections(WalkPart):
    WEIGHTS = {"reverse_part": 10, "credit_note_wizard": 4}

    def invoices_validated(self):
        return self.walked.filtered(
            lambda c: c.state == "validated" and c.document_type == "invoice"
        )

    def do_reverse_part(self):
        origin = self.one_of(self.invoices_validated())
        part = self.random.choice((0.3, 0.5, 0.99, 1, 1.2))
        amount = round(origin.left_amount * part, 2) or 0.01
        self.by(self.user(), origin).action_reverse_part(amount, "Marche")
        self.walked |= origin.sudo().credit_note_ids

    def do_credit_note_wizard(self):
        origin = self.one_of(self.invoices_validated().filtered("move_id"))
        invoice = origin.move_id
        user = self.accountant_of(invoice.company_id)
        wizard = (
            self.by(user, self.env["account.move.reversal"])
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        refund = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
        for line in refund.invoice_line_ids:
            line.price_unit *= self.random.choice((1, 0.5, 0.1))
        self.by(user, refund).action_post()
        self.walked |= refund.troc_compensation_ids
