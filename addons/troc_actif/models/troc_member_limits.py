"""A member's limits, what a manager lets pass beyond them, and the guarded balance."""

from odoo import fields, models

from .. import exceptions
from ..lib.actif_rules import limits
from ..lib.actif_rules.errors import RuleError
from ..tools import dec
from .managers import check_managers
from .seal import sealed


class TrocMember(models.Model):
    _inherit = "troc.member"

    def _set_balance(self, account):
        """Write the guard: `account` as it stands after the movement.

        The overrides are set to what lies beyond the limits at that moment, so that
        they shrink by themselves when the member comes back.
        """
        self.ensure_one()
        sealed(self).write(
            {
                "balance": float(account.balance),
                "credit_override": float(account.credit_override),
                "balance_override": float(account.balance_override),
            }
        )

    def action_set_limits(self, credit_limit, balance_limit, reason, excess=False):
        """Change the limits of these members, with a reason that stays in the chatter.

        `excess` records what already lies beyond the new limit as an override;
        without it such a limit is refused.  Managers only.
        """
        check_managers(self)
        for member in self:
            member._check_reason(reason)
            member._apply_limits(dec(credit_limit), dec(balance_limit), excess)
            if excess:
                member._record_override(reason)
            member.sudo()._message_log(
                body=self.env._("Limits changed: %s", reason),
                author_id=self.env.user.partner_id.id,
            )
        return True

    def _apply_limits(self, credit_limit, balance_limit, excess):
        for value in (credit_limit, balance_limit):
            if value < 0:
                error = RuleError("limit_negative", member=self.name, value=value)
                exceptions.refuse(self.env, error)
        account = limits.Account(
            self.name, dec(self.balance), credit_limit, balance_limit or None
        )
        credit, balance = limits.overrides_needed(account)
        if (credit or balance) and not excess:
            error = RuleError(
                "limit_below_use", member=self.name, balance=account.balance
            )
            exceptions.refuse(self.env, error)
        sealed(self).write(
            {
                "credit_limit": float(credit_limit),
                "balance_limit": float(balance_limit),
                "credit_override": float(credit),
                "balance_override": float(balance),
            }
        )

    def _record_override(self, reason):
        """Record who let these members stand beyond their limits, why and when."""
        beyond = self.filtered(lambda m: m.credit_override or m.balance_override)
        sealed(beyond).write(
            {
                "override_by_id": self.env.uid,
                "override_on": fields.Datetime.now(),
                "override_reason": reason,
            }
        )
