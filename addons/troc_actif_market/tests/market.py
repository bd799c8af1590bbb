"""Listings, conversations and deals for the tests of the marketplace."""

import io
from datetime import timedelta

from PIL import Image

from odoo import fields

from odoo.addons.troc_actif_invoice.seal import sealed

from ..models.troc_listing_search import Filters


def picture(size=(40, 30), colour="teal", kind="PNG"):
    """Return the bytes of a small real picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


class Market:
    """Needs what `Network` makes; every step is done by the members' own users."""

    def listing(self, user=None, member=None, **values):
        """Return a draft, written by a portal user of its member."""
        user = user or self.portal_user
        member = member or self.env["troc.member"]._of_user(user)[:1]
        return self.by(user, self.env["troc.listing"]).create(
            {
                "member_id": member.id,
                "name": "Plateaux repas pour réunions",
                "description": "Livrés froids, de saison, pour dix à cent personnes.",
                "category_id": self.env.ref("troc_actif_market.category_catering").id,
                "price_min": 18,
                "price_unit": "person",
                **values,
            }
        )

    def published(self, user=None, **values):
        listing = self.listing(user, **values)
        listing.action_publish()
        return listing

    def need(self, user=None, **values):
        """Return a published need, of the second portal member by default."""
        return self.published(user or self.portal2_user, kind="need", **values)

    def found(self, user=None, order="", **filters):
        """Return the page of the marketplace that `user` is shown."""
        listings = self.by(user or self.portal2_user, self.env["troc.listing"])
        return listings._market(Filters(**filters), order)

    def contact(self, listing=None, user=None, body="Bonjour, pour mardi ?"):
        """Return the conversation that `user` opens about a listing, as himself."""
        listing = listing or self.published()
        user = user or self.portal2_user
        member = self.by(user, self.env["troc.member"]._of_user(user)[:1])
        return self.by(user, self.env["troc.introduction"])._start(
            self.by(user, listing), member, body
        )

    def terms(self, **values):
        day = fields.Date.today() + timedelta(days=10)
        return {
            "subject": "Vingt plateaux",
            "total_amount": "360",
            "actif_share": "100",
            "due_date": day.isoformat(),
            **values,
        }

    def deal(self, listing=None, **values):
        """Return a deal: portal sells to portal2, each accepted as himself."""
        introduction = self.contact(listing)
        introduction.action_propose(self.terms(**values))
        own = self.by(self.portal_user, introduction)
        own.action_accept(own.terms_version)
        return introduction.sudo()

    def date_back(self, record, **days):
        """Make dates of a record lie so many days ago."""
        for name, number in days.items():
            value = record[name] - timedelta(days=number)
            sealed(record).write({name: value})
