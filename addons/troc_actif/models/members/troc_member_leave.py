"""The end of a membership: the notice, what is left over, the last day."""

from odoo import SUPERUSER_ID, api, fields

from odoo.addons.troc_actif_invoice.lib.actif_rules import member_life
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec
from odoo.addons.troc_actif_invoice.typed import Text

from ... import exceptions
from ...scheduled import each_alone
from ..common.managers import all_managers

STAGES = [("half", "Half"), ("last", "Last fortnight"), ("ended", "Ended")]


class TrocMemberLeave:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    # -- leaving for good -------------------------------------------------------------

    @each_once
    def action_leave(self, reason: Text):
        """Close a leaving member's account for good; managers only.

        At zero at once.  Above zero after the notice: what is left goes to the
        network's account by a transfer, posted here; where that needs a second
        signature, the member leaves once another manager calls this.  Below zero:
        refused.  Never a payout in euros.
        """
        self.ensure_one()
        self._check_life_deciders()
        self._check_reason(reason)
        self._lock_life()
        self._check_departure()
        if dec(self.balance) > 0 and not self._void_balance(reason):
            return self._tell_second_signature()
        self._change_state("left", reason)
        return True

    def _check_departure(self):
        """Refuse who is not leaving, or has something to settle yet."""
        try:
            member_life.check_next(self.state, "left")
            today = fields.Date.context_today(self)
            member_life.check_leave(self._departure(), today)
        except RuleError as error:
            self._refuse_life(error)

    def _departure(self):
        return member_life.Departure(
            balance=dec(self.balance),
            notice_end=self.notice_end or None,
            # sudo: numbers of what waits, for whoever decides on the membership
            waiting=tuple(self.sudo()._not_settled()),
        )

    def _not_settled(self):
        """Return the names of what must be decided before the member leaves."""
        return self._waiting_compensations().mapped("name")

    def _void_balance(self, reason):
        """Post what is left to the network's account; tell whether it is posted."""
        transfer = self._void_transfer(reason)
        transfer.action_post()
        self.invalidate_recordset()
        return transfer.state == "posted"

    def _void_transfer(self, reason):
        """Return the draft that voids the balance: the one signed before, or anew."""
        kept = self.sudo().void_transfer_id.with_env(self.env).exists()
        if kept.state != "draft":
            kept = self.env["troc.transfer"].create(self._prepare_void(reason))
            sealed(self).void_transfer_id = kept
        elif dec(kept.amount) != dec(self.balance):
            # another amount than the one that was signed: it is signed anew
            kept.amount = self.balance
        return kept

    def _prepare_void(self, reason):
        own_account = self.network_id._ensure_own_member()
        return {
            "kind": "void",
            "network_id": self.network_id.id,
            "giver_id": self.id,
            "taker_id": own_account.id,
            "amount": self.balance,
            "reason": self.env._("Departure: %s", reason.strip()),
        }

    def _tell_second_signature(self):
        message = self.env._(
            "Your signature is recorded. From this amount on a second manager must "
            "close the membership of %s too.",
            self.name,
        )
        self._log(message)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": message,
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # -- the notice -------------------------------------------------------------------

    @api.model
    def _cron_notice(self):
        """Remind leaving members of their notice; tell managers where it is over."""
        each_alone(
            sealed(self).search([("state", "=", "leaving")], order="id"),
            lambda member: member._follow_notice(),
        )

    def _follow_notice(self):
        # what settles the account may change with each trade
        self._sync_trade()
        stage = self.notice_end and member_life.stage(
            fields.Date.context_today(self), self.state_date, self.notice_end
        )
        if not stage or not member_life.is_news(stage, self.notice_told or None):
            return
        self.notice_told = stage
        self._mail_member("troc_actif.mail_member_notice")
        if stage == "ended":
            self._ask_to_close()

    def _ask_to_close(self):
        """Give managers an activity: the membership is to be closed."""
        activity_type = self.env.ref("troc_actif.activity_leave")
        own = self.with_user(SUPERUSER_ID)
        for user in all_managers(self.env):
            own.activity_schedule(
                activity_type_id=activity_type.id,
                user_id=user.id,
                summary=exceptions.state_label(own.env, "leaving"),
            )
