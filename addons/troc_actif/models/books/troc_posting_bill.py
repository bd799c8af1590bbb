"""The buyer's payment and a bill that comes late: on another account, or moved."""

from odoo import Command

from odoo.addons.troc_actif_invoice.lib.actif_rules import open_amounts
from odoo.addons.troc_actif_invoice.tools import dec


class TrocPostingBill:
    """A part of TrocPosting, where its fields stand."""

    __slots__ = ()

    def _reconcile_bill(self, compensation, date=None):
        """Reconcile the buyer's payment on account with the bill, posted since.

        A bill on another payable account (404 of fixed assets) gets the payment by an
        entry of its own, as of `date`.
        """
        company = compensation.buyer_id._books()
        own = compensation.with_env(self._in_companies(company))
        payment = own.buyer_payment_id
        if payment.state == "reversed" or own.bill_id.currency_id != own.currency_id:
            return
        self._bring_back(own, date or self._bill_day(own))
        paid = self._counterpart(payment)
        lines = self._open_lines(own, "buyer")
        if not lines or paid.reconciled:
            return
        if same := lines.filtered(lambda line: line.account_id == paid.account_id):
            self._reconcile_plan([paid + same])
        else:
            self._carry(own, paid, lines, date or self._bill_day(own))

    def _bill_day(self, compensation):
        """Return a day that is open in the buyer's books: of his bill, or later."""
        return max(compensation.bill_id.date, compensation.buyer_payment_id.date)

    def _carry(self, compensation, paid, lines, date):
        """Carry what is open of the payment to the account of the bill's `lines`."""
        left = dec(abs(paid.amount_residual))
        open_ = self._open_by_account(compensation.bill_id)
        code = open_amounts.account_for(open_, left)
        target = self._account_of(lines, code, paid.company_id)
        amount = float(min(left, open_[code]))
        move = self._carrying_entry(compensation, paid, target, amount, date)
        carried = move.line_ids.filtered(lambda line: line.account_id == target)
        same = lines.filtered(lambda line: line.account_id == target)
        self._reconcile_plan([paid + (move.line_ids - carried), carried + same])

    def _carrying_entry(self, compensation, paid, target, amount, date):
        sign = 1 if paid.balance > 0 else -1
        journals = compensation.env["account.journal"]
        values = {
            "partner_id": paid.partner_id.id,
            "name": self._reference(compensation),
        }
        move = compensation.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journals.search(
                    [
                        ("company_id", "=", paid.company_id.id),
                        ("type", "=", "general"),
                        ("troc_role", "=", False),
                    ],
                    limit=1,
                ).id,
                "date": date,
                "ref": self._reference(compensation),
                "troc_carries_id": compensation.id,
                "line_ids": [
                    Command.create(
                        {
                            **values,
                            "account_id": account.id,
                            "balance": balance,
                        }
                    )
                    for account, balance in (
                        (target, sign * amount),
                        (paid.account_id, -sign * amount),
                    )
                ],
            }
        )
        move._post(soft=False)
        return move

    def _bring_back(self, compensations, date):
        """Reverse what was carried to other accounts; tell whether anything was."""
        carried = self._carried(compensations)
        if carried:
            values = [
                {
                    "date": max(date, move.date),
                    "ref": move.ref,
                    "troc_carries_id": move.troc_carries_id.id,
                }
                for move in carried
            ]
            carried._reverse_moves(values, cancel=True)
        return bool(carried)

    def _carried(self, compensations):
        """Return the carrying entries that stand."""
        return compensations.env["account.move"].search(
            [
                ("troc_carries_id", "in", compensations.ids),
                ("state", "=", "posted"),
                ("reversed_entry_id", "=", False),
                ("reversal_move_ids", "=", False),
            ]
        )

    def _left_on_account(self, compensation):
        """Return what of the buyer's payment is not set off against any bill."""
        payment = compensation.buyer_payment_id
        if payment.state == "reversed":
            return 0.0
        return abs(sum(self._counterpart(payment).mapped("amount_residual")))

    def _take_off_bill(self, compensation):
        """Free the buyer's payment from the bill that it pays."""
        company = compensation.buyer_id._books()
        own = compensation.with_env(self._in_companies(company))
        if not own.buyer_payment_id:
            return
        self._bring_back(own, own.buyer_payment_id.date)
        paid = self._counterpart(own.buyer_payment_id)
        partials = paid.matched_debit_ids | paid.matched_credit_ids
        others = (partials.debit_move_id | partials.credit_move_id) - paid
        bills = others.filtered(lambda line: line.move_id.is_invoice())
        of_bills = bills.matched_debit_ids | bills.matched_credit_ids
        (partials & of_bills).unlink()
