"""The entries that a member with books elsewhere has to book, of a period."""

import csv
import io

from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.models.odoo.res_company_transfer import (
    DEFAULT_CODES,
    FIELDS,
)
from odoo.addons.troc_actif_invoice.lib.actif_rules import booking
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec, inert
from odoo.addons.troc_actif_invoice.typed import Text

CODE_FIELDS = {
    "actif": "booking_actif_code",
    "customer": "booking_customer_code",
    "supplier": "booking_supplier_code",
}
# what a transfer is booked against: the roles of the accounts of hosted members
TRANSFER_ROLES = {
    name: name.removeprefix("troc_").removesuffix("_account_id")
    for name in DEFAULT_CODES
}


class TrocMember(models.Model):
    _inherit = "troc.member"

    booking_actif_code = fields.Char(
        "Actif account", default="467800", help="In the member's own chart of accounts."
    )
    booking_customer_code = fields.Char("Customers' account", default="411000")
    booking_supplier_code = fields.Char("Suppliers' account", default="401000")

    @api.constrains(*CODE_FIELDS.values())
    def _check_booking_codes(self):
        for member in self:
            for name in CODE_FIELDS.values():
                if member[name]:
                    member._booking_code(member[name])

    @each_once
    def action_set_booking_codes(
        self, actif_code: Text, customer_code: Text, supplier_code: Text
    ):
        """Set the accounts of one's own chart; administrators of the member only."""
        self.ensure_one()
        self._check_administrator()
        codes = zip(
            CODE_FIELDS.values(),
            (actif_code, customer_code, supplier_code),
            strict=True,
        )
        sealed(self).write(
            {name: self._booking_code(code) for name, code in codes if code}
        )
        return True

    def _booking_code(self, code):
        try:
            return booking.check_code(code)
        except RuleError as error:
            return exceptions.refuse(self.env, error, self.sudo().name)

    def _booking_accounts(self):
        """Return the member's accounts, the usual ones where he named none."""
        own = {role: self[name] for role, name in CODE_FIELDS.items() if self[name]}
        usual = {TRANSFER_ROLES[name]: code for name, code in DEFAULT_CODES.items()}
        return booking.Accounts(**usual, **own)

    def _booking_names(self):
        """Return the wording of each account, as French charts have it."""
        return {
            "actif": "Actif - compte de compensation",
            "customer": "Clients",
            "supplier": "Fournisseurs",
            "expense": "Pénalités et autres charges",
            "income": "Indemnités et autres produits",
            "suspense": "Comptes d'attente",
        }

    def _bookings(self, date_from, date_to):
        """Return the lines to book of a period (dates inclusive), oldest first."""
        self.ensure_one()
        domain = [
            ("member_id", "=", self.id),
            ("date", ">=", date_from),
            ("date", "<=", date_to),
        ]
        return self._bookings_of(domain)

    def _bookings_of(self, domain):
        names = (
            "date",
            "reference",
            "entry_name",
            "earned",
            "spent",
            "compensation_id",
            "counterpart_id",
        )
        items = self.env["troc.register.item"].search_fetch(
            domain, names, order="date, id"
        )
        return booking.bookings(
            [self._booking_movement(item) for item in items], self._booking_accounts()
        )

    def _booking_movement(self, item):
        """Return a movement of the register for the rules."""
        # sudo: the name and the SIREN of the other party stand on their invoice, or in
        # the mail that told of the transfer
        item = item.sudo()
        compensation, transfer = item.compensation_id, item.transfer_id
        other = item.counterpart_id
        piece_date = compensation.document_date or transfer.entry_date
        return booking.Movement(
            number=item.entry_name or "",
            date=item.date,
            reference=item.reference or item.entry_name or "",
            piece_date=piece_date or item.date,
            other=other.name or "",
            other_id=other.siren or "",
            network=self.sudo().network_id.name,
            earned=dec(item.earned),
            spent=dec(item.spent),
            against=self._booking_against(compensation, transfer),
            rates=self._booking_rates(compensation),
        )

    def _booking_against(self, compensation, transfer):
        """Return the role of the account that a movement is booked against."""
        if compensation:
            return "customer" if compensation.seller_id == self else "supplier"
        if transfer:
            return TRANSFER_ROLES[FIELDS[transfer.kind][transfer.taker_id == self]]
        return "suspense"

    def _booking_rates(self, compensation):
        """Return the VAT in the Actif part of a compensation by rate, for the note."""
        if not compensation:
            return ()
        parts = self.env["troc.collection"]._parts(compensation)
        return tuple((part.rate, part.tax) for part in parts if part.tax)

    def _booking_notes(self, lines):
        """Return a sentence an entry whose VAT is due on payment, if it is."""
        movements = dict.fromkeys(line.movement for line in lines)
        return [self._booking_note(own) for own in movements if own.rates]

    def _booking_note(self, movement):
        sold = movement.against == "customer"
        accounts = ("44574", "44571") if sold else ("44566", "44564")
        if bool(movement.earned) != sold:  # taken back
            accounts = accounts[::-1]
        return self.env._(
            "%(reference)s: where VAT is due on payment, also debit / credit "
            "%(accounts)s: %(amount)s.",
            reference=movement.reference,
            accounts=" / ".join(accounts),
            amount=", ".join(
                f"{exceptions.in_words(self.env, tax)} ({rate.normalize():f}\u00a0%)"
                for rate, tax in movement.rates
            ),
        )

    def _bookings_fec(self, lines):
        """Return the lines as a FEC."""
        return booking.fec(lines, self._booking_names())

    def _bookings_text(self, lines):
        """Return the lines to copy into any software: tabs between the columns."""
        rows = self._booking_rows(lines)
        return "\n".join("\t".join(map(booking.one_line, row)) for row in rows)

    def _bookings_csv(self, lines):
        """Return the lines for a French spreadsheet."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=";")
        writer.writerow(
            [
                self.env._("Date"),
                self.env._("Account"),
                self.env._("Debit"),
                self.env._("Credit"),
                self.env._("Label"),
                self.env._("Reference"),
            ]
        )
        writer.writerows(map(inert, row) for row in self._booking_rows(lines))
        # the mark by which a spreadsheet knows UTF-8
        return "\ufeff" + buffer.getvalue()

    def _booking_rows(self, lines):
        return [
            (
                f"{line.movement.date:%d/%m/%Y}",
                line.code,
                booking.comma(line.debit) if line.debit else "",
                booking.comma(line.credit) if line.credit else "",
                line.label,
                line.movement.reference,
            )
            for line in lines
        ]
