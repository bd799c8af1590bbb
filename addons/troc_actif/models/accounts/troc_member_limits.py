"""How managers set a member's limits, and its people ask for other ones."""

from odoo import fields

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.limit_policy import (
    Limits,
    check_limits,
    check_request,
)
from odoo.addons.troc_actif_invoice.lib.actif_rules.text import clean
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec
from odoo.addons.troc_actif_invoice.typed import DayText, Flag, Number, Text

from ... import exceptions
from ..common.managers import check_managers, check_overriders, other_managers

REASON_LENGTH = 500
ACTIVITY = "troc_actif.activity_limit_request"


class TrocMemberLimits:
    """A part of TrocMember, where its fields stand; the limits are the account's."""

    __slots__ = ()

    @each_once
    def action_set_limits(
        self,
        credit_limit: Number,
        balance_limit: Number,
        reason: Text,
        excess: Flag = False,
    ):
        """Change the limits of these members for good, with a reason that is kept.

        A temporary limit that runs ends with it.  `excess` records what already lies
        beyond the new limit as an override; without it such a limit is refused.
        Managers only; `excess` asks for the right to pass over a limit.
        """
        self._check_limit_setters(reason, excess)
        wanted = self._limits_given(credit_limit, balance_limit)
        for account in self.sudo().account_id._take():
            account._change_limits(wanted, "set", reason, excess)
            account.member_ids._log(self.env._("Limits changed: %s", reason))
        return True

    @each_once
    def action_set_temporary_limits(
        self,
        credit: Number,
        ceiling: Number,
        until: DayText,
        reason: Text,
        excess: Flag = False,
    ):
        """Add `credit` and `ceiling` to these members' limits, until a day included.

        They replace a temporary limit that runs; a member without a ceiling gets none.
        For the rest as `action_set_limits`.
        """
        self._check_limit_setters(reason, excess)
        extra = self._limits_given(credit, ceiling)
        until = self._day_given(until)
        for account in self.sudo().account_id._take():
            account._raise_until(extra, until, reason, excess)
        return True

    @each_once
    def action_request_limits(
        self, credit_limit: Number, balance_limit: Number, reason: Text
    ):
        """Ask for other limits; whoever trades for the member, one request at a time.

        `balance_limit` 0 asks for no ceiling at all.  Returns the request's id.
        """
        self.ensure_one()
        self._check_trader()
        self._check_may_trade()
        reason = clean(reason or "", REASON_LENGTH)
        self._check_reason(reason)
        wanted = self._limits_given(credit_limit, balance_limit)
        own = sealed(self)
        own._check_request(wanted)
        request = own.env["troc.limit.request"].create(
            {
                "member_id": self.id,
                "user_id": self.env.uid,
                "reason": reason,
                "credit_before": own.credit_limit,
                "ceiling_before": own.balance_limit,
                "wanted_credit": float(wanted.credit),
                "wanted_ceiling": float(wanted.ceiling),
            }
        )
        own._log(self.env._("Asks for other limits: %s", reason))
        who = own._animators() | other_managers(own.env) - own._users()
        own._ask(ACTIVITY, who, self.env._("Asks for other limits"))
        return request.id

    def _check_request(self, wanted):
        try:
            check_request(wanted, self.account_id._limits())
            if self.limit_request_ids.filtered(lambda r: r.state == "submitted"):
                raise RuleError("request_open")
        except RuleError as error:
            self._refuse(error)

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

    def _day_given(self, text):
        try:
            return fields.Date.to_date(text or None)
        except (TypeError, ValueError):
            self._refuse(RuleError("temporary_past", date=str(text)))

    def _refuse(self, error):
        """Refuse with `error`, told of these members."""
        name = ", ".join(self.sudo().mapped("name"))
        error.facts.setdefault("member", name)
        exceptions.refuse(self.env, error, name)
