"""benchmarks/link.py: what a document costs on its way there and back."""

import argparse

from troc_dev import paths, proc, setup
from troc_dev.needs import venv

LIB = paths.ADDONS / "troc_actif_invoice" / "lib"
# The two ends as the tests have them: an office, and a firm with books of its own.
WORLD = paths.ROOT / "tests" / "system"
MOST_CALLS = 3.0
TARGETS = {
    "odoorpc_push_calls": MOST_CALLS,
    "odoorpc_pull_calls": MOST_CALLS,
    "json2_push_calls": MOST_CALLS,
    "json2_pull_calls": MOST_CALLS,
    "memory_last_vs_first_page": 1.1,
}
WAYS = ("push", "pull")


def main(arguments):
    """Measure where odoorpc and the tests' two ends are at hand; return the status."""
    parsed(arguments)
    with setup.ready() as databases:
        path = (paths.ROOT / "scripts", LIB, WORLD)
        return proc.wait(
            [venv.PYTHON, "-m", "troc_dev.bench.link_inside", *arguments],
            env=venv.environment(*path, **databases.postgres.env),
        )


def parsed(arguments):
    """Return the options: `json`, `documents` and `naive`."""
    parser = argparse.ArgumentParser(prog="benchmarks/link.py")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--naive", type=int, default=20)
    return parser.parse_args(arguments)


def ratios(raw):
    """Return what was to be reached, and ours against the naive way (below 1: less)."""
    found = {}
    for kind, ways in raw.items():
        for way in WAYS:
            ours, naive = ways[way], ways[f"naive_{way}"]
            found[f"{kind}_{way}_calls"] = each(ours, "calls")
            found[f"{kind}_{way}_vs_naive"] = each(ours, "seconds") / each(
                naive, "seconds"
            )
    memories = [ways[way]["memory"] for ways in raw.values() for way in WAYS]
    found["memory_last_vs_first_page"] = max(last / first for first, last in memories)
    return {name: round(value, 3) for name, value in found.items()}


def each(told, name):
    """Return calls or seconds of one document."""
    return told[name] / told["documents"]
