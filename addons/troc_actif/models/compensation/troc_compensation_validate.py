"""Validation, refusal, reversal: access > lock > rules > guards > post > tell."""

from odoo import fields
from odoo.exceptions import UserError

from ... import exceptions
from ...lib.actif_rules import rights
from ...lib.actif_rules.errors import RuleError
from ...public import each_once
from ...tools import dec
from ..common.managers import MANAGER, check_overriders

ANIMATOR = "troc_actif.group_troc_animator"


class TrocCompensationValidate:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    @each_once
    def action_validate(self):
        """Validate submitted compensations: post all their books, or none of them.

        One that a rule stops keeps its state and shows why; it does not stop the
        others.  Those already validated are skipped, so a repeat is harmless.  More
        than a screenful goes through the queue (see `_enqueue`).
        """
        self._check_validators()
        if self._is_long():
            return self._enqueue()
        return self._report(*self._validate_now())

    @each_once
    def action_validate_override(self, reason):
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

    @each_once
    def action_refuse(self, reason):
        """Refuse submitted compensations, with a reason that both parties read."""
        self._check_decision_reason(reason)
        self._check_validators()
        taken = self._take("submitted")
        taken._decide("refused", reason)
        return True

    @each_once
    def action_reverse(self, reason, override=False):
        """Reverse validated compensations in all books, with a reason.

        The same rights as validation.  It moves the balances back, so the limits
        apply; who may pass over them does so with `override`, which is recorded.
        """
        self._check_decision_reason(reason)
        self._check_validators()
        if override:
            check_overriders(self)
        taken = self._take("validated")
        for compensation in self - taken:
            compensation._refuse_state("validated")
        taken._reverse_now(reason, override)
        return True

    def _reverse_now(self, reason, override):
        accounts = self._accounts()
        for compensation in self:
            try:
                compensation._open_day()
                compensation._check_no_credit_notes()
                compensation._move_accounts(accounts, override, reverse=True)
            except RuleError as error:
                exceptions.refuse(self.env, error, compensation._label())
        self._write_guards(accounts)
        if override:
            self._record_override(reason)
            self._parties().account_id._record_override(reason, self)
        for date, group in self.grouped(lambda c: c._open_day()).items():
            self.env["troc.posting"]._dated(date)._reverse(group, date)
            group.write(
                {
                    "reversed_by_id": self.env.uid,
                    "reversed_on": fields.Datetime.now(),
                    "reversal_date": date,
                }
            )
            group._record_lock()
        self._decide("reversed", reason)

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
        animated = self.env["troc.territory"].sudo().search([("is_mine", "=", True)])
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

    # -- post -----------------------------------------------------------------

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

    def _post_on(self, date):
        """Post these in all books as of `date`, and record who validated them."""
        entries = self.env["troc.posting"]._dated(date)._post(self, date)
        now = fields.Datetime.now()
        for compensation in self:
            compensation.write(
                {
                    **entries[compensation],
                    "state": "validated",
                    "entry_date": date,
                    "validated_by_id": self.env.uid,
                    "validated_on": now,
                    "blocked_code": False,
                    "blocked_detail": False,
                    "queued_by_id": False,
                }
            )
        self.filtered(lambda c: c._goes_back())._record_lock()

    def _report(self, done, waiting):
        """Return a notification that says what was validated and what waits."""
        if not waiting:
            message = self.env._("Validated: %s", ", ".join(done.mapped("name")))
        else:
            reasons = [c.blocked_reason or c._label() for c in waiting]
            if done:
                reasons.insert(0, self.env._("Validated: %s. Waiting:", len(done)))
            message = "\n".join(reasons)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if waiting else "success",
                "message": message,
                "sticky": bool(waiting),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
