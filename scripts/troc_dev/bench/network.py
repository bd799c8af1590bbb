"""benchmarks/network.py: a big network and one ten times smaller, both measured."""

import argparse
import json

from troc_dev import say, setup
from troc_dev.bench import network_table
from troc_dev.bench.portal import WARM_UP, inside, spread, visitors
from troc_dev.needs import server

SMALLER = 10
FEWEST = 20  # members of the smaller one
PAGES = ("/my/actif/statement", "/my/actif")
PAGE_ROUNDS = 4  # for each round of the queries
# CPU seconds of the dashboard; the others are ratios, below 1 ours is cheaper
TARGETS = {"dashboard_cpu_s": 1.0, "statement_big_vs_small": 1.25}


def main(arguments):
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks/network.py")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--alone", action="store_true")
    options = parser.parse_args(arguments)
    found = measure(options)
    print(json.dumps(found) if options.json else network_table.table(found))
    return 0


def measure(options):
    """Return {"ratios": ..., "targets": ..., "raw": ...}.

    Alone, a network is compared with itself: to try all this out, not to measure.
    """
    big = options.members, options.items
    small = max(options.members // SMALLER, FEWEST), options.items // SMALLER
    sizes = {"big": big} if options.alone else {"small": small, "big": big}
    with setup.ready() as databases:
        raw = {
            name: _measured(databases, *size, options.rounds)
            for name, size in sizes.items()
        }
    raw.setdefault("small", raw["big"])
    return {"ratios": ratios(raw), "targets": TARGETS, "raw": raw}


def _measured(databases, members, items, rounds):
    """Return {"counts": ..., "costs": ..., "pages": ...} of a network of that size."""
    with databases.scratch("network", databases.for_tests) as database:
        with say.Step(f"A network of {members} members, {items} register items"):
            sizes = f"--members={members}", f"--items={items}"
            made = inside(databases, database, "network_fill", *sizes)
            databases.postgres.sql("VACUUM ANALYZE", database)
        with (
            say.Step("The member's pages"),
            server.serving(databases, database) as odoo,
        ):
            pages = _pages(odoo, rounds * PAGE_ROUNDS)
        with say.Step("Queries"):
            asked = f"--rounds={rounds}", f"--ids={json.dumps(made['ids'])}"
            costs = inside(databases, database, "network_measure", *asked)
    return {"counts": made["counts"], "costs": costs, "pages": pages}


def _pages(odoo, rounds):
    """Return {page: what it takes} of a member with a full page of movements."""
    with visitors(odoo) as people:
        visits = {page: [] for page in PAGES}
        for _ in range(WARM_UP + rounds):
            for page, found in visits.items():
                found.append(people["hot"].visit(page))
    return {page: spread(found[WARM_UP:]) for page, found in visits.items()}


def ratios(raw):
    """Return what was to be reached; below 1 ours is cheaper."""
    big, small = raw["big"], raw["small"]
    page = PAGES[0]
    found = {
        "balances_vs_read_group": _ratio(big, "balances_all", "plain_balances"),
        "balances_page_vs_read_group": _ratio(big, "balances_page", "plain_balances"),
        "register_page_vs_window": _ratio(big, "register_page", "plain_register_page"),
        "statement_vs_read_group": _ratio(big, "statement", "plain_statement"),
        "posting_with_index": _ratio(big, "posting", "posting_without_index"),
        "statement_big_vs_small": big["pages"][page]["p50"]
        / small["pages"][page]["p50"],
    }
    if "dashboard" in big["costs"]:
        found["dashboard_cpu_s"] = _cpu(big, "dashboard") / 1000
    if "justification" in big["costs"]:
        found["justification_vs_read_group"] = _ratio(
            big, "justification", "plain_justification"
        )
    return {name: round(value, 3) for name, value in found.items()}


def _ratio(told, ours, plain):
    return _cpu(told, ours) / max(_cpu(told, plain), 0.1)


def _cpu(told, name):
    return told["costs"][name]["cpu_ms"]
