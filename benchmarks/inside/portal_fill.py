"""Fill a database with a big network; print the ids of what the pages are asked for."""

import argparse
import contextlib
import dataclasses
import json
import time

from meter import environment, open_registry, progress
from portal_books import make_invoices, make_register
from portal_market import make_introductions, make_listings, make_pictures, make_rare
from portal_people import make_members, make_network

INTRODUCTIONS = 10000
SEARCHES = 10


def main():
    registry, arguments = open_registry()
    parser = argparse.ArgumentParser()
    for name in ("members", "listings", "movements"):
        parser.add_argument(f"--{name}", type=int)
    options = parser.parse_args(arguments)
    with environment(registry) as env:
        print(json.dumps(fill(env, options)), flush=True)


def fill(env, options):
    """Return {name: id}, and the real numbers of rows as "counts"."""
    network = make_network(env)
    with told("members"):
        members, others = make_members(network, options.members)
    with told("listings"):
        make_listings(network, members, others, options.listings)
        rare = make_rare(network, members)
        make_pictures(network)
    with told("register"):
        compensations = make_register(network, members, others, options.movements)
        make_invoices(network, members)
    with told("introductions"):
        introductions = make_introductions(network, members, rare, INTRODUCTIONS)
        make_searches(env)
    env.flush_all()
    return {
        "members": {key: member.id for key, member in members.items()},
        "rare": {"listing": rare[1].id, "category": rare[1].category_id.id},
        "listing": listing_of(members["shop"], rare[1]),
        "invoices": compensations,
        "introductions": introductions,
        "counts": counts(env, members),
    }


@contextlib.contextmanager
def told(what):
    started = time.monotonic()
    yield
    progress(f"Made: {what} ({time.monotonic() - started:.0f} s)")


def listing_of(member, rare):
    """Return the id of an offer of `member` that others have much in common with."""
    return (
        member.env["troc.listing"]
        .search(
            [
                ("member_id", "=", member.id),
                ("kind", "=", "offer"),
                ("is_helping_hand", "=", False),
                ("category_id", "!=", rare.category_id.id),
            ],
            limit=1,
        )
        .id
    )


def make_searches(env):
    """Searches that people of the hot and of the few member keep."""
    # known only once the configuration has told where the addons are
    from odoo.addons.troc_actif_market.models.troc_listing_search import Filters

    filters = {**dataclasses.asdict(Filters(query="logo")), "args": {"query": "logo"}}
    for login, count in (("hot0", SEARCHES), ("few0", 1)):
        user = env["res.users"].search([("login", "=", login)])
        env["troc.saved.search"].create(
            [
                {"name": f"Recherche {n}", "user_id": user.id, "filters": filters}
                for n in range(count)
            ]
        )


def counts(env, members):
    """Return how many rows there are, of all and of the hot member."""
    hot = members["hot"].id
    either = ["|", ("seller_id", "=", hot), ("buyer_id", "=", hot)]
    own = {
        "listings": ("troc.listing", [("member_id", "=", hot)]),
        "movements": ("troc.register.item", [("member_id", "=", hot)]),
        "compensations": ("troc.compensation", either),
        "introductions": ("troc.introduction", either),
    }
    found = {"members": env["troc.member"].search_count([])}
    for name, (model, domain) in own.items():
        found[name] = env[model].search_count([])
        found[f"hot_{name}"] = env[model].search_count(domain)
    partner = members["hot"].partner_id.id
    invoices = [("partner_id", "=", partner), ("move_type", "=", "out_invoice")]
    found["hot_invoices"] = env["account.move"].search_count(invoices)
    return found


if __name__ == "__main__":
    main()
