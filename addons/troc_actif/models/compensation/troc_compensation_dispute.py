"""Disputes: who freezes a submitted compensation, why, and how it was settled."""

from odoo import SUPERUSER_ID, api, fields

from ...public import each_once
from ..common.locks import lock_rows
from ..common.seal import sealed, unsealed

ACTIVITY = "troc_actif.activity_dispute"


class TrocCompensationDispute:
    """A part of TrocCompensation, where its fields stand; see TrocDispute."""

    __slots__ = ()

    @api.depends("dispute_ids.settled_on")
    def _compute_is_disputed(self):
        for compensation in self:
            settled = compensation.dispute_ids.mapped("settled_on")
            compensation.is_disputed = not all(settled)

    @each_once
    def action_dispute(self, reason):
        """Freeze submitted compensations: either party, or whoever may validate."""
        self._check_decision_reason(reason)
        for compensation in self.sudo():
            compensation.with_user(self.env.user)._check_disputer()
            if compensation.state != "submitted":
                compensation._refuse_state("submitted")
        sealed(self)._open_dispute(reason)
        return True

    @each_once
    def action_lift_dispute(self, resolution):
        """Lift the dispute, by whoever may validate; both parties read how it ends.

        They stay submitted: validate or refuse them next.  Of those that are not
        disputed nothing is done, so a repeat is harmless.
        """
        self._check_decision_reason(resolution)
        self._check_validators()
        disputed = sealed(self).filtered("is_disputed")
        disputed._settle_dispute(resolution)
        disputed._note(
            lambda c: c.env._("Dispute settled: %s", c.dispute_resolution),
        )
        disputed._send("troc_actif.mail_dispute_settled", _readers)
        disputed._refresh_blocked()
        return True

    def _check_disputer(self):
        own = self.env["troc.member"]._of_user(self.env.user)
        record_sudo = self.sudo()
        side = own & (record_sudo.seller_id | record_sudo.buyer_id)
        if side:
            side[:1]._check_trader()
        else:
            self._check_validators()

    def _open_dispute(self, reason):
        """Open a dispute of each of these (sealed), in place of one that is open."""
        # two who dispute at once: the second finds the first one's
        lock_rows(self.env, self._table, self.ids)
        self.dispute_ids._settle(self.env._("Disputed anew: %s", reason))
        self.env["troc.dispute"].create(self._prepare_disputes(reason))
        # the last one first again: in the cache, Odoo puts a new record at the end
        self.invalidate_recordset(["dispute_ids"])
        self.write(self._waits_anew())
        self._notify_disputed()
        self._refresh_blocked()

    def _prepare_disputes(self, reason):
        return [
            {
                "compensation_id": compensation.id,
                "reason": reason,
                "disputed_by_id": self.env.uid,
                "disputed_on": fields.Datetime.now(),
            }
            for compensation in self
        ]

    def _notify_disputed(self):
        self._note(lambda c: c.env._("Disputed: %s", c.dispute_reason))
        self._send("troc_actif.mail_dispute_opened", _readers)
        # they read the mail above: no second one about their activity
        for compensation in self.with_context(mail_activity_quick_update=True):
            compensation._ask_to_settle(compensation._animators_in_charge())

    def _ask_to_settle(self, users):
        """Give each of `users` the dispute, or what waits, to settle."""
        # as Odoo itself: they may not read every portal user who disputes
        own = unsealed(self).with_user(SUPERUSER_ID)
        for user in users:
            own.activity_schedule(
                ACTIVITY,
                user_id=user.id,
                summary=f"{self.seller_id.name} → {self.buyer_id.name}",
                note=self.dispute_reason if self.is_disputed else False,
            )

    def _settle_dispute(self, resolution):
        """Close the dispute of these (sealed); what was disputed stays to be read."""
        self.dispute_ids._settle(resolution)
        self.write(self._waits_anew())
        # sudo: it may be another animator's
        unsealed(self).sudo().activity_unlink([ACTIVITY])

    def _dispute_readers(self):
        """Return the contacts who read of a dispute: both parties, the animators."""
        animators = self._animators_in_charge()
        # sudo: addresses of animators, for a mail that a member causes
        return (self.seller_id | self.buyer_id).partner_id | animators.sudo().partner_id


def _readers(compensation):
    return compensation._dispute_readers()
