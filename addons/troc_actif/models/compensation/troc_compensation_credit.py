"""Credit notes: they take back, in full or in part, what an invoice compensated.

A credit note is a compensation of its own, of the same seller and buyer, whose Actifs
go the other way; the one it takes back stays as it was posted.
"""

from ...lib.actif_rules import share
from ...lib.actif_rules.errors import RuleError
from ...public import each_once
from ...tools import dec, same_number

LIVE = ("submitted", "validated")
# What rounding may leave when an invoice is taken back in several parts.
_CENT = dec(0.01)


class TrocCompensationCredit:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    def _compute_taken_back(self):
        for compensation in self:
            # sudo: the same parties as this one's
            notes = compensation.sudo().credit_note_ids
            validated = notes.filtered(lambda c: c.state == "validated")
            compensation.taken_back = sum(validated.mapped("actif_amount"))

    def _goes_back(self):
        """Tell whether the Actifs of this document go from seller to buyer."""
        self.ensure_one()
        return self.document_type != "invoice"

    def _move_types(self):
        """Return the types of the seller's and of the buyer's document in Odoo."""
        kind = "refund" if self._goes_back() else "invoice"
        return f"out_{kind}", f"in_{kind}"

    # -- submission -----------------------------------------------------------

    def _origin_of(self, seller, buyer, numbers):
        """Return the validated compensation that a credit note corrects (RuleError).

        `numbers` are those of the invoices that it names (BT-25); exactly one of them
        must be a compensation of these two members.
        """
        if not numbers:
            raise RuleError("no_preceding")
        # sudo: a member's file names an invoice of his own
        records_sudo = self.sudo()
        found = records_sudo.browse()
        for number in numbers:
            found |= records_sudo.search(
                [
                    ("seller_id", "=", seller.id),
                    ("buyer_id", "=", buyer.id),
                    ("document_type", "=", "invoice"),
                    ("document_number", "=ilike", same_number(number)),
                    ("state", "=", "validated"),
                ]
            )
        if len(found) != 1:
            raise RuleError("origin_unknown", number=", ".join(numbers))
        return found

    def _left_to_take_back(self):
        """Return the Actifs that credit notes can still take back of this one."""
        taken = (dec(note.actif_amount) for note in self._live_credit_notes())
        return dec(self.actif_amount) - sum(taken, dec(0))

    def _live_credit_notes(self):
        # sudo: of the same parties as this one
        return self.sudo().credit_note_ids.filtered(lambda c: c.state in LIVE)

    def _claimed_back(self, origin, total, untaxed):
        """Return share and amounts of a credit note over `total` (RuleError).

        Its part in Actifs is that of its invoice, whatever it says itself; the whole
        invoice takes back all that is left.
        """
        left = origin._left_to_take_back()
        if total > dec(origin.total_amount) or left <= 0:
            self._refuse_more_than_left(origin, left, total)
        split = share.split(
            total,
            dec(origin.actif_share),
            base=origin.network_id.share_base,
            untaxed=untaxed,
        )
        whole = total == dec(origin.total_amount)
        actif = left if whole or 0 < split.actif - left <= _CENT else split.actif
        if actif > left:
            self._refuse_more_than_left(origin, left, actif)
        return {
            "document_type": "credit_note",
            "origin_id": origin.id,
            "actif_share": float(split.share),
            "actif_amount": float(actif),
            "cash_amount": float(total - actif),
        }

    def _refuse_more_than_left(self, origin, left, amount):
        raise RuleError(
            "more_than_invoice",
            compensation=origin.name,
            number=origin.document_number,
            open=left,
            amount=amount,
        )

    # -- rules ----------------------------------------------------------------

    def _check_origin(self):
        """A credit note needs its validated compensation, and enough left of it."""
        origin = self.origin_id
        if origin.state != "validated":
            raise RuleError("origin_unknown", number=origin.document_number)
        if origin._left_to_take_back() < 0:
            self._refuse_more_than_left(
                origin, dec(origin.actif_amount), dec(self.actif_amount)
            )

    def _check_no_credit_notes(self):
        """What was taken back already cannot be reversed as a whole as well."""
        notes = self._live_credit_notes()
        parts = notes.filtered(lambda c: c.document_type == "correction")
        if parts:
            raise RuleError(
                "has_parts",
                number=", ".join(parts.mapped("name")),
                open=self._left_to_take_back(),
            )
        if self.document_type == "correction":
            self._check_still_open()
        if notes:
            raise RuleError("has_credit_notes", number=", ".join(notes.mapped("name")))

    @each_once
    def action_open_credit_notes(self):
        return self.credit_note_ids._get_records_action(
            name=self.env._("What was taken back of %s", self.document_number)
        )
