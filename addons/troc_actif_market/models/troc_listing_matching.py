"""Which offers answer a need, and which needs an offer would meet."""

from odoo import api
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.troc_actif_invoice.lib.actif_rules import distance, matching
from odoo.addons.troc_actif_invoice.tools import dec

CANDIDATES = 60
SHOWN = 6
PAIRED = (
    *("kind", "category_id", "territory_id", "department_id"),
    *("share", "price_min", "price_max"),
)
COMMON = 500  # listings with a word: it tells little of what one is about


class TrocListingMatching:
    """A part of TrocListing, where its fields stand."""

    __slots__ = ()

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
        return self._suggested(limit)[self]

    def _suggested(self, limit=SHOWN):
        """Return {listing: its `_suggestions`}, in as many queries as for one."""
        found = {listing: [] for listing in self}
        for listing, other, words in self._candidates():
            match = matching.match(listing._pair(other, words))
            if match.is_enough:
                found[listing].append((other, match))
        for pairs in found.values():
            pairs.sort(key=lambda pair: (-pair[1].points, -pair[0].id))
            del pairs[limit:]
        return found

    def _candidates(self):
        """Return [(listing, other, words in common)], at most CANDIDATES a listing."""
        self.flush_model()
        query = self._search([("state", "=", "published")])
        vector = SQL("troc_listing.search_vector")
        query.add_where(
            SQL(
                """troc_listing.kind != own.kind
                   AND (troc_listing.is_helping_hand IS TRUE)
                     = (own.is_helping_hand IS TRUE)
                   AND troc_listing.network_id = own.network_id
                   AND troc_listing.member_id != own.member_id
                   AND (%s @@ own.text OR troc_listing.category_id = own.category_id)
                """,
                vector,
            )
        )
        query.order = SQL(
            "(troc_listing.category_id IS NOT DISTINCT FROM own.category_id)::int * 0.1"
            " + coalesce(ts_rank(%s, own.text), 0) DESC, troc_listing.id DESC",
            vector,
        )
        query.limit = CANDIDATES
        common = SQL(
            "cardinality(ARRAY(SELECT unnest(tsvector_to_array("
            "ts_filter(%s, '{a,c}'))) INTERSECT SELECT unnest(own.stems))) AS words",
            vector,
        )
        other = query.select(SQL("troc_listing.id"), common)
        return self._read_candidates(
            SQL(
                "WITH own AS MATERIALIZED (%s) SELECT own.id, other.id, other.words"
                " FROM own CROSS JOIN LATERAL (%s) other",
                self._own_words(),
                other,
            )
        )

    def _own_words(self):
        """Return the SELECT of these listings with the words to look for.

        The words of the category are a reason of their own.
        """
        return SQL(
            """
            SELECT x.*, (
                       SELECT string_agg(quote_literal(stem), ' | ')::tsquery
                         FROM unnest(stems) AS stem WHERE stem NOT IN (%s)
                   ) AS text
              FROM (SELECT id, kind, is_helping_hand, network_id, member_id,
                           category_id, tsvector_to_array(
                               ts_filter(search_vector, '{a,c}')) AS stems
                      FROM troc_listing WHERE id IN %s) x
            """,
            self._common_words(),
            tuple(self.ids) or (0,),
        )

    def _common_words(self):
        """Return the SELECT of the words that more than COMMON listings have.

        Looking for them would compare half of a big network.  How many have a word,
        the statistics of PostgreSQL know.
        """
        return SQL(
            """
            SELECT word
              FROM pg_stats
              JOIN pg_class ON pg_class.oid = 'troc_listing'::regclass
             CROSS JOIN unnest(most_common_elems::text::text[],
                               most_common_elem_freqs) AS known(word, share)
             WHERE schemaname = current_schema AND tablename = 'troc_listing'
               AND attname = 'search_vector'
               AND word IS NOT NULL AND share * reltuples > %s
            """,
            COMMON,
        )

    def _read_candidates(self, query):
        rows = self.env.execute_query(query)
        own = {listing.id: listing for listing in self}
        # read together, without the texts: few of them are shown
        others = self.browse(dict.fromkeys(other_id for _id, other_id, _words in rows))
        others.fetch(PAIRED)
        others = {listing.id: listing for listing in others}
        return [
            (own[own_id], others[other_id], words) for own_id, other_id, words in rows
        ]

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
