"""What the home page of a member shows beside his account."""

from odoo import fields
from odoo.fields import Domain

from odoo.addons.troc_actif_invoice.lib.actif_rules.listing import last_day_to_remind

from .troc_introduction_page import OPEN
from .troc_listing_search import Filters

SHOWN = 3
MOST = 5


class TrocMemberHome:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    def _portal_home(self):
        return {
            **super()._portal_home(),
            "awaiting": self._portal_awaiting(),
            "to_renew": self._portal_to_renew(),
            "to_spend_on": self._portal_to_spend_on(),
        }

    def _portal_awaiting(self):
        """Return the conversations in which the others wait for this member."""
        self.ensure_one()
        waiting = Domain("awaited_id", "=", self.id) & Domain("state", "in", OPEN)
        # his turn, whoever spoke last
        to_do = Domain("seller_id", "=", self.id) & Domain("state", "in", OPEN[1:])
        introductions = self.env["troc.introduction"].search(
            waiting | to_do, limit=MOST
        )
        return introductions._portal_rows(self)

    def _portal_to_renew(self):
        """Return own listings that expire soon, have expired or were sent back."""
        mine = Domain("member_id", "=", self.id)
        soon = last_day_to_remind(fields.Date.context_today(self))
        listings = self.env["troc.listing"].search(
            mine
            & (
                Domain("state", "=", "expired")
                | Domain("state", "=", "published") & Domain("expires_on", "<=", soon)
                | Domain("moderation_reason", "!=", False)
            )
        )
        return listings.filtered(
            lambda x: (
                x.state == "expired"
                or x._expires_soon()
                or (x.state == "draft" and x.moderation_reason)
            )
        )[:MOST]

    def _portal_to_spend_on(self):
        """Return offers for credit that lies unspent: what he needs, else the newest.

        Nothing while there is no credit to spend.
        """
        self.ensure_one()
        listings = self.env["troc.listing"]
        if self.balance <= 0 or self.room <= 0:
            return []
        needs = listings.search(
            [
                ("member_id", "=", self.id),
                ("kind", "=", "need"),
                ("state", "=", "published"),
                ("is_helping_hand", "=", False),
            ],
            limit=SHOWN,
        )
        found = listings
        for need in needs:
            found = found.union(*(offer for offer, _match in need._suggestions(SHOWN)))
            if len(found) >= SHOWN:
                return found[:SHOWN]._portal_cards()
        filters = Filters(kind="offer", max_price=self.room)
        newest = listings._market(filters, limit=2 * SHOWN).listings
        found |= newest.filtered(
            lambda x: x.sudo().member_id != self and not x.is_helping_hand
        )
        return found[:SHOWN]._portal_cards()
