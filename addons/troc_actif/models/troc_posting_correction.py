"""Parts taken back: what the payment in Actifs pays of its document shrinks."""

from odoo import models

from .account_move_cash_basis import CASH_BASIS_DATE, CashBasisDate
from .troc_posting import Job


class TrocPosting(models.AbstractModel):
    _inherit = "troc.posting"

    def _dated(self, date):
        """Return self, making cash-basis entries and their reversals as of `date`."""
        return self.with_context(**{CASH_BASIS_DATE: CashBasisDate(date)})

    def _jobs(self, compensations):
        """A correction has entries where its origin has: nowhere else."""
        parts = compensations.filtered(lambda c: c.document_type == "correction")
        return super()._jobs(compensations - parts) + [
            Job(part, side, part.origin_id[f"{side}_payment_id"].company_id)
            for side in ("seller", "buyer")
            for part in parts
            if part.origin_id[f"{side}_payment_id"]
        ]

    def _open_account(self, compensation, side, company):
        if compensation.document_type == "correction":
            return compensation.origin_id[f"{side}_payment_id"].destination_account_id
        return super()._open_account(compensation, side, company)

    def _reconcile(self, jobs, payments):
        pairs = list(zip(jobs, payments, strict=True))
        parts = [p for p in pairs if p[0].compensation.document_type == "correction"]
        others = [pair for pair in pairs if pair not in parts]
        result = super()._reconcile(
            [job for job, _payment in others],
            payments.browse([payment.id for _job, payment in others]),
        )
        for job, payment in parts:
            self._take_back(job, payment)
        return result

    def _take_back(self, job, payment):
        """Set `payment` off against its origin's, which then pays so much less.

        The origin's payment is taken off its document and put on it again with what
        is left, so that the VAT on payment follows by Odoo's own cash basis.
        """
        origin = job.compensation.origin_id.with_env(payment.env)
        paid = self._counterpart(origin[f"{job.side}_payment_id"])
        back = self._counterpart(payment)
        documents = self._take_off(paid, payment.amount)
        self._reconcile_plan([paid + back])
        if documents and not paid.reconciled:
            self._reconcile_plan([paid + documents])

    def _take_off(self, paid, amount):
        """Free `amount` of the line `paid`; return the lines that it had paid."""
        currency = paid.company_currency_id
        if currency.compare_amounts(abs(paid.amount_residual), amount) >= 0:
            return paid.browse()
        partials = (paid.matched_debit_ids | paid.matched_credit_ids).filtered(
            lambda p: not self._of_correction(p.debit_move_id | p.credit_move_id)
        )
        documents = (partials.debit_move_id | partials.credit_move_id) - paid
        partials.unlink()
        return documents

    def _of_correction(self, lines):
        types = lines.move_id.troc_compensation_id.mapped("document_type")
        return "correction" in types

    def _reverse(self, compensations, date):
        result = super()._reverse(compensations, date)
        parts = compensations.filtered(lambda c: c.document_type == "correction")
        for part in parts:
            for side in ("seller", "buyer"):
                self._pay_again(part.origin_id, side)
        return result

    def _pay_again(self, origin, side):
        """Put what is open of a payment in Actifs on its document again."""
        payment = origin[f"{side}_payment_id"]
        if not payment:
            return
        env = self._in_companies(payment.company_id)
        origin = origin.with_env(env)
        paid = self._counterpart(origin[f"{side}_payment_id"])
        lines = self._open_lines(origin, side).filtered(
            lambda line: line.account_id == paid.account_id
        )
        if lines and not paid.reconciled:
            self._reconcile_plan([paid + lines])
