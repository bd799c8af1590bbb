from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_strategies import amounts

from actif_rules.listing import Listing, expiry, last_day_to_remind, problems
from actif_rules.share import AllowedShares

GOOD = Listing(
    title="Plateaux repas",
    description="Livrés froids.",
    has_category=True,
    share="100",
    price_min=Decimal(18),
)
ALL = AllowedShares()


def codes(listing, shares=ALL):
    return {field: error.code for field, error in problems(listing, shares)}


def test_a_complete_listing_has_no_problem():
    assert codes(GOOD) == {}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"title": " "}, {"name": "listing_missing"}),
        ({"title": "x" * 121}, {"name": "listing_too_long"}),
        ({"description": ""}, {"description": "listing_missing"}),
        ({"description": "x" * 5001}, {"description": "listing_too_long"}),
        ({"has_category": False}, {"category_id": "listing_missing"}),
        ({"price_min": Decimal(-1)}, {"price_min": "listing_price_negative"}),
        ({"price_max": Decimal(10**7)}, {"price_max": "listing_price_too_high"}),
        ({"price_max": Decimal(17)}, {"price_max": "listing_price_order"}),
        ({"quantity": -1}, {"quantity": "listing_quantity"}),
        ({"share": "37"}, {"share": "listing_share"}),
    ],
)
def test_each_problem_belongs_to_its_field(change, found):
    assert codes(replace(GOOD, **change)) == found


def test_all_problems_are_told_at_once():
    bad = replace(GOOD, title="", description="", has_category=False, quantity=-1)
    assert set(codes(bad)) == {"name", "description", "category_id", "quantity"}


def test_a_helping_hand_has_no_price_and_no_share():
    free = replace(GOOD, is_helping_hand=True, share="37", price_min=Decimal(-5))
    assert codes(free) == {}


def test_only_the_shares_of_the_network():
    full = AllowedShares(half=False)
    assert codes(replace(GOOD, share="50"), full) == {"share": "listing_share"}
    assert codes(replace(GOOD, share="free"), full) == {}


@given(amounts("0", "9999"), amounts("0", "9999"))
def test_a_range_is_a_problem_only_upside_down(low, high):
    found = codes(replace(GOOD, price_min=low, price_max=high))
    assert ("price_max" in found) == (0 < high < low)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(8, 400))
def test_a_reminder_in_the_last_week(today, days):
    last = expiry(today, days)
    assert last_day_to_remind(today) < last
    assert last_day_to_remind(last - timedelta(days=7)) == last
