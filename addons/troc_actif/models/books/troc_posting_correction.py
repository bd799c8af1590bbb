"""Parts taken back: what the payment in Actifs pays of its document shrinks."""


class TrocPostingCorrection:
    """A part of TrocPosting, where its fields stand."""

    __slots__ = ()

    def _take_back(self, job, payment):
        """Set `payment` off against its origin's, which then pays so much less.

        The origin's payment is taken off its document and put on it again with what
        is left, so that the VAT on payment follows by Odoo's own cash basis.
        """
        origin = job.compensation.origin_id.with_env(payment.env)
        carried = job.side == "buyer" and self._bring_back(origin, payment.date)
        paid = self._counterpart(origin[f"{job.side}_payment_id"])
        back = self._counterpart(payment)
        documents = self._take_off(paid, payment.amount)
        self._reconcile_plan([paid + back])
        if carried:
            self._reconcile_bill(origin, payment.date)
        elif documents and not paid.reconciled:
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

    def _pay_again(self, origin, side):
        """Put what is open of a payment in Actifs on its document again."""
        payment = origin[f"{side}_payment_id"]
        if not payment:
            return
        env = self._in_companies(payment.company_id)
        origin = origin.with_env(env)
        if side == "buyer" and self._carried(origin):
            return self._reconcile_bill(origin)
        paid = self._counterpart(origin[f"{side}_payment_id"])
        lines = self._open_lines(origin, side).filtered(
            lambda line: line.account_id == paid.account_id
        )
        if lines and not paid.reconciled:
            self._reconcile_plan([paid + lines])
