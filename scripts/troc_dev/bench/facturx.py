"""benchmarks/facturx.py: asks the contenders, one after another, about each file."""

import argparse
import contextlib
import csv
import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

from troc_dev import paths, say, setup
from troc_dev.bench import facturx_table
from troc_dev.bench.contender import Contender
from troc_dev.errors import Stop
from troc_dev.needs import server, venv

INSIDE = paths.ROOT / "benchmarks/inside"
LIB = paths.ADDONS / "troc_actif_invoice/lib"
SHARED = paths.ROOT.parent / "shared/facturx"
SAMPLE = paths.ROOT / "tests/fixtures/D_50_one_30_iban_bt20__en16931.xml"
# Odd in name, place or encoding, and good: all are one invoice of the hostile files.
ODD = (
    *("bom.xml", "comment_in_amount.xml", "iso8859.xml", "rtl_control_chars.xml"),
    *("utf16.xml", "good.pdf", "guid_key_uf_facturx.pdf", "key_facturx_uf_other.pdf"),
    *("kids_nametree.pdf", "name_nul_html.pdf", "name_other.pdf", "name_traversal.pdf"),
    *("name_upper.pdf", "prefix_junk.pdf", "startxref_loop.pdf"),
)
ODD_ROW = {
    "type": "380",
    "number": "FA-2026-001",
    "date": "20260215",
    "currency": "EUR",
    "bt109": "1000.00",
    "bt112": "1200.00",
}
BOMBS = ("deflate_bomb_300MB.pdf", "deflate_bomb_double_2GB.pdf")
FACTS = ("number", "date", "currency", "untaxed", "total")
WARM_UP = 3


def main(arguments):
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks/facturx.py")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--odoo", type=int, default=60)
    parser.add_argument("--big", default="1,5,50")
    parser.add_argument("--limit", type=int, default=120)
    parser.add_argument("--files", type=Path, default=SHARED)
    options = parser.parse_args(arguments)
    if not options.files.exists():
        raise Stop(f"{options.files} is not there.", "Put the public files there.")
    found = measure(options)
    print(json.dumps(found) if options.json else facturx_table.table(found))
    return 0


def measure(options):
    """Return {"ratios": ..., "raw": ...}."""
    public, odd = valid_rows(options.files), odd_rows()
    with contextlib.ExitStack() as stack:
        commands = our_commands()
        if options.odoo:
            commands["odoo"] = stack.enter_context(odoo_command())
        else:
            venv.ensure()
        files = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        asked = ask_about(commands, public, options)
        asked_odd = ask_about(commands, odd, options)
        big = ask_about_big(commands, files, options)
    raw = {
        "public": {name: summed_up(told, public) for name, told in asked.items()},
        "odd": {name: summed_up(told, odd) for name, told in asked_odd.items()},
        "big": big,
    }
    if options.odoo:
        raw["sample"] = on_the_sample(asked, public)
    return {"ratios": ratios(raw), "raw": raw}


# --- the contenders ----------------------------------------------------------------


def our_commands():
    """Return {name: (command, environment)} of the contenders that need no Odoo."""
    ours = venv.environment(INSIDE, LIB)
    return {
        "ours": ([venv.PYTHON, INSIDE / "facturx_ours.py", "child"], ours),
        "ours_here": ([venv.PYTHON, INSIDE / "facturx_ours.py", "here"], ours),
        "library": (
            [venv.PYTHON, INSIDE / "facturx_library.py"],
            venv.environment(INSIDE),
        ),
    }


@contextlib.contextmanager
def odoo_command():
    """Yield the same for Odoo, on a database without our addons that it drops."""
    with (
        setup.ready() as databases,
        databases.scratch("facturx", databases.with_companies) as database,
    ):
        config = server.command(databases)[-1]
        env = server.environment(databases)
        env["PYTHONPATH"] += f"{os.pathsep}{INSIDE}"
        yield [venv.PYTHON, INSIDE / "facturx_odoo.py", config, database], env


# --- the public files --------------------------------------------------------------


def valid_rows(folder):
    """Return the rows of the manifest for CII invoices that are valid."""
    with (folder / "manifest.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["path"] = f"corpus/{row['path']}"
    # Valid by its schema, and dated 30 February.
    return [
        row
        for row in rows
        if row["root"] == "CrossIndustryInvoice"
        and row["valid"] == "y"
        and row["date"] != "20260230"
    ]


def odd_rows():
    """Return the same for the odd files."""
    return [{"path": f"hostile/{name}", **ODD_ROW} for name in ODD]


def ask_about(commands, rows, options):
    """Return {contender: {path: [answers]}}; they take turns on each file."""
    asked = {name: {} for name in commands}
    few = sampled(rows, options.odoo)
    with contextlib.ExitStack() as stack:
        contenders = {
            name: stack.enter_context(Contender(*command))
            for name, command in commands.items()
        }
        for row in rows[:WARM_UP]:
            for contender in contenders.values():
                contender.ask(options.files / row["path"], options.limit)
        step = stack.enter_context(say.Step(f"{len(rows)} files"))
        for number, row in enumerate(rows):
            step.tell(f"{number} done")
            for name, contender in contenders.items():
                if name != "odoo" or row in few:
                    asked[name][row["path"]] = repeated(contender, row, options)
    return asked


def sampled(rows, wanted):
    """Return so many rows, spread evenly, of types that Odoo takes for bills."""
    bills = [row for row in rows if row["type"] in ("380", "381")]
    return [
        row
        for number, row in enumerate(bills)
        if number * wanted // len(bills) != (number - 1) * wanted // len(bills)
    ]


def repeated(contender, row, options):
    rounds = 1 if contender.slow else options.rounds
    path = options.files / row["path"]
    return [contender.ask(path, options.limit) for _ in range(rounds)]


def summed_up(answers, rows):
    """Return the figures of one contender."""
    known = {row["path"]: stated(row) for row in rows}
    read = {path: told[0]["facts"] for path, told in answers.items() if read_(told)}
    last = [told[-1] for told in answers.values()]
    return {
        "files": len(answers),
        "read": len(read),
        "named": same(read, known, ("number", "date", "currency")),
        "right": same(read, known, FACTS),
        "wrong": {p: facts for p, facts in read.items() if facts != known[p]},
        "unread": {p: told[0]["error"] for p, told in answers.items() if p not in read},
        "ms": times(answers),
        "megabytes": max(told.get("bytes", 0) for told in last) // 2**20,
        "child_megabytes": max(told.get("child_bytes", 0) for told in last) // 2**20,
    }


def same(read, known, names):
    """Return how many agree with the manifest in all these facts."""
    return sum(
        all(facts[name] == known[path][name] for name in names)
        for path, facts in read.items()
    )


def read_(told):
    return "facts" in told[0]


def stated(row):
    """Return what a contender should read, by the manifest."""
    day = row["date"]
    return {
        "number": " ".join(row["number"].split()),
        "date": f"{day[:4]}-{day[4:6]}-{day[6:]}",
        "currency": row["currency"],
        "untaxed": f"{float(row['bt109']):.2f}",
        "total": f"{float(row['bt112']):.2f}",
    }


def times(answers):
    """Return {part: {p50, p95, max}} in milliseconds; the median of the rounds."""
    parts = {}
    for told in filter(read_, answers.values()):
        for part in told[0]["seconds"]:
            seconds = [one["seconds"][part] for one in told if "seconds" in one]
            parts.setdefault(part, []).append(statistics.median(seconds) * 1000)
    return {part: spread(found) for part, found in parts.items()}


def spread(found):
    ordered = sorted(found)
    return {
        "p50": round(statistics.median(ordered), 2),
        "p95": round(ordered[-(-len(ordered) * 95 // 100) - 1], 2),
        "max": round(ordered[-1], 2),
    }


def on_the_sample(asked, rows):
    """Return the figures of all on the files that Odoo was given."""
    sample = asked["odoo"]
    return {
        name: summed_up({path: answers[path] for path in sample}, rows)
        for name, answers in asked.items()
    }


# --- the big ones ------------------------------------------------------------------


def ask_about_big(commands, folder, options):
    """Return {file: {contender: answer}}, each from a fresh process."""
    command = [venv.PYTHON, INSIDE / "facturx_files.py", SAMPLE, folder, options.big]
    subprocess.run(list(map(str, command)), check=True, env=venv.environment())
    files = [folder / f"lines_{n}MB.xml" for n in options.big.split(",")]
    files += [folder / f"pictures_{n}MB.pdf" for n in options.big.split(",")]
    bombs = [options.files / "hostile" / name for name in BOMBS]
    files += [bomb for bomb in bombs if bomb.exists()]
    found = {}
    with say.Step("Big files") as step:
        for file in files:
            found[file.name] = {}
            for name, command in commands.items():
                step.tell(f"{file.name}: {name}")
                with Contender(*command) as contender:
                    answer = contender.ask(file, options.limit)
                found[file.name][name] = told_of_big(answer)
    return found


def told_of_big(answer):
    return {
        "result": "read" if "facts" in answer else answer["error"],
        "seconds": round(answer["seconds"]["whole"], 3),
        "megabytes": answer.get("bytes", 0) // 2**20,
        "child_megabytes": answer.get("child_bytes", 0) // 2**20,
    }


# --- ratios ------------------------------------------------------------------------


def ratios(raw):
    """Return what was to be reached; counts at least 1, the others below 1."""
    ours, library = raw["public"]["ours"], raw["public"]["library"]
    bomb = raw["big"][BOMBS[1]]
    found = {
        "right_vs_library": ours["right"] / library["right"],
        "odd_right_vs_library": raw["odd"]["ours"]["right"]
        / max(1, raw["odd"]["library"]["right"]),
        "p95_vs_library_parse": ours["ms"]["read"]["p95"]
        / library["ms"]["parse"]["p95"],
        "p95_vs_library_whole": ours["ms"]["read"]["p95"]
        / library["ms"]["whole"]["p95"],
    }
    if "sample" in raw:
        ours, odoo = raw["sample"]["ours"], raw["sample"]["odoo"]
        # Not by the totals: Odoo works them out anew, with the taxes of the books.
        found["named_vs_odoo"] = ours["named"] / max(1, odoo["named"])
        if odoo["read"]:
            slowest = odoo["ms"]["whole"]["p95"]
            found["p95_vs_odoo"] = ours["ms"]["read"]["p95"] / slowest
        found["bomb_memory_vs_odoo"] = memory(bomb["ours"]) / memory(bomb["odoo"])
    return {name: round(value, 4) for name, value in found.items()}


def memory(told):
    return told["megabytes"] + told["child_megabytes"]
