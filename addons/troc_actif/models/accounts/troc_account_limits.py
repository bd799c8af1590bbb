"""The limits of an account, and what may pass beyond them.

Every change of a limit goes through `_change_limits`, which also writes the log.
"""

from odoo import SUPERUSER_ID, fields

from odoo.addons.troc_actif_invoice.lib.actif_rules import limits
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.limit_policy import Limits
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec

from ... import exceptions

# Which field of the log names what was let pass.
ACT_FIELDS = {"troc.compensation": "compensation_id", "troc.transfer": "transfer_id"}
# What is written where no limit for a time runs (troc_account_temporary.py).
NONE_RUNS = {
    "temporary_credit": 0.0,
    "temporary_ceiling": 0.0,
    "temporary_until": False,
    "temporary_by_id": False,
}


class TrocAccountLimits:
    """A part of TrocAccount, where its fields stand."""

    __slots__ = ()

    def _limits(self):
        """Return the limits as they are written."""
        return Limits(dec(self.credit_limit), dec(self.balance_limit))

    def _prepare_limits(self, wanted):
        return {
            "credit_limit": float(wanted.credit),
            "balance_limit": float(wanted.ceiling),
        }

    def _change_limits(self, wanted, kind, reason, excess=False, user=None, **more):
        """Write new limits; return their line of the log (a locked, sealed account).

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
        self._keep(
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

    def _refuse(self, error):
        """Refuse with `error`, told of the member."""
        name = self.member_ids.name
        error.facts.setdefault("member", name)
        exceptions.refuse(self.env, error, name)

    def _beyond(self, those):
        """Return what the balance lies beyond those limits: (below, above)."""
        account = limits.Account(
            self.member_ids.name, dec(self.balance), those.credit, those.ceiling or None
        )
        return limits.overrides_needed(account)

    def _log_first_limits(self):
        reason = self.env._("Limits of a new member in this network")
        # a visitor who asks to join decides nothing
        user = self.env.user
        author = SUPERUSER_ID if user._is_public() else user.id
        for account in self:
            nothing = Limits(dec(0), dec(0))
            account._log_limits("default", reason, nothing, user_id=author)

    def _log_limits(self, kind, reason, before, **more):
        """Write one line of the log: from the limits `before` to those of now."""
        values = {
            "member_id": self.member_ids.id,
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
        """Record that the user let these pass beyond their limits by `acts`."""
        for account in sealed(self):
            if account.credit_override or account.balance_override:
                account._write_override(reason, self.env.user)
                own = account.member_ids
                act = acts.filtered(lambda a, m=own: m in a._parties())[-1:]
                more = {"is_override": True, ACT_FIELDS[acts._name]: act.id}
                account._log_limits("override", reason, account._limits(), **more)

    def _write_override(self, reason, user):
        self.write(
            {
                "override_by_id": user.id,
                "override_on": fields.Datetime.now(),
                "override_reason": reason,
            }
        )
