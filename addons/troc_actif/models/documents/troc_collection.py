"""Payment data for the French reform's status 212 ("encaissée")."""

from odoo import models
from odoo.fields import Domain

from odoo.addons.troc_actif_invoice.lib.actif_rules import payment_data
from odoo.addons.troc_actif_invoice.tools import dec

STATUS = "212"


class TrocCollection(models.AbstractModel):
    """What was paid in Actifs, by VAT rate: of each validation and each reversal.

    See `troc.compensation.payment_data`, which is called from outside.
    """

    _name = "troc.collection"
    _description = "Payment data by VAT rate"

    def _between(self, first, last):
        """Return the rows of the days `first` to `last`, both included, in order.

        Only of compensations that the caller may read; a row is a dict, its date a
        `date` and its amounts text with two decimals.
        """
        within = self._in_period("entry_date", first, last)
        within |= self._in_period("reversal_date", first, last)
        found = self.env["troc.compensation"].search(
            within & Domain("state", "in", ("validated", "reversed"))
        )
        rows = [row for compensation in found for row in self._rows(compensation)]
        rows = [row for row in rows if first <= row["date"] <= last]
        return sorted(
            rows, key=lambda row: (row["date"], row["compensation"], -row["sign"])
        )

    def _in_period(self, name, first, last):
        return Domain(name, ">=", first) & Domain(name, "<=", last)

    def _rows(self, compensation):
        """Return the rows of a compensation: of its validation and its reversal."""
        sign = -1 if compensation._goes_back() else 1
        events = [(compensation.entry_date, sign), (compensation.reversal_date, -sign)]
        parts = self._parts(compensation)
        return [
            self._row(compensation, date, sign, part)
            for date, sign in events
            if date
            for part in parts
        ]

    def _parts(self, compensation):
        """Return what a compensation collects, by rate.

        Parts taken back of one invoice come, all together, to what it had collected.
        """
        groups = payment_data.from_json(compensation.vat_groups)
        before = sum(self._parts_before(compensation).mapped("actif_amount"))
        return payment_data.collected(
            dec(compensation.actif_amount), groups, dec(before)
        )

    def _parts_before(self, compensation):
        """Return the parts of the same invoice that stood when this one was taken."""
        if compensation.document_type != "correction":
            return compensation.browse()
        # sudo: the parts have the same two parties
        return compensation.sudo().search(
            [
                ("origin_id", "=", compensation.origin_id.id),
                ("document_type", "=", "correction"),
                ("id", "<", compensation.id),
                "|",
                ("reversal_date", "=", False),
                ("reversal_date", ">", compensation.entry_date),
            ]
        )

    def _row(self, compensation, date, sign, part):
        # sudo: either party reads the number of the other, as on the invoice
        both_sudo = compensation.sudo()
        seller, buyer = both_sudo.seller_id, both_sudo.buyer_id
        return {
            "status": STATUS,
            "date": date,
            "sign": sign,
            "compensation": compensation.name,
            "invoice": compensation.document_number,
            "seller": seller.siren or "",
            "buyer": buyer.siren or "",
            "rate": "" if part.rate is None else f"{part.rate.normalize():f}",
            "category": part.category,
            "amount": str(sign * part.amount),
            "tax": str(sign * part.tax),
        }
