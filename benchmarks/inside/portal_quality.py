"""How many of the first 20 listings of a search are what was meant; prints JSON.

A listing is right when it was written from the topic that the search is meant for, and
only then: one that merely mentions it ("we also offer…") counts as wrong, and so does
an empty place among the 20.
"""

import json
from collections import defaultdict

from meter import environment, open_registry
from portal_words import queries

from odoo.fields import Domain
from odoo.tools import SQL

FIRST = 20


def main():
    registry, _arguments = open_registry()
    with environment(registry) as env:
        user = env["res.users"].search([("login", "=", "hot0")])
        companies = user.company_ids.ids
        right = _right(env)
    with environment(registry, user.id, allowed_company_ids=companies) as env:
        print(json.dumps(precision(env["troc.listing"], right)), flush=True)


def _right(env):
    """Return {topic: ids of the listings written from it}."""
    right = defaultdict(set)
    rows = env.execute_query(SQL("SELECT topic, listing_id FROM bench_topic"))
    for topic, listing_id in rows:
        right[topic].add(listing_id)
    return right


def precision(listings, right):
    """Return {way: {kind of search: share of right ones}}, and each search's own."""
    found = {"each": []}
    for name, way in (("ours", ours), ("ilike", ilike), ("ilike_words", ilike_words)):
        shares = defaultdict(list)
        for query in queries():
            ids = way(listings, query.text).ids
            share = len(right[query.topic].intersection(ids)) / FIRST
            shares[query.kind].append(share)
            shares["all"].append(share)
            found["each"].append((name, query.kind, query.text, share))
        found[name] = {k: round(sum(v) / len(v), 3) for k, v in shares.items()}
    return found


def ours(listings, text):
    # known only once the configuration has told where the addons are
    from odoo.addons.troc_actif_market.models.troc_listing_search import Filters

    return listings._market(Filters(query=text), limit=FIRST).listings


def ilike(listings, text):
    """Odoo's way: what is typed stands in the name or in the description."""
    online = Domain("state", "=", "published")
    return listings.search(online & _contains(text), limit=FIRST)


def ilike_words(listings, text):
    """The same, kinder: each word stands in one of them."""
    online = Domain("state", "=", "published")
    return listings.search(
        online & Domain.AND(_contains(word) for word in text.split()), limit=FIRST
    )


def _contains(text):
    return Domain("name", "ilike", text) | Domain("description", "ilike", text)


if __name__ == "__main__":
    main()
