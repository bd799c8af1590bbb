"""The act, as it runs: access > lock > rules > guards > post > tell.

Validation from the click to the mail.  `_take`, `_accounts`, `_move_actifs` and
`_write_guards` are those of every act (`troc_act_mixin.py`); entries are posted by
`troc.posting`, and who is told what is `troc.notice`.
"""

import hashlib

from odoo import fields
from odoo.exceptions import UserError

from odoo.addons.troc_actif_invoice.lib.actif_rules import (
    member_life,
    open_amounts,
    parties,
    rights,
)
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once, shown
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec
from odoo.addons.troc_actif_invoice.typed import Text

from ... import exceptions
from ..common.managers import MANAGER, check_overriders
from . import troc_queue

ANIMATOR = "troc_actif.group_troc_animator"
# What says why a compensation waits, and since when for the same reason.
BLOCK = ("blocked_code", "blocked_detail", "blocked_since")


class TrocCompensationValidate:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    @each_once
    def action_validate(self):
        """Validate submitted compensations: post all their books, or none of them.

        One that a rule stops keeps its state and shows why; it does not stop the
        others.  Those already validated are skipped, so a repeat is harmless.  More
        than a screenful goes through the queue (`troc.queue`).
        """
        self._check_validators()
        if len(self) > troc_queue.CHUNK:
            return self.env["troc.queue"]._add(self)
        return self._report(*self._validate_now())

    @each_once
    def action_validate_override(self, reason: Text):
        """Validate beyond the limits, by who may, with his recorded reason."""
        check_overriders(self)
        self._check_decision_reason(reason)
        self._check_validators()
        return self._report(*self._validate_now(override_reason=reason))

    def _validate_now(self, override_reason=None):
        """Return (validated, waiting) after validating what the rules let pass."""
        taken = self._take("submitted")
        accounts = taken._accounts()
        ready = taken._apply_rules(accounts, bool(override_reason))
        if override_reason:
            ready._record_override(override_reason)
        done = ready._post_or_isolate(accounts)
        if override_reason:
            done._parties().account_id._record_override(override_reason, done)
        return done, taken - done

    def _parties(self):
        return self.seller_id | self.buyer_id

    def _goes_back(self):
        """Tell whether the Actifs of this document go from seller to buyer."""
        self.ensure_one()
        return self.document_type != "invoice"

    # -- access ---------------------------------------------------------------

    def _check_validators(self):
        """Refuse unless the user may decide each of these (rights.check_validator)."""
        self.check_access("read")
        records_sudo = self.sudo()
        validator = self._validator()
        for compensation in records_sudo:
            try:
                rights.check_validator(validator, compensation._case())
            except RuleError as error:
                error.facts["territories"] = (
                    compensation.seller_territory_id | compensation.buyer_territory_id
                ).mapped("name")
                exceptions.refuse(self.env, error, compensation._label())

    def _validator(self):
        user = self.env.user
        # sudo: which territories he animates and which members he belongs to
        territories_sudo = self.env["troc.territory"].sudo()
        animated = territories_sudo.search([("animator_ids", "in", user.ids)])
        return rights.Validator(
            user=user.name,
            is_manager=user.has_group(MANAGER),
            is_animator=user.has_group(ANIMATOR),
            animates=frozenset(animated.ids),
            parties=frozenset(self.env["troc.member"]._of_user(user).ids),
        )

    def _case(self):
        return rights.Case(
            reference=self.name,
            seller=self.seller_id.id,
            buyer=self.buyer_id.id,
            seller_territory=self.seller_territory_id.id or None,
            buyer_territory=self.buyer_territory_id.id or None,
            actif_amount=dec(self.actif_amount),
            four_eyes_threshold=dec(self.network_id.four_eyes_threshold),
            first_validator=self.first_validator_id.id or None,
            validator=self.env.uid,
        )

    # -- rules ----------------------------------------------------------------

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

    def _check_accepted(self):
        wanted = self.network_id.buyer_acceptance and not self._goes_back()
        if wanted and not (self.buyer_accepted_on or self.is_disputed):
            raise RuleError("not_accepted", buyer=self.buyer_id.name)

    def _check_document(self):
        """Raise RuleError where the proof of what would be validated is not there."""
        if fault := self._document_fault():
            raise RuleError(fault, sha256=self.document_sha256[:16])

    def _document_fault(self):
        """Return the code of what is wrong with the file, False where it is right.

        A part taken back has no document of its own, and no fingerprint.
        """
        if not self.document_sha256:
            return False
        content = self._document_attachment().raw
        if not content:
            return "document_missing"
        same = hashlib.sha256(content).hexdigest() == self.document_sha256
        return False if same else "document_changed"

    def _document_attachment(self):
        """Return the attachment that holds the document, byte for byte.

        Also where a form asks for the sizes of files only, as Odoo's web client does.
        """
        self.ensure_one()
        # sudo: for our own reading of it, not for the user
        return (
            self.env["ir.attachment"]
            .sudo()
            .with_context(bin_size=False)
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", "document"),
                ],
                limit=1,
            )
        )

    def _check_states(self):
        """Raise RuleError where a side may not sell, or buy, as it stands now."""
        concludes, day = self._concludes_deal(), self._posting_day()
        parties.check_seller(self.seller_id._party(day), concludes)
        parties.check_buyer(self.buyer_id._party(day), concludes)

    def _concludes_deal(self):
        """Tell whether this was agreed before the departure of a party.

        Only a record of the agreement proves it: the marketplace has deals.
        """
        return False

    def _check_invoice_known(self):
        """A hosted seller's invoice is in his books."""
        if self.seller_id._books() and not self.move_id:
            raise RuleError(
                "invoice_unknown",
                number=self.document_number,
                amount=dec(self.total_amount),
                company=self.seller_company_id.name,
            )

    def _check_dates(self):
        """A trade waits for a locked period to open; what corrects is dated after."""
        if self._goes_back():
            self._open_day()
        else:
            super()._check_dates()
        return None

    def _check_open_amounts(self):
        """Nothing is compensated beyond what is open on the invoice and the bill."""
        if not self._goes_back():
            self._check_not_credited(self.move_id, "credited_before")
            self._check_not_credited(self.bill_id, "bill_credited_before")
        for kind, document in (("invoice", self.move_id), ("bill", self.bill_id)):
            if document.state == "posted":
                self._check_open_amount(kind, document)

    def _check_open_amount(self, kind, document):
        """Raise RuleError where one payment cannot pay the Actif part of it."""
        own = open_amounts.Document(
            name=document.name,
            currency=document.currency_id.name,
            open=dec(document.amount_residual),
            accounts=self.env["troc.posting"]._open_by_account(document),
        )
        open_amounts.check(kind, own, dec(self.actif_amount))

    def _check_not_credited(self, move, code):
        """Raise RuleError where a credit note of a document has settled a part of it.

        The share is that of the whole: what was credited would count in Actifs still.
        One of another document pays this one, as money does.
        """
        partials = move and move._get_all_reconciled_invoice_partials()
        credits = [p for p in partials if p["aml"].move_id.reversed_entry_id == move]
        if credits:
            raise RuleError(
                code,
                note=", ".join(dict.fromkeys(one["aml"].move_name for one in credits)),
                credited=dec(sum(one["amount"] for one in credits)),
                total=dec(move.amount_total),
                amount=dec(self.actif_amount),
                number=move.name,
            )

    def _notify_first_validation(self):
        self.env["troc.notice"]._first_validation(self)

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

    def _check_settling(self, accounts):
        """A leaving member's account moves towards zero, never across it."""
        amount = dec(self.actif_amount)
        for member, movement in ((self.buyer_id, -amount), (self.seller_id, amount)):
            if member.state == "leaving":
                balance = accounts[member].balance
                member_life.check_settles(member.name, balance, movement)

    def _block(self, error):
        same = self.blocked_code == error.code and self.blocked_since
        # kept for everyone, whatever language the one who asked reads
        lang = self.network_id.company_id.partner_id.lang
        env = self.with_context(lang=lang).env
        self.write(
            {
                "blocked_since": same or fields.Datetime.now(),
                "blocked_code": error.code,
                "blocked_detail": exceptions.explain(env, error, self._label()),
                "queued_by_id": False,
            }
        )

    @each_once
    def action_check_again(self):
        """Check anew what stops these compensations (they stay submitted)."""
        self.check_access("read")
        self._refresh_blocked()
        return True

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

    # -- guards, then post ----------------------------------------------------

    def _post_or_isolate(self, accounts):
        """Post all, or, where Odoo itself refuses, one by one; return what is posted.

        A rule cannot foresee everything an accountant may have set up (an archived
        account, a required analytic plan): such a refusal blocks its own
        compensation alone, and undoes all it wrote.
        """
        if not self:
            return self
        try:
            with self.env.cr.savepoint():
                self._post_now(accounts)
            return self
        except UserError as error:
            self.env.invalidate_all()
            if len(self) == 1:
                self._block(RuleError("posting_failed", error=str(error)))
                return self.browse()
        return self._post_one_by_one()

    def _post_one_by_one(self):
        done = self.browse()
        for compensation in self:
            accounts = compensation._accounts()
            ready = compensation._apply_rules(
                accounts, bool(compensation.override_reason)
            )
            done += ready._post_or_isolate(accounts)
        return done

    def _post_now(self, accounts):
        self._write_guards(accounts)
        for date, group in self.grouped(lambda c: c._posting_day()).items():
            group._post_on(date)
        self._notify_validated()

    def _posting_day(self):
        """Return the date of the entries that a validation posts now."""
        if self._goes_back():
            return self._open_day()
        return fields.Date.context_today(self)

    def _post_on(self, date):
        """Post these in all books as of `date`, and record who validated them."""
        posted = self.env["troc.posting"]._dated(date)._post(self, date)
        now = fields.Datetime.now()
        for compensation in self:
            compensation.write(
                {
                    **posted[compensation],
                    "state": "validated",
                    "entry_date": date,
                    "validated_by_id": self.env.uid,
                    "validated_on": now,
                    "blocked_code": False,
                    "blocked_detail": False,
                    "queued_by_id": False,
                }
            )
        if corrections := self.filtered(lambda c: c._goes_back()):
            corrections._record_lock()

    # -- tell -----------------------------------------------------------------

    def _notify_validated(self):
        """Tell both sides; other addons add what follows from it."""
        self.env["troc.notice"]._validated(self)

    def _report(self, done, waiting):
        """Return a notification that says what was validated and what waits."""
        if not waiting:
            message = self.env._("Validated: %s", ", ".join(done.mapped("name")))
        else:
            reasons = [c.blocked_reason or c._label() for c in waiting]
            if done:
                reasons.insert(0, self.env._("Validated: %s. Waiting:", len(done)))
            message = "\n".join(reasons)
        kind = "warning" if waiting else "success"
        return shown(kind, message, sticky=bool(waiting))
