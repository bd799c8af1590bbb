"""Disputes: who freezes a submitted compensation, why, and how it was settled."""

from odoo import api

from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.typed import Text

# Of one whose waiting begins again today.
WAITS_ANEW = {"reminded_on": False, "escalated_on": False}


class TrocCompensationDispute:
    """A part of TrocCompensation, where its fields stand; see TrocDispute."""

    __slots__ = ()

    @api.depends("dispute_ids.settled_on")
    def _compute_is_disputed(self):
        for compensation in self:
            settled = compensation.dispute_ids.mapped("settled_on")
            compensation.is_disputed = not all(settled)

    @each_once
    def action_dispute(self, reason: Text):
        """Freeze submitted compensations: either party, or whoever may validate."""
        self._check_decision_reason(reason)
        for compensation in self.sudo():
            compensation.with_user(self.env.user)._check_disputer()
            if compensation.state != "submitted":
                compensation._refuse_state("submitted")
        disputed = sealed(self)
        self.env["troc.dispute"]._open(disputed, reason)
        disputed.write(WAITS_ANEW)
        self.env["troc.notice"]._disputed(disputed)
        disputed._refresh_blocked()
        return True

    @each_once
    def action_lift_dispute(self, resolution: Text):
        """Lift the dispute, by whoever may validate; both parties read how it ends.

        They stay submitted: validate or refuse them next.  Of those that are not
        disputed nothing is done, so a repeat is harmless.
        """
        self._check_decision_reason(resolution)
        self._check_validators()
        disputed = sealed(self).filtered("is_disputed")
        disputed._settle_dispute(resolution)
        self.env["troc.notice"]._settled(disputed)
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

    def _settle_dispute(self, resolution):
        """Close the dispute of these (sealed); what was disputed stays to be read."""
        self.dispute_ids._settle(resolution)
        self.write(WAITS_ANEW)
        self.env["troc.notice"]._nothing_to_settle(self)

    def _dispute_readers(self):
        """Return the contacts who read of a dispute: both parties, the animators."""
        animators = self.env["troc.notice"]._in_charge(self)
        # sudo: addresses of animators, for a mail that a member causes
        return self._parties().partner_id | animators.sudo().partner_id

    # -- what waits too long ---------------------------------------------------

    def _waits_since(self):
        """Return the day since which nothing moves: sent, disputed, or settled.

        None of a draft: Odoo renders mails on any record when an update brings them.
        """
        times = (self.invoked_on, self.disputed_on, self.lifted_on)
        last = max(filter(None, times), default=None)
        return last and last.date()

    @api.model
    def _cron_time_out(self):
        """Remind of what waits, disputed or not; then ask the managers; each once."""
        self.env["troc.reminder"]._run()
