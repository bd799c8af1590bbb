"""The benchmark of the portal: its network, what it reads of a log, its figures."""

import re
import sys

import pytest

from troc_dev import paths
from troc_dev.bench import portal as bench_portal
from troc_dev.bench import portal_table as bench_portal_table
from troc_dev.bench.portal_pages import REFERENCE, pages
from troc_dev.bench.portal_visit import Visit, costs

IDS = {
    "members": {"hot": 1, "few": 2, "shop": 3},
    "rare": {"listing": 4, "category": 5},
    "listing": 6,
    "invoices": {"hot": 7, "few": 8},
    "introductions": {"hot": 9, "few": 10},
}
LOG = """
1 INFO db werkzeug: ::1 - - [x] "GET /fr/my HTTP/1.1" 303 - 4 0.001 0.02
1 INFO db werkzeug: ::1 - - [x] "GET /my HTTP/1.1" 200 - 28 0.023 0.120
1 INFO db odoo.http: something else
"""


@pytest.fixture
def words(monkeypatch):
    monkeypatch.syspath_prepend(str(paths.ROOT / "benchmarks/inside"))
    yield __import__("portal_words")
    sys.modules.pop("portal_words")


def test_every_shipped_category_has_topics_and_every_search_an_answer(words):
    data = paths.ADDONS / "troc_actif_market/data/troc_category_data.xml"
    shipped = set(re.findall(r'id="category_(\w+)"', data.read_text()))
    topics = words.topics()

    assert {topic.category for topic in topics} == shipped
    assert len({topic.key for topic in topics}) == len(topics)
    assert {query.topic for query in words.queries()} <= {t.key for t in topics}


def test_listings_are_varied_and_always_the_same(words):
    rows = list(words.listings(500))

    assert rows == list(words.listings(500))
    assert {kind for kind, *_rest in rows} == {"offer", "need"}
    assert {topic for _kind, topic, *_rest in rows} == set(words.topics())
    assert len({text for *_rest, text in rows}) == 500


def test_a_log_tells_what_a_page_cost():
    assert costs(LOG) == [(28, 0.023)]


def test_each_page_is_asked_for_once_and_named_once():
    shown = pages(IDS)
    assert len({page.name for page in shown}) == len(shown)
    assert len({page.path for page in shown}) == len(shown)
    assert REFERENCE in {page.name for page in shown}


def test_pages_are_compared_with_odoos_invoices():
    visits = {page: [Visit(0.1, 20, 0.01)] * 3 for page in pages(IDS)}
    slow = next(page for page in visits if page.name == "/my/actif")
    visits[slow] = [Visit(seconds, 30, 0.05) for seconds in (0.1, 0.2, 0.9)]
    raw = {
        "pages": {
            page.name: bench_portal.told(page, visits, {page: 19}) for page in visits
        },
        "searches": bench_portal.spread([Visit(0.3, 20, 0.1)]),
        "quality": {way: {"all": 0.5} for way in ("ours", "ilike", "ilike_words")},
        "counts": {"members": 5},
    }
    ratios = bench_portal.ratios(raw)

    assert ratios["/my/actif"] == 2.0
    assert ratios["search_p95"] == 3.0
    assert REFERENCE not in ratios
    assert raw["pages"]["/my/actif"]["p95"] == 900.0
    told = bench_portal_table.table(
        {"ratios": ratios, "raw": raw, "targets": bench_portal.TARGETS}
    )
    assert "slowest page 2.00" in told
