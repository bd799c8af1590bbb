"""Payment data for the French reform's status 212 ("encaissée")."""

from decimal import Decimal

from odoo import api, fields
from odoo.fields import Domain

from ...lib.actif_rules import payment_data
from ...tools import dec

STATUS = "212"


class TrocCompensationPaymentData:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    @api.model
    def payment_data(self, date_from, date_to):
        """Return what was paid in Actifs in a period, by VAT rate (dates inclusive).

        A list of dicts: status, date (ISO), sign (1 or -1), compensation, invoice,
        seller and buyer (SIREN), rate (percent, empty where unknown), category, amount
        (incl. VAT) and tax (in it), both signed and as text with two decimals.  A
        reversal and a credit note take back, so their sign is -1.  Only what the
        caller may read.
        """
        first, last = fields.Date.to_date(date_from), fields.Date.to_date(date_to)
        within = Domain("entry_date", ">=", first) & Domain("entry_date", "<=", last)
        within |= Domain("reversal_date", ">=", first) & Domain(
            "reversal_date", "<=", last
        )
        found = self.search(within & Domain("state", "in", ("validated", "reversed")))
        rows = [row for compensation in found for row in compensation._payment_rows()]
        rows = [row for row in rows if first <= row["date"] <= last]
        rows.sort(key=lambda row: (row["date"], row["compensation"], -row["sign"]))
        return [{**row, "date": row["date"].isoformat()} for row in rows]

    def _payment_rows(self):
        """Return the rows of this compensation: of its validation and its reversal."""
        sign = -1 if self._goes_back() else 1
        events = [(self.entry_date, sign), (self.reversal_date, -sign)]
        parts = payment_data.collected(dec(self.actif_amount), self._vat_groups())
        return [
            self._payment_row(date, sign, part)
            for date, sign in events
            if date
            for part in parts
        ]

    def _payment_row(self, date, sign, part):
        # sudo: either party reads the number of the other, as on the invoice
        seller, buyer = self.sudo().seller_id, self.sudo().buyer_id
        return {
            "status": STATUS,
            "date": date,
            "sign": sign,
            "compensation": self.name,
            "invoice": self.document_number,
            "seller": seller.siren or "",
            "buyer": buyer.siren or "",
            "rate": "" if part.rate is None else f"{part.rate.normalize():f}",
            "category": part.category,
            "amount": str(sign * part.amount),
            "tax": str(sign * part.tax),
        }

    def _vat_groups(self):
        return [
            payment_data.VatGroup(
                None if group["rate"] is None else Decimal(group["rate"]),
                group["category"],
                Decimal(group["base"]),
                Decimal(group["tax"]),
            )
            for group in self.vat_groups or []
        ]

    @api.model
    def _prepare_vat_groups(self, groups):
        """Return VatGroups as they are stored: amounts as text, exactly."""
        return [
            {
                "rate": None if group.rate is None else str(group.rate),
                "category": group.category,
                "base": str(group.base),
                "tax": str(group.tax),
            }
            for group in groups
        ]
