"""What the rules say of compensations today: which may be posted, why others wait."""

from odoo import fields

from ... import exceptions
from ...lib.actif_rules.errors import RuleError
from ...public import each_once
from ...tools import dec
from ..common.seal import sealed

BLOCK = ("blocked_code", "blocked_detail", "blocked_since")


class TrocCompensationRules:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    def _parties(self):
        return self.seller_id | self.buyer_id

    def _apply_rules(self, accounts, override=False):
        """Return what may be posted; the others show why they wait.

        `accounts` moves on with each compensation that passes, so that a batch
        cannot spend the same room twice.
        """
        ready = self.browse()
        for compensation in self:
            try:
                compensation._check_rules()
                if compensation._needs_second():
                    continue
                compensation._move_accounts(accounts, override)
            except RuleError as error:
                compensation._block(error)
            else:
                ready += compensation
        return ready

    def _check_rules(self):
        """Raise RuleError for the first rule that stops this compensation today."""
        self._check_accepted()
        if self.is_disputed:
            raise RuleError("disputed", reason=self.dispute_reason)
        self._check_document()
        if self._goes_back():
            # whatever their state is by now: a correction, not a trade
            self._check_origin()
        else:
            self._check_states()
        self._check_books()
        self._check_invoice_known()
        self._check_dates()
        self._check_open_amounts()

    def _check_invoice_known(self):
        """A hosted seller's invoice is in his books."""
        if self.seller_id._books() and not self.move_id:
            raise RuleError(
                "invoice_unknown",
                number=self.document_number,
                amount=dec(self.total_amount),
                company=self.seller_company_id.name,
            )

    def _check_open_amounts(self):
        """Nothing is compensated beyond what is open on the invoice and the bill."""
        amount = dec(self.actif_amount)
        invoice, bill = self.move_id, self.bill_id
        if invoice and dec(invoice.amount_residual) < amount:
            raise RuleError(
                "invoice_paid", open=dec(invoice.amount_residual), amount=amount
            )
        if bill.state == "posted" and dec(bill.amount_residual) < amount:
            raise RuleError(
                "bill_paid",
                open=dec(bill.amount_residual),
                amount=amount,
                bill=bill.name,
            )

    def _move_accounts(self, accounts, override=False, reverse=False):
        """Check what a leaving member may, then both limits, and move the Actifs.

        A credit note moves them back, and so does a reversal; that of a credit note
        moves them as its invoice did.
        """
        if not (override or reverse or self._goes_back() or self._concludes_deal()):
            self._check_settling(accounts)
        giver, taker = self.buyer_id, self.seller_id
        if reverse != self._goes_back():
            giver, taker = taker, giver
        amount = dec(self.actif_amount)
        self._move_actifs(accounts, giver, taker, amount, override)

    def _block(self, error):
        same = self.blocked_code == error.code and self.blocked_since
        self.write(
            {
                "blocked_since": same or fields.Datetime.now(),
                "blocked_code": error.code,
                "blocked_detail": exceptions.explain(self.env, error, self._label()),
                "queued_by_id": False,
            }
        )

    def _refresh_blocked(self):
        """Say of submitted ones what would stop them if validated now."""
        for compensation in sealed(self).filtered(lambda c: c.state == "submitted"):
            try:
                compensation._check_rules()
                compensation._move_accounts(compensation._accounts())
            except RuleError as error:
                compensation._block(error)
            else:
                compensation.write(dict.fromkeys(BLOCK, False))

    @each_once
    def action_check_again(self):
        """Check anew what stops these compensations (they stay submitted)."""
        self.check_access("read")
        self._refresh_blocked()
        return True
