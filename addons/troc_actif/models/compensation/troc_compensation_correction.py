"""A part of a validated compensation taken back, without any document.

It is a compensation of its own (document type "correction") whose Actifs go the other
way, so that register, statement, portal and verification know it as any other.
"""

from odoo import fields
from odoo.tools import formatLang

from ... import exceptions
from ...lib.actif_rules import correction
from ...lib.actif_rules.errors import RuleError
from ...public import each_once
from ...tools import dec
from ..common.managers import check_overriders


class TrocCompensationCorrection:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    def _compute_left_amount(self):
        for compensation in self:
            compensation.left_amount = float(compensation._left_to_take_back())

    @each_once
    def action_reverse_part(self, amount, reason, override=False):
        """Take back exactly `amount` of a validated compensation, in all books.

        The same rights, limits and proof as a reversal.  All of it at once is the full
        reversal, which frees the invoice; a part leaves it validated.
        """
        self.ensure_one()
        self._check_decision_reason(reason)
        self._check_validators()
        if override:
            check_overriders(self)
        origin = self._take("validated")
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
            record._check_books_of_correction()
            record._open_day()
            record._move_accounts(accounts, override)
        except RuleError as error:
            exceptions.refuse(self.env, error, self._label())
        if override:
            record._record_override(reason)
        record._post_now(accounts)
        if override:
            record._parties().account_id._record_override(reason, record)
        record._after_correction()
        return record

    def _after_correction(self):
        """Called on corrections once they are posted: what follows from them."""

    def _check_books_of_correction(self):
        if not self.network_id.register_ready:
            raise RuleError("register_not_ready", network=self.network_id.name)

    def _prepare_correction(self, part, reason):
        amount = float(part.amount)
        return {
            "document_type": "correction",
            "origin_id": self.id,
            "state": "submitted",
            "network_id": self.network_id.id,
            "currency_id": self.currency_id.id,
            "source": self.source,
            "seller_id": self.seller_id.id,
            "buyer_id": self.buyer_id.id,
            "document_number": self._correction_number(),
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

    def _correction_number(self):
        """Return the number of the next part: that of the invoice, and which part."""
        parts = self.credit_note_ids.filtered(lambda c: c.document_type == "correction")
        return f"{self.document_number}/R{len(parts) + 1}"

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

    # -- told -----------------------------------------------------------------

    def _notify_corrected(self):
        def text(part):
            return part.env._(
                "%(amount)s Actifs taken back by %(user)s (%(name)s): %(reason)s",
                amount=formatLang(part.env, part.actif_amount, digits=2),
                user=self.env.user.name,
                name=part.name,
                reason=part.decision_reason,
            )

        self._note(text)
        for part in self:
            part.origin_id._note(lambda _c, part=part: text(part), on_documents=True)
        self.filtered("locked_until")._note(lambda c: c._told_lock())
        self._send("troc_actif.mail_compensation_corrected")

    def _report_back(self, amount):
        """Return a notification that says what was taken back, and when it is dated."""
        message = self.env._(
            "%(name)s: %(amount)s Actifs taken back.",
            name=self.name,
            amount=formatLang(self.env, float(amount), digits=2),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": f"{message} {self._told_lock()}".strip(),
                "sticky": bool(self.locked_until),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
