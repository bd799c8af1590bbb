"""How limits move by themselves, and when to warn of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actif_rules.errors import RuleError
from actif_rules.limit_policy import (
    STEP,
    Limits,
    check_request,
    check_temporary,
    grown,
    has_ended,
    idle_since,
    is_dormant,
    limits_near,
    step_due,
)
from actif_rules.limits import Account

TODAY = date(2026, 11, 25)
amounts = st.decimals(0, 10**7, places=2)
days = st.integers(0, 60)


def limits(credit, ceiling=0):
    return Limits(Decimal(credit), Decimal(ceiling))


def account(balance, credit=2000, ceiling=None):
    top = None if ceiling is None else Decimal(ceiling)
    return Account("Bois", Decimal(balance), Decimal(credit), top)


def refused(code, act, *args):
    with pytest.raises(RuleError) as caught:
        act(*args)
    assert caught.value.code == code


# -- for a time -------------------------------------------------------------------


@given(amounts, amounts, amounts, amounts)
def test_what_is_added_for_a_time_goes_away_again(credit, ceiling, more, higher):
    now = Limits(credit, ceiling)
    extra = Limits(more, higher if ceiling else Decimal(0))
    assert now.raised(extra).without(extra) == now


@given(amounts, amounts)
def test_no_ceiling_stays_none(credit, higher):
    assert limits(credit).raised(Limits(Decimal(0), higher)).ceiling == 0


def test_a_temporary_limit_gives_something_until_today_or_later():
    check_temporary(limits(0, 1), TODAY, TODAY)
    refused("temporary_empty", check_temporary, limits(0), TODAY, TODAY)
    refused("limit_negative", check_temporary, limits(-1), TODAY, TODAY)
    refused("temporary_past", check_temporary, limits(1), None, TODAY)
    yesterday = TODAY - timedelta(days=1)
    refused("temporary_past", check_temporary, limits(1), yesterday, TODAY)
    assert not has_ended(TODAY, TODAY)
    assert has_ended(yesterday, TODAY)
    assert not has_ended(None, TODAY)


# -- requests ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "now"),
    [
        (limits(2001), limits(2000)),
        (limits(2000, 900), limits(2000, 800)),
        (limits(2000, 0), limits(2000, 800)),
    ],
)
def test_what_a_member_may_ask_for(wanted, now):
    check_request(wanted, now)


@pytest.mark.parametrize(
    ("wanted", "now"),
    [
        (limits(2000), limits(2000)),
        (limits(1000, 800), limits(2000, 800)),
        (limits(2000, 5000), limits(2000, 0)),
    ],
)
def test_a_request_asks_for_more(wanted, now):
    refused("request_empty", check_request, wanted, now)


def test_a_request_below_zero():
    refused("limit_negative", check_request, limits(-1), limits(0))


# -- growth -----------------------------------------------------------------------


def test_growth_example():
    """20 % of 6 240 is 1 248: by steps of 50, 1 200."""
    assert grown(Decimal(500), Decimal(6240), Decimal(20), Decimal(3000)) == 1200
    assert grown(Decimal(500), Decimal(60000), Decimal(20), Decimal(3000)) == 3000
    assert grown(Decimal(5000), Decimal(60000), Decimal(20), Decimal(3000)) == 5000


@given(amounts, amounts, st.decimals(0, 100, places=1), amounts)
def test_growth_never_lowers_and_keeps_the_cap(current, sales, percent, cap):
    after = grown(current, sales, percent, cap)
    assert after >= current
    assert after == current or after <= cap
    assert after == current or after <= sales * percent / 100
    assert after in (current, cap) or after % STEP == 0


@given(amounts, st.decimals(1, 100, places=1))
def test_no_growth_without_sales(current, percent):
    assert grown(current, Decimal(-5), percent, Decimal(9000)) == current


# -- warnings ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "near"),
    [
        (account(0, 0), set()),
        (account(-1599), set()),
        (account(-1600), {"credit"}),
        (account(-1, 0), {"credit"}),
        (account(799, 0, 1000), set()),
        (account(800, 0, 1000), {"ceiling"}),
        (account(10**6), set()),
    ],
)
def test_near_a_limit(seen, near):
    assert limits_near(seen, Decimal(80)) == near


def test_a_network_that_never_warns():
    assert limits_near(account(-2000), Decimal(0)) == set()


# -- dormant credit ---------------------------------------------------------------


def test_dormant_credit():
    long_ago, lately = TODAY - timedelta(days=200), TODAY - timedelta(days=3)
    assert idle_since(Decimal(5), long_ago, None) == long_ago
    assert idle_since(Decimal(5), long_ago, lately) == lately
    # earned three days ago, whenever he bought
    assert idle_since(Decimal(5), lately, long_ago) == lately
    assert idle_since(Decimal(0), long_ago, None) is None
    assert idle_since(Decimal(5), None, long_ago) is None
    assert is_dormant(TODAY - timedelta(days=90), TODAY, 90)
    assert not is_dormant(TODAY - timedelta(days=89), TODAY, 90)
    assert not is_dormant(long_ago, TODAY, 0)
    assert not is_dormant(None, TODAY, 90)


# -- time-outs --------------------------------------------------------------------


@given(days, st.integers(1, 30), st.integers(1, 30))
def test_a_reminder_comes_first_and_each_once(waited, reminder, later):
    """Night after night: one reminder, on a later day one escalation."""
    escalation = reminder + later
    told, reminded = [], None
    for night in range(waited + 1):
        today = TODAY + timedelta(days=night)
        step = step_due(TODAY, today, reminded, reminder, escalation)
        if step == "remind":
            reminded = today
        if step and "escalate" not in told:
            told.append(step)
    expected = ["remind"] * (waited >= reminder) + ["escalate"] * (waited >= escalation)
    assert told == expected


def test_late_nights_and_no_time_outs():
    late = TODAY + timedelta(days=90)
    assert step_due(TODAY, late, None, 7, 14) == "remind"
    assert step_due(TODAY, late, late, 7, 14) is None
    assert step_due(TODAY, late, TODAY, 7, 14) == "escalate"
    assert step_due(TODAY, late, None, 0, 0) is None
    assert step_due(TODAY, late, None, 0, 14) == "escalate"
    assert step_due(TODAY, late, TODAY, 7, 0) is None
