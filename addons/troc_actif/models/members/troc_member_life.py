"""How a membership goes on: each change of state, for a reason the member reads."""

from odoo import fields

from odoo.addons.troc_actif_invoice.lib.actif_rules import member_life
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import is_sealed, sealed
from odoo.addons.troc_actif_invoice.typed import Day, Text

from ... import exceptions
from ..common.locks import lock_rows
from ..common.managers import check_managers

# In these states nobody begins to be a member.
NOT_YET_MEMBER = ("candidate", "leaving", "left")


class TrocMemberLife:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    def _announced_on(self):
        """Return when a leaving member's departure was announced."""
        change = self.state_change_ids.filtered(lambda c: c.new_state == "leaving")
        return change[:1].date or fields.Datetime.to_datetime(self.state_date)

    def _refuse_first_state(self, vals_list):
        """Refuse a new member that is neither a candidate nor admitted, by hand."""
        default = self.default_get(["state"])["state"]
        first = {vals.get("state") or default for vals in vals_list}
        if first - member_life.FIRST and self._is_by_hand():
            new = self.env._("A new member")
            exceptions.refuse(self.env, RuleError("state_by_hand"), new)

    def _refuse_state_by_hand(self, state):
        if self._is_by_hand():
            for member in self.filtered(lambda m: m.state != state):
                exceptions.refuse(self.env, RuleError("state_by_hand"), member.name)

    def _begin_membership(self):
        """Note today as the first day of those who are members now, if none is."""
        new = self.filtered(
            lambda m: m.state not in NOT_YET_MEMBER and not m.member_since
        )
        if new:
            # sudo: an animator who admits a candidate may not write on members
            new.sudo().member_since = fields.Date.context_today(self)

    def _is_by_hand(self):
        # superuser: repairs and imports; no screen or call of a user is one
        return not (is_sealed(self.env) or self.env.su)

    # -- the act --------------------------------------------------------------------

    @each_once
    def action_set_state(self, state: Text, reason: Text, notice_end: Day = False):
        """Move these members to `state`, for a reason that they read; managers only.

        Candidates are admitted or declined by animators of their territory too.
        `notice_end`: the last day of the notice of who leaves (a date; by default the
        network's days of notice from today).  From `leaving` to `left`: see
        `action_leave`, which also settles what is left over.
        """
        self._check_life_deciders()
        for member in self:
            member._check_reason(reason)
        self._lock_life()
        for member in self.sorted("id"):
            member._change_state(state, reason, notice_end)
        return True

    def _check_life_deciders(self):
        """Refuse who may not decide on these memberships."""
        self.check_access("read")
        candidates = self.filtered(lambda m: m.state == "candidate")
        for member in candidates:
            member._check_admitter()
        if self - candidates:
            check_managers(self - candidates)
        own = self & self._of_user(self.env.user) - self.network_id.own_member_id
        if own:
            error = RuleError("own_membership", user=self.env.user.name)
            exceptions.refuse(self.env, error, own[:1].name)

    def _lock_life(self):
        """Lock what waits for these members, then their accounts, as validation does.

        Whoever decides on a compensation of theirs at the same time waits, and Odoo
        runs his call again on what he then finds.
        """
        waiting = sealed(self)._waiting_compensations()
        lock_rows(self.env, "troc_compensation", waiting.ids)
        lock_rows(self.env, "troc_member", self.ids)
        self.invalidate_recordset()

    def _change_state(self, state, reason, notice_end=False):
        """Check, write, log, and carry out what the change means; then tell it."""
        before = self.state
        values = self._prepare_state(state, reason, notice_end)
        sealed(self).write(values)
        self._log_state(before, reason)
        self._carry_out(before)
        self._notify_state(before)

    def _prepare_state(self, state, reason, notice_end):
        """Return what is written of a change, or refuse it (writes nothing)."""
        today = fields.Date.context_today(self)
        values = {"state": state, "state_reason": reason.strip(), "state_date": today}
        try:
            member_life.check_next(self.state, state)
            if state == "left":
                member_life.check_leave(self._departure(), today)
                member_life.check_at_zero(self._departure())
            values.update(self._prepare_notice(state, notice_end, today))
        except RuleError as error:
            self._refuse_life(error)
        if self == self.network_id.own_member_id:
            exceptions.refuse(self.env, RuleError("own_account_stays"), self.name)
        return values

    def _prepare_notice(self, state, notice_end, today):
        """Return the end of the notice; none outside one, kept by who has left."""
        if state == "left":
            return {}
        if state != "leaving":
            return {"notice_end": False, "notice_told": False}
        days = self.network_id.notice_days
        end = fields.Date.to_date(notice_end) or member_life.notice_end(today, days)
        member_life.check_notice(today, end)
        return {"notice_end": end, "notice_told": False}

    def _refuse_life(self, error):
        """Refuse with the states as screens name them."""
        label = exceptions.state_label
        facts = error.facts
        if "needed" in facts:
            facts["needed"] = label(self.env, facts["needed"])
            facts["allowed"] = [label(self.env, s) for s in facts["allowed"]]
        exceptions.refuse(self.env, error, self.name)

    def _log_state(self, before, reason):
        """Keep who changed it and why, in the history and in the chatter."""
        sealed(self.env["troc.member.state.change"]).create(
            {
                "member_id": self.id,
                "old_state": before,
                "new_state": self.state,
                "reason": reason.strip(),
                "user_id": self.env.uid,
                "notice_end": self.state == "leaving" and self.notice_end,
            }
        )
        told = {"state": exceptions.state_label(self.env, self.state), "why": reason}
        self._log(self.env._("State “%(state)s”: %(why)s", **told))

    def _notify_state(self, before):
        """Mail the member what the change means; an invitation tells the admitted."""
        if before != "candidate" or self.state == "left":
            self._mail_member("troc_actif.mail_member_state")

    def _mail_member(self, template):
        # sudo: a template of the network, queued for its members
        self.env.ref(template).sudo().send_mail(self.id)

    def _state_label(self):
        """Return the state in the reader's words."""
        return exceptions.state_label(self.env, self.state)

    # -- on screens -----------------------------------------------------------------

    @each_once
    def action_open_life(self):
        """Ask for the reason of the change that a button of the form names."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change of state"),
            "res_model": "troc.member.life",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_member_id": self.id,
                "default_state": self.env.context.get("troc_state"),
            },
        }
