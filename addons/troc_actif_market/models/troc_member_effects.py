from odoo import models

from .troc_listing_life import ONLINE


class TrocMemberEffects(models.AbstractModel):
    _inherit = "troc.member.effects"

    def _on_market(self, member, may):
        told = super()._on_market(member, may)
        return [*told, *self._on_listings(member, may), *self._on_talks(member)]

    def _on_listings(self, member, may):
        listings = member.listing_ids
        off = listings.filtered(lambda x: x.state in ONLINE and not may[x.kind])
        back = listings.filtered(lambda x: x.suspended_state and may[x.kind])
        told = []
        if off:
            told.append(
                self.env._(
                    "Listings taken off the marketplace: %s. They are kept.", len(off)
                )
            )
        if back:
            told.append(
                self.env._("Listings that come back to the marketplace: %s.", len(back))
            )
        return told

    def _on_talks(self, member):
        told = []
        if talks := member._talks("open"):
            told.append(self.env._("Conversations that stay open: %s.", len(talks)))
        if deals := member._talks("agreed", "delivered"):
            told.append(
                self.env._("Deals agreed upon, still to be invoiced: %s.", len(deals))
            )
        return told

    def _of_closing(self, member):
        listings = member.listing_ids.filtered(lambda x: x.state != "closed")
        told = super()._of_closing(member)
        if listings:
            told.append(self.env._("Listings that are closed: %s.", len(listings)))
        if talks := member._talks("open"):
            told.append(
                self.env._("Conversations closed, with a message: %s.", len(talks))
            )
        return told
