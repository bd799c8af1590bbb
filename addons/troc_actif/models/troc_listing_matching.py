"""Which offers answer a need, and which needs an offer would meet."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib.actif_rules import distance, matching
from ..tools import dec

CANDIDATES = 60
SHOWN = 6


class TrocListing(models.Model):
    _inherit = "troc.listing"

    is_unmatched = fields.Boolean(
        "Nobody offers this",
        compute="_compute_is_unmatched",
        search="_search_is_unmatched",
        help="A need: no other member offers anything in its category.",
    )

    @api.depends("kind", "category_id")
    def _compute_is_unmatched(self):
        unmatched = self.search([("id", "in", self.ids), ("is_unmatched", "=", True)])
        for listing in self:
            listing.is_unmatched = listing in unmatched

    def _search_is_unmatched(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.flush_model(["kind", "state", "network_id", "category_id", "member_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT need.id FROM troc_listing AS need
                WHERE need.kind = 'need' AND NOT EXISTS (
                    SELECT 1 FROM troc_listing AS offer
                    WHERE offer.kind = 'offer' AND offer.state = 'published'
                    AND offer.network_id = need.network_id
                    AND offer.category_id = need.category_id
                    AND offer.member_id != need.member_id
                )
                """
            )
        )
        found = Domain("id", "in", [row[0] for row in rows])
        return found if True in value else ~found

    def _suggestions(self, limit=SHOWN):
        """Return [(listing, Match)] of the other kind, best first.

        Only what the current user may see.  Words are compared as PostgreSQL stems
        them; the rules give the points.
        """
        self.ensure_one()
        found = []
        for listing, words in self._candidates():
            match = matching.match(self._pair(listing, words))
            if match.is_enough:
                found.append((listing, match))
        found.sort(key=lambda pair: (-pair[1].points, -pair[0].id))
        return found[:limit]

    def _candidates(self):
        """Return [(listing, number of words in common)], at most CANDIDATES."""
        self.flush_model()
        other = "need" if self.kind == "offer" else "offer"
        query = self._search(
            [
                ("state", "=", "published"),
                ("kind", "=", other),
                ("is_helping_hand", "=", self.is_helping_hand),
                ("network_id", "=", self.network_id.id),
                ("member_id", "!=", self.member_id.id),
            ]
        )
        # the words of the category are a reason of their own
        stems = SQL(
            "(SELECT tsvector_to_array(ts_filter(search_vector, '{a,c}'))"
            " FROM troc_listing WHERE id = %s)",
            self.id,
        )
        text = SQL(
            "(SELECT string_agg(quote_literal(stem), ' | ')::tsquery"
            " FROM unnest(%s) AS stem)",
            stems,
        )
        vector = SQL("troc_listing.search_vector")
        query.add_where(
            SQL(
                "(%s @@ %s OR troc_listing.category_id = %s)",
                vector,
                text,
                self.category_id.id or None,
            )
        )
        query.order = SQL(
            "(troc_listing.category_id IS NOT DISTINCT FROM %s)::int * 0.1"
            " + ts_rank(%s, %s) DESC",
            self.category_id.id or None,
            vector,
            text,
        )
        query.limit = CANDIDATES
        common = SQL(
            "cardinality(ARRAY(SELECT unnest(tsvector_to_array("
            "ts_filter(%s, '{a,c}'))) INTERSECT SELECT unnest(%s)))",
            vector,
            stems,
        )
        rows = self.env.execute_query(query.select(SQL("troc_listing.id"), common))
        # one recordset: what is read of one is read of all
        listings = self.browse([listing_id for listing_id, _words in rows])
        return list(zip(listings, (words for _id, words in rows), strict=True))

    def _pair(self, other, common_words):
        offer, need = (self, other) if self.kind == "offer" else (other, self)
        return matching.Pair(
            common_words=common_words,
            same_category=bool(self.category_id)
            and offer.category_id == need.category_id,
            same_territory=bool(offer.territory_id)
            and offer.territory_id == need.territory_id,
            kilometres=self._kilometres(other),
            offer_share=offer.share,
            need_share=need.share,
            offer_price=dec(offer.price_min) if offer.price_min else None,
            need_price=dec(need.price_max or need.price_min) or None,
        )

    def _kilometres(self, other):
        # sudo: departments are public knowledge
        places = self.sudo().department_id, other.sudo().department_id
        if not all(places):
            return None
        return distance.kilometres(*((d.latitude, d.longitude) for d in places))

    def _reasons(self, match):
        """Return the words for why a listing is suggested."""
        words = {
            "words": lambda n: (
                self.env._("%s words in common", n)
                if n > 1
                else self.env._("1 word in common")
            ),
            "category": lambda n: self.env._("same category"),
            "territory": lambda n: self.env._("same territory"),
            "near": lambda n: self.env._("about %s km away", n),
            "share": lambda n: self.env._("same share"),
            "price": lambda n: self.env._("within the price"),
        }
        return ", ".join(words[code](number) for code, number in match.reasons)
