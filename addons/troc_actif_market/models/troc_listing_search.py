"""Finding listings: French full text, then words that are spelt nearly so.

`search_vector` is PostgreSQL's own French text search (stems, stop words) on texts
without accents: a generated column, kept by the database.  Where nothing is found,
trigrams compare the words as they are written.
"""

import dataclasses
import logging
from dataclasses import dataclass

from psycopg2 import Error as DatabaseError

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.troc_actif.models.members.troc_member_profile import TRADING
from odoo.addons.troc_actif_invoice.lib.actif_rules.text import clean_lines, fold

_logger = logging.getLogger(__name__)

SHORT = 300  # what trigrams look at, in letters
LIKENESS = 0.45  # of a word as typed to one that stands there, from 0 to 1
WORD_LENGTH = 3
ORDERS = {
    "newest": SQL("published_on DESC, id DESC"),
    "cheapest": SQL("NULLIF(price_min, 0) ASC NULLS LAST, id DESC"),
    "dearest": SQL("price_min DESC NULLS LAST, id DESC"),
}
SHORT_TEXT = SQL("troc_listing.search_short")


def _plain(word):
    return SQL("plainto_tsquery('pg_catalog.french', %s)", word)


def _says(word):
    """Return the condition that a listing says this word, in any of its forms."""
    return SQL("troc_listing.search_vector @@ %s", _plain(word))


@dataclass(frozen=True)
class Filters:
    """What a member looks for; all optional.

    `kind`: offer, need or help; `max_price` in Actifs; `kilometres` from the
    department with the id `department_id`; `network_id` where no rule of access limits
    the search (visitors).
    """

    query: str = ""
    kind: str = ""
    category_id: int = 0
    territory_id: int = 0
    department_id: int = 0
    kilometres: int = 0
    share: str = ""
    max_price: float = 0.0
    member_id: int = 0
    network_id: int = 0

    def __post_init__(self):
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            # below zero, not a number, or too long for the database
            if not isinstance(value, str) and not 0 <= value < 2**31:
                raise ValueError(f"{field.name}: {value}")


@dataclass(frozen=True)
class Found:
    """One page of listings, the number of all of them, and whether they are only
    like what was looked for."""

    listings: models.Model
    total: int
    nearly: bool = False


class TrocListingSearch:
    """A part of TrocListing, where its fields stand."""

    __slots__ = ()

    def init(self):
        done = super().init()
        self.env.cr.execute(
            SQL(
                """
                ALTER TABLE troc_listing
                ADD COLUMN IF NOT EXISTS search_vector tsvector
                GENERATED ALWAYS AS (
                    setweight(to_tsvector('pg_catalog.french',
                                          coalesce(search_title, '')), 'A')
                    || setweight(to_tsvector('pg_catalog.french',
                                             coalesce(search_category, '')), 'B')
                    || setweight(to_tsvector('pg_catalog.french',
                                             coalesce(search_body, '')), 'C')
                ) STORED
                """
            )
        )
        self.env.cr.execute(
            SQL(
                "CREATE INDEX IF NOT EXISTS troc_listing_search_vector_idx"
                " ON troc_listing USING gin (search_vector)"
            )
        )
        self._init_trigrams()
        return done

    def _init_trigrams(self):
        """Trigrams come with PostgreSQL; without the right to add them, no typos."""
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(SQL("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
                self.env.cr.execute(
                    SQL(
                        "CREATE INDEX IF NOT EXISTS troc_listing_search_short_idx"
                        " ON troc_listing USING gin (search_short gin_trgm_ops)"
                    )
                )
        except DatabaseError as error:
            _logger.warning("No search for misspelt words: %s", error)

    @api.depends("name", "description", "category_id.name")
    def _compute_search_texts(self):
        for listing in self:
            # the words of the category in French, whatever the writer reads
            category = listing.with_context(lang="fr_FR").category_id.name or ""
            title, category = fold(listing.name or ""), fold(category)
            body = fold(clean_lines(listing.description or "", 5000))
            listing.search_title = title
            listing.search_category = category
            listing.search_body = body
            listing.search_short = f"{title} {category} {body}"[:SHORT]

    # -- looking ------------------------------------------------------------------

    @api.model
    def _market(self, filters, order="", limit=20, offset=0):
        """Return what the current user may find on the marketplace (`Found`)."""
        domain = self._market_domain(filters)
        words = fold(filters.query).strip()
        if not words:
            return self._market_page(domain, [], self._order_sql(order), limit, offset)
        text = SQL("websearch_to_tsquery('pg_catalog.french', %s)", words)
        column = SQL("troc_listing.search_vector")
        rank = SQL("ts_rank(%s, %s, 1) DESC, published_on DESC", column, text)
        found = self._market_page(
            domain,
            [SQL("%s @@ %s", column, text)],
            self._order_sql(order, rank),
            limit,
            offset,
        )
        if found.total:
            return found
        return self._market_nearly(domain, words, order, limit, offset)

    def _market_nearly(self, domain, words, order, limit, offset):
        """Return what comes near to `words`: spelt nearly so, or enough of them.

        Only words that nobody writes are compared by their letters, which is slow.
        """
        known, unknown = self._split_words(words)
        if not known + unknown or not self.env.registry.has_trigram:
            return Found(self.browse(), 0)
        self.env.cr.execute(
            SQL("SET LOCAL pg_trgm.word_similarity_threshold = %s", LIKENESS)
        )
        likeness = SQL(" + ").join(
            [
                *(SQL("(%s)::int", _says(word)) for word in known),
                *(SQL("word_similarity(%s, %s)", word, SHORT_TEXT) for word in unknown),
            ]
        )
        rank = self._order_sql(order, SQL("(%s) DESC, published_on DESC", likeness))
        for conditions in self._near_conditions(known, unknown, likeness):
            found = self._market_page(domain, conditions, rank, limit, offset)
            if found.total:
                break
        return Found(found.listings, found.total, nearly=True)

    def _near_conditions(self, known, unknown, likeness):
        """Return the conditions to try in turn: all words, then enough of them."""
        said = [_says(word) for word in known]
        spelt = [SQL("%s <%% %s", word, SHORT_TEXT) for word in unknown]
        some = SQL("(%s)", SQL(" OR ").join(spelt or said))
        wanted = LIKENESS * len(known + unknown)
        enough = [some, SQL("(%s) >= %s", likeness, wanted)]
        if not unknown:
            return [enough]
        return [said + spelt, enough] if len(known + unknown) > 1 else [spelt]

    def _split_words(self, words):
        """Return the words that some listing says, and the others; no stop words."""
        terms = [word for word in words.split() if len(word) >= WORD_LENGTH][:8]
        if len(terms) < 2:
            return [], terms
        columns = [
            SQL(
                "CASE WHEN numnode(%s) > 0 THEN EXISTS"
                " (SELECT FROM troc_listing WHERE %s) END",
                _plain(term),
                _says(term),
            )
            for term in terms
        ]
        query = SQL("SELECT %s", SQL(", ").join(columns))
        (row,) = self.env.execute_query(query)
        found = list(zip(terms, row, strict=True))
        return [t for t, said in found if said], [
            t for t, said in found if said is False
        ]

    @api.model
    def _market_nearest(self, filters, limit=6):
        """Return what comes nearest to a search that found nothing.

        The same words anywhere, else the same category, else what is newest.
        """
        for wider in (
            Filters(query=filters.query),
            Filters(kind=filters.kind, category_id=filters.category_id),
            Filters(kind=filters.kind),
        ):
            found = self._market(wider, limit=limit)
            if found.total:
                return found.listings
        return self.browse()

    def _market_page(self, domain, conditions, order, limit, offset):
        self.flush_model()
        query = self._market_query(domain, conditions)
        query.order, query.limit, query.offset = order, limit, offset
        if not conditions:
            total = len(self._market_query(domain, conditions))
            return Found(self.browse(query.get_result_ids()), total)
        # comparing words is what costs: the same comparison counts and ranks
        columns = SQL("troc_listing.id"), SQL("count(*) OVER ()")
        rows = self.env.execute_query(query.select(*columns))
        total = rows[0][1] if rows else 0
        if offset and not rows:  # a page after the last one
            total = len(self._market_query(domain, conditions))
        return Found(self.browse([listing_id for listing_id, _total in rows]), total)

    def _market_query(self, domain, conditions):
        query = self._search(domain)
        for condition in conditions:
            query.add_where(condition)
        return query

    def _order_sql(self, order, rank=None):
        return ORDERS.get(order) or rank or ORDERS["newest"]

    @api.model
    def _market_domain(self, filters):
        """Return the domain of published listings for `filters`."""
        domain = Domain("state", "=", "published")
        if filters.network_id:
            domain &= Domain("network_id", "=", filters.network_id)
            domain &= Domain("member_id.state", "in", TRADING)
        for name, value in (
            ("category_id", filters.category_id),
            ("member_id", filters.member_id),
        ):
            if value:
                domain &= Domain(name, "=", value)
        if filters.kind:
            domain &= self._kind_domain(filters.kind)
        if filters.share in ("100", "50"):
            domain &= Domain("share", "in", (filters.share, "free"))
            domain &= Domain("is_helping_hand", "=", False)
        if filters.max_price > 0:
            domain &= Domain("price_min", "<=", filters.max_price)
        return domain & self._place_domain(filters)

    def _kind_domain(self, kind):
        if kind == "help":
            return Domain("is_helping_hand", "=", True)
        return Domain("kind", "=", kind if kind in ("offer", "need") else False)

    def _place_domain(self, filters):
        """Where it is, or is served: what comes from everywhere is near everybody."""
        anywhere = Domain("service_area", "=", "anywhere")
        domain = Domain.TRUE
        if filters.territory_id:
            domain &= anywhere | Domain("territory_id", "=", filters.territory_id)
        if filters.department_id:
            # sudo: departments are public knowledge
            home = self.env["troc.department"].sudo().browse(filters.department_id)
            near = home._within(filters.kilometres) if home.exists() else home
            # what serves a whole territory serves who is in it
            whole = Domain("service_area", "=", "territory")
            whole &= Domain("territory_id", "in", home.territory_id.ids)
            domain &= anywhere | whole | Domain("department_id", "in", near.ids)
        return domain
