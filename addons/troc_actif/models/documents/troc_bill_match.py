from odoo import models

from odoo.addons.troc_actif_invoice.lib.actif_rules import document_number
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec

from ... import exceptions

# The bill of each kind of document, and the other way round.
KINDS = {"in_invoice": "invoice", "in_refund": "credit_note"}


class TrocBillMatch(models.AbstractModel):
    """Finds which bill of a hosted buyer is that of which compensation.

    Certain is the number of the same year; a number that was typed otherwise is taken
    where the total is the same to the cent and nothing else comes into question.
    The rest is proposed to the accountant (`troc.bill.choice`).
    """

    _name = "troc.bill.match"
    _description = "Bills and their payments in Actifs"

    # -- a bill was posted ----------------------------------------------------

    def _posted(self, bills):
        """Give each of these bills, just posted, the payment that waited for it."""
        for bill in bills.filtered(lambda move: move.move_type in KINDS):
            for compensation in self._certain(bill, self._waiting(bill)):
                self._give(compensation, bill)

    def _give(self, compensation, bill):
        """Make this the bill of a compensation, and set its payment off against it."""
        own = sealed(compensation)
        if own.state == "validated" and bill.currency_id != own.currency_id:
            # an advance of euros, and a bill that owes something else
            own.bill_id -= bill
            return
        own.bill_id = bill
        if own.state == "validated":
            self.env["troc.posting"]._reconcile_bill(own)

    def _waiting(self, bill):
        """Return the compensations of this supplier that have no posted bill yet."""
        # sudo: the buyer's accountant may not write on compensations
        return (
            self.env["troc.compensation"]
            .sudo()
            .search(
                [
                    ("document_type", "=", KINDS[bill.move_type]),
                    ("buyer_company_id", "=", bill.company_id.id),
                    ("seller_partner_id", "=", bill.commercial_partner_id.id),
                    ("state", "in", ("submitted", "validated")),
                    # a bill that he posts takes the place of the prepared draft
                    "|",
                    ("bill_id", "in", (bill.id, False)),
                    ("bill_id.state", "in", ("draft", "cancel")),
                ]
            )
        )

    def _certain(self, bill, waiting):
        if own := waiting.filtered(lambda c: c.bill_id == bill):
            return own
        same = waiting.filtered(lambda c: self._is_same(c, bill))
        if same:
            return same
        close = waiting.filtered(lambda c: self._is_close(c, bill))
        if len(close) != 1:
            return close[:0]
        # the draft that was prepared for it is none of the supplier's
        others = self._bills(close, bill.company_id) - close.bill_id - bill
        return close[:0] if others else close

    def _is_same(self, compensation, bill):
        # a seller may begin his numbers anew each year
        year = (bill.invoice_date or bill.date).year
        number = compensation.document_number
        return (
            document_number.same(number, bill.ref)
            and compensation.document_year == year
        )

    def _is_close(self, compensation, bill):
        """Tell whether all but the way its number is written agrees."""
        return (
            document_number.alike(compensation.document_number, bill.ref)
            and self._is_of_total(compensation, bill)
            and document_number.near(
                compensation.document_date, bill.invoice_date or bill.date
            )
        )

    def _is_of_total(self, compensation, bill):
        return bill.currency_id == compensation.currency_id and dec(
            bill.amount_total
        ) == dec(compensation.total_amount)

    # -- an invoice was submitted ---------------------------------------------

    def _find(self, compensation, company):
        """Return the bill that the buyer has of this invoice already, if any."""
        bills = self._bills(compensation, company, closely=False)
        if same := bills.filtered(lambda bill: self._is_same(compensation, bill)):
            return same[:1]
        close = self._bills(compensation, company)
        return close if len(close) == 1 else close[:0]

    def _bills(self, compensation, company, closely=True):
        """Return the supplier's bills without a compensation, those that come close."""
        kind = {value: key for key, value in KINDS.items()}[compensation.document_type]
        found = self.env["account.move"].search(
            [
                ("company_id", "=", company.id),
                ("move_type", "=", kind),
                ("commercial_partner_id", "=", compensation.seller_partner_id.id),
                ("state", "!=", "cancel"),
            ]
        )
        free = found.filtered(lambda bill: self._is_free(bill, compensation))
        if not closely:
            return free
        return free.filtered(lambda bill: self._is_close(compensation, bill))

    def _is_free(self, bill, compensation):
        # sudo: whoever asks, a bill has one compensation
        live = bill.sudo().troc_bill_compensation_ids.filtered(
            lambda c: c.state in ("submitted", "validated")
        )
        return not live - compensation.sudo()

    # -- what the accountant decides ------------------------------------------

    def _proposed(self, bill):
        """Return the payments in Actifs that may be those of a bill without one."""
        if bill.move_type not in KINDS or bill.state != "posted":
            return self.env["troc.compensation"]
        return self._waiting(bill).filtered(
            lambda c: (
                document_number.alike(c.document_number, bill.ref)
                or self._is_of_total(c, bill)
            )
        )

    def _check_may_be(self, compensation, bill):
        """Refuse a bill that cannot be the one of this compensation."""
        faults = {
            "bill_other_kind": KINDS.get(bill.move_type) != compensation.document_type,
            "bill_other_company": bill.company_id != compensation.buyer_company_id,
            "bill_other_supplier": bill.commercial_partner_id
            != compensation.seller_partner_id,
            "bill_cancelled": bill.state == "cancel",
            "bill_currency": bill.currency_id != compensation.currency_id,
            "bill_taken": not self._is_free(bill, compensation),
        }
        code = next((code for code, wrong in faults.items() if wrong), None)
        if code:
            error = RuleError(
                code,
                bill=bill.display_name,
                seller=compensation.seller_id.name,
                currency=bill.currency_id.name,
            )
            exceptions.refuse(self.env, error, compensation.name)

    def _move_to(self, compensation, bill):
        """Take the payment in Actifs off the bill that it pays, and put it on `bill`.

        The trade itself is not touched.  The caller has checked the right.
        """
        self._check_may_be(compensation, bill)
        own, before = sealed(compensation), compensation.bill_id
        self.env["troc.posting"]._take_off_bill(own)
        self._give(own, bill)
        told = self.env._(
            "%(compensation)s: the payment in Actifs is that of the bill %(bill)s.",
            compensation=own.name,
            bill=bill.display_name,
        )
        for record in (own, before, bill):
            if record:
                # sudo: a note of what was done, by who may do it
                record.sudo()._message_log(
                    body=told, author_id=self.env.user.partner_id.id
                )
