"""benchmarks/portal.py: makes a big network, serves it, measures its pages."""

import argparse
import contextlib
import json
import random
import statistics
import subprocess

from troc_dev import paths, say, setup
from troc_dev.bench import portal_table
from troc_dev.bench.portal_pages import REFERENCE, pages
from troc_dev.bench.portal_visit import Log, Visitor
from troc_dev.errors import Stop
from troc_dev.needs import server, venv

INSIDE = paths.ROOT / "benchmarks/inside"
PASSWORD = "bench"  # of the users that portal_fill.py makes
WARM_UP = 3
# the reference, this many times a round, so that its p95 rests on many visits too
REFERENCES = 5
TARGETS = {"page": 1.5, "search_p95": 3.0}


def main(arguments):
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks/portal.py")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--members", type=int, default=5000)
    parser.add_argument("--listings", type=int, default=20000)
    parser.add_argument("--movements", type=int, default=200000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--warm-up", type=int, default=WARM_UP)
    options = parser.parse_args(arguments)
    with (
        setup.ready() as databases,
        databases.scratch("portal", databases.for_tests) as database,
    ):
        found = measure(databases, database, options)
    print(json.dumps(found) if options.json else portal_table.table(found))
    return 0


def measure(databases, database, options):
    """Return {"ratios": ..., "targets": ..., "raw": ...}."""
    with say.Step("A big network"):
        sizes = ("members", "listings", "movements")
        flags = [f"--{name}={getattr(options, name)}" for name in sizes]
        ids = inside(databases, database, "portal_fill", *flags)
        databases.postgres.sql("VACUUM ANALYZE", database)
    with say.Step("Quality of the search"):
        quality = inside(databases, database, "portal_quality")
    shown = pages(ids)
    with server.serving(databases, database) as odoo, visitors(odoo) as people:
        visits = visit_all(people, shown, options)
        few = visit_few(people, shown, options.warm_up)
    raw = {
        "counts": ids["counts"],
        "pages": {page.name: told(page, visits, few) for page in shown},
        "searches": spread([v for p in shown if p.kind == "search" for v in visits[p]]),
        "quality": quality,
    }
    return {"ratios": ratios(raw), "targets": TARGETS, "raw": raw}


def inside(databases, database, name, *arguments):
    """Run a program of benchmarks/inside with Odoo; return what it prints."""
    config = server.command(databases)[-1]
    command = [venv.PYTHON, INSIDE / f"{name}.py", config, database, *arguments]
    done = subprocess.run(
        [str(word) for word in command],
        env=server.environment(databases),
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise Stop(f"{name}.py failed.", "See the messages above.")
    return json.loads(done.stdout)


@contextlib.contextmanager
def visitors(odoo):
    """Yield {name: Visitor} of a running Odoo."""
    with contextlib.closing(Log(paths.LOGS / f"odoo-{odoo.port}.log")) as log:
        yield {
            "hot": Visitor(odoo.url, log, "hot0", PASSWORD),
            "few": Visitor(odoo.url, log, "few0", PASSWORD),
            "visitor": Visitor(odoo.url, log),
        }


def visit_all(people, shown, options):
    """Return {page: [Visit]}; all pages in turn, in another order each round."""
    turns = list(shown)
    turns += [page for page in shown if page.name == REFERENCE] * (REFERENCES - 1)
    visits = {page: [] for page in shown}
    with say.Step(f"{len(shown)} pages, {options.rounds} rounds") as step:
        for number in range(-options.warm_up, options.rounds):
            step.tell(f"round {number}")
            random.Random(number).shuffle(turns)
            for page in turns:
                visit = people[page.who].visit(page.path)
                if number >= 0:
                    visits[page].append(visit)
    return visits


def visit_few(people, shown, warm_up):
    """Return {page: queries} of the same pages with one row, once they are warm."""
    found = {}
    for page in shown:
        if page.few_path:
            person = people[page.few_who]
            visits = [person.visit(page.few_path) for _ in range(warm_up + 1)]
            found[page] = visits[-1].queries
    return found


# --- figures -----------------------------------------------------------------------


def told(page, visits, few):
    """Return the figures of one page."""
    return {
        "kind": page.kind,
        **spread(visits[page]),
        "queries_few": few.get(page),
    }


def spread(visits):
    """Return the middle and the worst of many visits, in milliseconds."""
    seconds = sorted(visit.seconds for visit in visits)
    return {
        "p50": round(statistics.median(seconds) * 1000, 1),
        "p95": round(seconds[-(-len(seconds) * 95 // 100) - 1] * 1000, 1),
        "sql": round(statistics.median(v.sql_seconds for v in visits) * 1000, 1),
        "queries": round(statistics.median(v.queries for v in visits)),
    }


def ratios(raw):
    """Return each page's p50 over that of Odoo's invoices, the search's p95 too."""
    reference = raw["pages"][REFERENCE]
    found = {
        name: figures["p50"] / reference["p50"]
        for name, figures in raw["pages"].items()
        if name != REFERENCE
    }
    found["search_p95"] = raw["searches"]["p95"] / reference["p95"]
    quality = raw["quality"]
    for way in ("ilike", "ilike_words"):
        better = quality["ours"]["all"] / max(quality[way]["all"], 0.001)
        found[f"search_precision_vs_{way}"] = better
    return {name: round(value, 3) for name, value in found.items()}
