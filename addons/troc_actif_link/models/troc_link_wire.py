"""Entries as they travel: what is needed to book one, and what became of it."""

from odoo import api, fields

from odoo.addons.troc_actif_invoice.lib.actif_rules import booking
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec

REPORTED = ("posted", "failed")
TEXT_LENGTH = 300


class TrocLinkEntryLinkWire:
    """A part of TrocLinkEntry, where its fields stand."""

    __slots__ = ()

    def _tell_entries(self):
        """Return these entries as dicts, in their order (called as superuser)."""
        items = self.env["troc.register.item"].browse(self.mapped("item_id"))
        # the register is a query on journal items, which may still be in memory
        self.env.flush_all()
        items.fetch(["date", "reference", "entry_name", "earned", "spent"])
        return [
            entry._tell_entry(item) for entry, item in zip(self, items, strict=True)
        ]

    def _tell_entry(self, item):
        member = self.member_id
        movement = member._booking_movement(item)
        return {
            "id": self.item_id,
            "key": self.key,
            "event": self._event(),
            "date": movement.date.isoformat(),
            "reference": movement.reference,
            "label": booking.label(movement),
            "compensation": item.compensation_id.name or "",
            "document": self._document(item.compensation_id),
            "role": movement.against,
            "other": {"name": movement.other, "siren": movement.other_id},
            "amount": str(movement.earned or movement.spent),
            "side": "earned" if movement.earned else "spent",
            "reverses": self.reverses_id.key or None,
            "note": member._booking_note(movement) if movement.tax else "",
            "state": self.state,
        }

    def _event(self):
        """Return what happened: validated, reversed, taken_back or transfer."""
        compensation = self.compensation_id
        if not compensation:
            return "transfer"
        if compensation.document_type == "correction":
            goes_back = self.reverses_id.compensation_id != compensation
            return "taken_back" if goes_back else "reversed"
        return "reversed" if self.reverses_id else "validated"

    def _document(self, compensation):
        """Return the invoice or the credit note; of a correction, its invoice."""
        if not compensation:
            return None
        if compensation.document_type == "correction":
            compensation = compensation.origin_id
        return {
            "number": compensation.document_number,
            "date": compensation.document_date.isoformat(),
            "type": compensation.document_type,
            "total": str(dec(compensation.total_amount)),
        }

    # -- reported -------------------------------------------------------------------

    @api.model
    def _report(self, link, rows):
        """Write what the member's side says of its entries."""
        # sudo: entries of the caller's own link, checked by him
        entries = sealed(self).search(
            [("link_id", "=", link.id), ("key", "in", [row.get("key") for row in rows])]
        )
        known = {entry.key: entry for entry in entries}
        for row in rows:
            entry = known.get(row.get("key"))
            if not entry:
                self.env["troc.link"]._refuse(
                    "link_key_unknown",
                    link.member_id,
                    value=str(row.get("key"))[:TEXT_LENGTH],
                )
            entry.write(entry._prepare_report(row))

    def _prepare_report(self, row):
        state, member = row.get("state"), self.member_id
        if state not in REPORTED:
            self.env["troc.link"]._refuse(
                "link_state_unknown", member, value=str(state)[:20]
            )
        posted = state == "posted"
        date = self.env["troc.link"]._day(member, row.get("date") or False)
        return {
            "state": state,
            "reason": False if posted else self._text(row.get("reason")),
            "detail": self._text(row.get("detail")),
            "books_reference": self._text(row.get("reference"))
            if posted
            else self.books_reference,
            "books_date": date if posted else self.books_date,
            "reported_on": fields.Datetime.now(),
            "tries": self.tries + 1,
        }

    @api.model
    def _text(self, value):
        return str(value)[:TEXT_LENGTH] if value else False
