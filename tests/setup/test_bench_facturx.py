"""The benchmark of the reading: its contenders die, hang and come back; its figures."""

import os
import sys
import time

import pytest

from troc_dev.bench import facturx as bench_facturx
from troc_dev.bench.contender import Contender

ECHO = """
import json, os, sys, time
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    word = line.strip()
    if word == "die": os._exit(1)
    if word == "hang": time.sleep(60)
    print(json.dumps({"facts": word, "pid": os.getpid()}), flush=True)
"""


@pytest.fixture
def contender():
    with Contender([sys.executable, "-c", ECHO], dict(os.environ)) as contender:
        yield contender


def test_one_process_answers_about_one_file_after_another(contender):
    first, second = contender.ask("a", 20), contender.ask("b", 20)
    assert (first["facts"], second["facts"]) == ("a", "b")
    assert first["pid"] == second["pid"]


def test_a_file_that_kills_the_contender_costs_that_file_only(contender):
    before = contender.ask("a", 20)
    assert contender.ask("die", 20)["error"] == "the process died"
    after = contender.ask("b", 20)
    assert (after["facts"], after["pid"] != before["pid"]) == ("b", True)


def test_a_file_that_takes_too_long_costs_that_file_only(contender):
    started = time.monotonic()
    answer = contender.ask("hang", 1)

    assert answer["error"] == "no answer within 1 s"
    assert time.monotonic() - started < 20
    assert contender.ask("b", 20)["facts"] == "b"


def test_the_contender_ends_with_the_benchmark():
    with Contender([sys.executable, "-c", ECHO], dict(os.environ)) as contender:
        pid = contender.ask("a", 20)["pid"]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_times_are_spread_over_the_files():
    told = bench_facturx.spread(list(range(1, 101)))
    assert told == {"p50": 50.5, "p95": 95, "max": 100}
    assert bench_facturx.spread([7.123]) == {"p50": 7.12, "p95": 7.12, "max": 7.12}


def test_odoo_is_given_bills_spread_evenly():
    rows = [{"type": "380" if n % 2 else "751", "n": n} for n in range(200)]
    few = bench_facturx.sampled(rows, 10)

    assert [row["n"] for row in few] == [20 * n + 1 for n in range(10)]
    assert len(bench_facturx.sampled(rows, 1000)) == 100
    assert bench_facturx.sampled(rows, 0) == []


def test_what_was_read_is_compared_with_the_manifest():
    row = {
        "path": "a.xml",
        "number": " F-1 ",
        "date": "20260215",
        "currency": "EUR",
        "bt109": "10",
        "bt112": "12.00",
    }
    facts = {"number": "F-1", "date": "2026-02-15", "currency": "EUR"}
    facts |= {"untaxed": "10.00", "total": "12.00"}
    times = {"seconds": {"whole": 0.004}}
    rows = [row, {**row, "path": "b.xml"}, {**row, "path": "c.xml"}]
    answers = {
        "a.xml": [{"facts": facts, **times}],
        "b.xml": [{"facts": {**facts, "total": "13.00"}, **times}],
        "c.xml": [{"error": "died", **times}],
    }
    told = bench_facturx.summed_up(answers, rows)

    assert (told["files"], told["read"], told["named"], told["right"]) == (3, 2, 2, 1)
    assert (list(told["wrong"]), told["unread"]) == (["b.xml"], {"c.xml": "died"})
    assert told["ms"] == {"whole": {"p50": 4.0, "p95": 4.0, "max": 4.0}}
