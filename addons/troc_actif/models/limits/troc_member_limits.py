"""A member's limits, what may pass beyond them, and the guarded balance.

Every change of a limit goes through `_change_limits`, which also writes the log.
"""

from odoo import SUPERUSER_ID, fields

from ... import exceptions
from ...lib.actif_rules import limits
from ...lib.actif_rules.errors import RuleError
from ...lib.actif_rules.limit_policy import Limits, check_limits
from ...public import each_once
from ...tools import dec
from ..common.locks import lock_rows
from ..common.managers import check_managers, check_overriders
from ..common.seal import sealed

# Which field of the log names what was let pass.
ACT_FIELDS = {"troc.compensation": "compensation_id", "troc.transfer": "transfer_id"}
# What is written where no limit for a time runs (troc_member_temporary.py).
NONE_RUNS = {
    "temporary_credit": 0.0,
    "temporary_ceiling": 0.0,
    "temporary_until": False,
    "temporary_by_id": False,
}


class TrocMemberLimits:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    def _log_first_limits(self):
        reason = self.env._("Limits of a new member in this network")
        # a visitor who asks to join decides nothing
        user = self.env.user
        author = SUPERUSER_ID if user._is_public() else user.id
        for member in self:
            nothing = Limits(dec(0), dec(0))
            member._log_limits("default", reason, nothing, user_id=author)

    def _set_balance(self, account):
        """Write the guard: `account` as it stands after the movement.

        The overrides are set to what lies beyond the limits at that moment, so that
        they shrink by themselves when the member comes back.
        """
        self.ensure_one()
        sealed(self).write(self._prepare_balance(account))

    def _prepare_balance(self, account):
        """Return what is written with a balance; since when it is above zero, too."""
        since = self.positive_since if self.balance > 0 else False
        return {
            "balance": float(account.balance),
            "credit_override": float(account.credit_override),
            "balance_override": float(account.balance_override),
            "positive_since": account.balance > 0 and (since or self._today()),
        }

    @each_once
    def action_set_limits(self, credit_limit, balance_limit, reason, excess=False):
        """Change the limits of these members for good, with a reason that is kept.

        A temporary limit that runs ends with it.  `excess` records what already lies
        beyond the new limit as an override; without it such a limit is refused.
        Managers only; `excess` asks for the right to pass over a limit.
        """
        self._check_limit_setters(reason, excess)
        wanted = self._limits_given(credit_limit, balance_limit)
        for member in self._take_accounts():
            member._change_limits(wanted, "set", reason, excess)
            member._log(self.env._("Limits changed: %s", reason))
        return True

    # -- access -------------------------------------------------------------------

    def _check_limit_setters(self, reason, excess=False):
        """Refuse unless the user may set limits, of no company of his own."""
        check_managers(self)
        if excess:
            check_overriders(self)
        own = self._of_user(self.env.user)
        for member in self.sudo():
            # a manager is of the operator's company: he acts for the network there
            if member in own - member.network_id.own_member_id:
                error = RuleError("own_limits", user=self.env.user.name)
                exceptions.refuse(self.env, error, member.name)
            member._check_reason(reason)

    def _limits_given(self, credit, ceiling):
        """Return the Limits that a form or an RPC call gives, or refuse them."""
        try:
            given = Limits(dec(credit), dec(ceiling))
            check_limits(given)
        except RuleError as error:
            self._refuse(error)
        return given

    def _refuse(self, error):
        """Refuse with `error`, told of these members."""
        name = ", ".join(self.sudo().mapped("name"))
        error.facts.setdefault("member", name)
        exceptions.refuse(self.env, error, name)

    # -- lock ---------------------------------------------------------------------

    def _take_accounts(self):
        """Lock these members' accounts; return them, to be written, read anew."""
        lock_rows(self.env, self._table, self.ids)
        self.invalidate_recordset()
        return sealed(self).sorted("id")

    # -- write --------------------------------------------------------------------

    def _limits(self):
        """Return the limits as they are written."""
        return Limits(dec(self.credit_limit), dec(self.balance_limit))

    def _prepare_limits(self, wanted):
        return {
            "credit_limit": float(wanted.credit),
            "balance_limit": float(wanted.ceiling),
        }

    def _change_limits(self, wanted, kind, reason, excess=False, user=None, **more):
        """Write new limits; return their line of the log (a locked, sealed member).

        What lies beyond them is an override: of `user`, with `reason`, where `excess`
        allows it; else refused, unless as much lay beyond the limits before.
        """
        if kind in ("set", "request"):
            # a new decision takes the place of what was granted for a time
            more = {**NONE_RUNS, **more}
        before = self._limits()
        beyond, known = self._beyond(wanted), self._beyond(before)
        grows = beyond[0] > known[0] or beyond[1] > known[1]
        if grows and not excess:
            self._refuse(RuleError("limit_below_use", balance=dec(self.balance)))
        self.write(
            {
                **self._prepare_limits(wanted),
                "credit_override": float(beyond[0]),
                "balance_override": float(beyond[1]),
                **more,
            }
        )
        if grows:
            self._write_override(reason, user or self.env.user)
        return self._log_limits(kind, reason, before, is_override=grows)

    def _beyond(self, those):
        """Return what the balance lies beyond those limits: (below, above)."""
        account = limits.Account(
            self.name, dec(self.balance), those.credit, those.ceiling or None
        )
        return limits.overrides_needed(account)

    def _log_limits(self, kind, reason, before, **more):
        """Write one line of the log: from the limits `before` to those of now."""
        values = {
            "member_id": self.id,
            "kind": kind,
            "reason": reason,
            "credit_before": float(before.credit),
            "credit_after": self.credit_limit,
            "ceiling_before": float(before.ceiling),
            "ceiling_after": self.balance_limit,
            "excess": self.credit_override + self.balance_override,
            "until": self.temporary_until if kind == "temporary" else False,
            **more,
        }
        return sealed(self.env["troc.limit.change"]).create(values)

    # -- overrides ----------------------------------------------------------------

    def _record_override(self, reason, acts):
        """Record that the user let these members pass beyond their limits by `acts`."""
        for member in sealed(self):
            if member.credit_override or member.balance_override:
                member._write_override(reason, self.env.user)
                act = acts.filtered(lambda a, m=member: m in a._parties())[-1:]
                more = {"is_override": True, ACT_FIELDS[acts._name]: act.id}
                member._log_limits("override", reason, member._limits(), **more)

    def _write_override(self, reason, user):
        self.write(
            {
                "override_by_id": user.id,
                "override_on": fields.Datetime.now(),
                "override_reason": reason,
            }
        )
