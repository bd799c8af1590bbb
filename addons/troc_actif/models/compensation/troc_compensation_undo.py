"""What undoes or corrects: refusal, reversal, a part taken back, credit notes.

A correction is a compensation of its own, of the same seller and buyer, whose Actifs
go the other way: a credit note that the seller sends, or a part that an animator takes
back without any document.  The one that it takes back stays as it was posted.  Its
entries bear the first day that is open in all books concerned.
"""

from odoo import fields
from odoo.tools import formatLang

from odoo.addons.troc_actif_invoice.lib.actif_rules import correction
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once, shown
from odoo.addons.troc_actif_invoice.tools import dec
from odoo.addons.troc_actif_invoice.typed import Flag, Number, Text

from ... import exceptions
from ..common.managers import check_overriders

LIVE = ("submitted", "validated")


class TrocCompensationUndo:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    @each_once
    def action_refuse(self, reason: Text):
        """Refuse submitted compensations, with a reason that both parties read."""
        self._check_decision_reason(reason)
        self._check_validators()
        taken = self._take("submitted")
        taken._decide("refused", reason)
        return True

    @each_once
    def action_reverse(self, reason: Text, override: Flag = False):
        """Reverse validated compensations in all books, with a reason.

        The same rights as validation.  It moves the balances back, so the limits
        apply; who may pass over them does so with `override`, which is recorded.
        """
        taken = self._taken_to_undo(reason, override)
        for compensation in self - taken:
            compensation._refuse_state("validated")
        taken._reverse_now(reason, override)
        return True

    @each_once
    def action_reverse_part(self, amount: Number, reason: Text, override: Flag = False):
        """Take back exactly `amount` of a validated compensation, in all books.

        The same rights, limits and proof as a reversal.  All of it at once is the full
        reversal, which frees the invoice; a part leaves it validated.
        """
        self.ensure_one()
        origin = self._taken_to_undo(reason, override)
        if not origin:
            self._refuse_state("validated")
        try:
            part = origin._part(amount)
        except RuleError as error:
            exceptions.refuse(self.env, error, self._label())
        if part.amount == dec(origin.actif_amount):
            origin._reverse_now(reason, override)
            return origin._report_back(part.amount)
        return origin._take_back(part, reason, override)._report_back(part.amount)

    def _taken_to_undo(self, reason, override):
        """Check the rights to undo these; return the validated ones, locked."""
        self._check_decision_reason(reason)
        self._check_validators()
        if override:
            check_overriders(self)
        return self._take("validated")

    # -- refused, reversed ----------------------------------------------------

    def _reverse_now(self, reason, override):
        accounts = self._accounts()
        for compensation in self:
            try:
                day = compensation._open_day()
                compensation._check_solvent(day, compensation.entry_date)
                compensation._check_no_credit_notes()
                compensation._move_accounts(accounts, override, reverse=True)
            except RuleError as error:
                exceptions.refuse(self.env, error, compensation._label())
        self._write_guards(accounts)
        if override:
            self._record_override(reason)
            self._parties().account_id._record_override(reason, self)
        for date, group in self.grouped(lambda c: c._open_day()).items():
            group._reverse_on(date)
        self._decide("reversed", reason)

    def _reverse_on(self, date):
        """Reverse all entries of these as of `date`, and record who did."""
        self.env["troc.posting"]._dated(date)._reverse(self, date)
        self.write(
            {
                "reversed_by_id": self.env.uid,
                "reversed_on": fields.Datetime.now(),
                "reversal_date": date,
            }
        )
        self._record_lock()

    def _decide(self, state, reason):
        """Close these compensations with a reason, and tell both sides.

        It settles a dispute as well.
        """
        self.filtered("is_disputed")._settle_dispute(reason)
        self.write(
            {
                "state": state,
                "decision_reason": reason,
                "blocked_code": False,
                "blocked_detail": False,
                "queued_by_id": False,
            }
        )
        self._notify_decided()

    def _notify_decided(self):
        """Tell both sides; other addons add what follows from it."""
        self.env["troc.notice"]._decided(self)

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

    def _check_still_open(self):
        """Reversed, a part is paid in Actifs again: it must still be open."""
        amount, origin = dec(self.actif_amount), self.origin_id
        for document, code in (
            (origin.move_id, "invoice_paid"),
            (origin.bill_id, "bill_paid"),
        ):
            if document.state == "posted" and dec(document.amount_residual) < amount:
                raise RuleError(
                    code,
                    open=dec(document.amount_residual),
                    amount=amount,
                    bill=document.name,
                )

    # -- a part taken back ----------------------------------------------------

    def _part(self, amount):
        """Return the Part of this compensation that `amount` is (RuleError)."""
        if self._goes_back():
            raise RuleError("part_of_correction")
        return correction.part(
            dec(amount),
            left=self._left_to_take_back(),
            total=dec(self.total_amount),
            tax=dec(self.tax_amount),
        )

    def _take_back(self, part, reason, override):
        """Post the correction over `part`; return it."""
        record = self.create(self._prepare_correction(part, reason))
        accounts = record._accounts()
        try:
            record._check_register()
            record._open_day()
            record._check_may_go_back()
            record._move_accounts(accounts, override)
        except RuleError as error:
            exceptions.refuse(self.env, error, self._label())
        if override:
            record._record_override(reason)
        record._post_now(accounts)
        if override:
            record._parties().account_id._record_override(reason, record)
        return record

    def _prepare_correction(self, part, reason):
        amount = float(part.amount)
        parts = self.credit_note_ids.filtered(lambda c: c.document_type == "correction")
        return {
            "document_type": "correction",
            "origin_id": self.id,
            "state": "submitted",
            "network_id": self.network_id.id,
            "currency_id": self.currency_id.id,
            "source": self.source,
            "seller_id": self.seller_id.id,
            "buyer_id": self.buyer_id.id,
            # that of the invoice, and which part
            "document_number": f"{self.document_number}/R{len(parts) + 1}",
            "document_date": fields.Date.context_today(self),
            "untaxed_amount": float(part.untaxed),
            "tax_amount": float(part.tax),
            "total_amount": amount,
            "actif_share": 100,
            "actif_amount": amount,
            "cash_amount": 0,
            "vat_groups": self.vat_groups,
            "invoked_by_id": self.env.uid,
            "invoked_on": fields.Datetime.now(),
            "decision_reason": reason,
        }

    def _report_back(self, amount):
        """Return a notification that says what was taken back, and when it is dated."""
        message = self.env._(
            "%(name)s: %(amount)s Actifs taken back.",
            name=self.name,
            amount=formatLang(self.env, float(amount), digits=2),
        )
        later = self.env["troc.notice"]._told_lock(self)
        return shown("success", f"{message} {later}".strip(), sticky=bool(later))

    # -- what is left of it ---------------------------------------------------

    def _compute_taken_back(self):
        for compensation in self:
            # sudo: the same parties as this one's
            notes = compensation.sudo().credit_note_ids
            validated = notes.filtered(lambda c: c.state == "validated")
            compensation.taken_back = sum(validated.mapped("actif_amount"))

    def _compute_left_amount(self):
        for compensation in self:
            compensation.left_amount = float(compensation._left_to_take_back())

    def _left_to_take_back(self):
        """Return the Actifs that can still be taken back of this one."""
        taken = (dec(note.actif_amount) for note in self._live_credit_notes())
        return dec(self.actif_amount) - sum(taken, dec(0))

    def _live_credit_notes(self):
        # sudo: of the same parties as this one
        return self.sudo().credit_note_ids.filtered(lambda c: c.state in LIVE)

    def _check_origin(self):
        """A credit note needs its validated compensation, and enough left of it."""
        origin = self.origin_id
        if origin.state != "validated":
            raise RuleError("origin_unknown", number=origin.document_number)
        if origin._left_to_take_back() < 0:
            left, amount = dec(origin.actif_amount), dec(self.actif_amount)
            self.env["troc.reading"]._refuse_more(origin, left, amount)
        self._check_may_go_back()

    def _check_may_go_back(self):
        """Raise RuleError where a judgment leaves what this takes back as it stands."""
        today = fields.Date.context_today(self)
        self._check_solvent(today, self.origin_id.entry_date or None)

    @each_once
    def action_open_credit_notes(self):
        return self.credit_note_ids._get_records_action(
            name=self.env._("What was taken back of %s", self.document_number)
        )

    # -- the day of its entries -----------------------------------------------

    def _open_day(self):
        """Return the first day from today on that is open in all books (RuleError)."""
        today = fields.Date.context_today(self)
        try:
            return correction.first_open_day(
                today, lambda day: max(self._locks(day).values(), default=None)
            )
        except RuleError as error:
            locks = self._locks(today)
            error.facts["company"] = max(locks, key=locks.get).name
            raise

    def _record_lock(self):
        """Record why the entries of these bear a later day than today."""
        today = fields.Date.context_today(self)
        for compensation in self:
            locks = compensation._locks(today)
            if locks:
                company = max(locks, key=locks.get)
                compensation.write(
                    {"locked_until": locks[company], "locked_company_id": company.id}
                )
