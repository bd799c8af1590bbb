"""What a member's state means for his listings and conversations."""

from odoo.fields import Domain

from odoo.addons.troc_actif.models.members.troc_member_users import TRADERS

from .troc_introduction import ALIVE
from .troc_listing_life import ONLINE


class TrocMemberLife:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    def _talks(self, *states):
        """Return the conversations of these members in these states."""
        return self.env["troc.introduction"].search(
            [
                "|",
                ("seller_id", "in", self.ids),
                ("buyer_id", "in", self.ids),
                ("state", "in", states),
            ],
            order="id",
        )

    def _refresh_followers(self, user):
        """Let a user who trades follow the live conversations; take others off all."""
        own = Domain("seller_id", "in", self.ids) | Domain("buyer_id", "in", self.ids)
        # sudo: who reads along is not for the user to write
        talks_sudo = self.env["troc.introduction"].sudo()
        if user.active and any(m._right_of(user) in TRADERS for m in self):
            alive = own & Domain("state", "in", ALIVE)
            talks_sudo.search(alive).message_subscribe(user.partner_id.ids)
        else:
            talks_sudo.search(own).message_unsubscribe(user.partner_id.ids)
        return super()._refresh_followers(user)

    # -- carried out ----------------------------------------------------------------

    def _sync_trade(self):
        if self.state == "left":
            self._close_all()
        else:
            self._sync_listings()
        return super()._sync_trade()

    def _sync_listings(self):
        """Suspend what the member may not trade now; bring back what he may again."""
        for listing in self.listing_ids:
            may = listing._member_may()
            if listing.state in ONLINE and not may:
                listing._suspend()
            elif listing.suspended_state and may:
                listing._resume()

    def _close_all(self):
        """Close the listings and the conversations of who has left."""
        listings = self.listing_ids.filtered(lambda x: x.state != "closed")
        listings.action_close()
        for talk in self._talks("open"):
            talk._give_up(self.name, self.env._("%s has left the network.", self.name))

    def _not_settled(self):
        deals = self._talks(*ALIVE[1:])
        return [*super()._not_settled(), *deals.mapped("name")]
