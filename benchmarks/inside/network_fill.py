"""Fill a database with a big network; print the ids of what is measured, and counts."""

import argparse
import json

from meter import environment, open_registry
from network_chain import make_chain
from portal_books import make_register
from portal_fill import counts, told
from portal_market import make_introductions, make_listings, make_rare
from portal_people import make_members, make_network

MONTHS = 24
DAYS = MONTHS * 365 // 12
LISTINGS = 2  # a member, but enough for all who are named
FEWEST_LISTINGS = 200


def main():
    registry, arguments = open_registry()
    parser = argparse.ArgumentParser()
    for name in ("members", "items"):
        parser.add_argument(f"--{name}", type=int)
    options = parser.parse_args(arguments)
    with environment(registry) as env:
        print(json.dumps(fill(env, options)), flush=True)


def fill(env, options):
    """Return {"ids": ..., "counts": ...}."""
    network = make_network(env)
    with told("members"):
        members, others = make_members(network, options.members)
    with told("listings"):
        listings = max(options.members * LISTINGS, FEWEST_LISTINGS)
        make_listings(network, members, others, listings)
        rare = make_rare(network, members)
    with told("register"):
        make_register(network, members, others, options.items, DAYS)
    with told("introductions"):
        make_introductions(network, members, rare, options.members)
    with told("chain"):
        make_chain(network.register_journal_id)
    env.flush_all()
    ids = {key: member.id for key, member in members.items()}
    return {
        "ids": {**ids, "network": network.id},
        "counts": counts(env, members),
    }


if __name__ == "__main__":
    main()
