"""Listings whose member may not trade for now: off the marketplace, never deleted."""

from odoo import fields

from odoo.addons.troc_actif_invoice.lib.actif_rules import parties
from odoo.addons.troc_actif_invoice.seal import sealed

ONLINE = ("published", "pending")


class TrocListingLife:
    """A part of TrocListing, where its fields stand."""

    __slots__ = ()

    def _member_may(self):
        """Tell whether the state of its member allows this listing today."""
        party = self.sudo().member_id._party()
        check = parties.may_sell if self.kind == "offer" else parties.may_buy
        return check(party)

    def _suspend(self):
        """Take these off the marketplace until their member may trade again."""
        for listing in self:
            sealed(listing).write({"state": "paused", "suspended_state": listing.state})
        self._close_activities()

    def _resume(self):
        """Bring back what was suspended: for the rest of its time, or as expired."""
        today = fields.Date.context_today(self)
        for listing in self:
            state = listing.suspended_state
            if state == "published" and listing.expires_on < today:
                state = "expired"
            sealed(listing).state = state
            if state == "pending":
                listing._ask_animators()
