from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actif_rules import member_life as rules
from actif_rules.errors import RuleError
from actif_rules.parties import STATES

TODAY = date(2026, 11, 25)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
AMOUNTS = st.decimals("-5000", "5000", places=2)


def code(check, *args):
    try:
        check(*args)
    except RuleError as error:
        return error.code
    return None


def test_the_table_knows_every_state():
    assert set(rules.NEXT) == set(STATES)
    assert set().union(*rules.NEXT.values()) == set(STATES)


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        ("candidate", "on_hold"),
        ("candidate", "leaving"),
        ("active", "left"),
        ("active", "candidate"),
        ("active", "active"),
        ("on_hold", "left"),
        ("leaving", "on_hold"),
        ("left", "active"),
        ("nonsense", "active"),
    ],
)
def test_what_cannot_follow(state, wanted):
    with pytest.raises(RuleError) as caught:
        rules.check_next(state, wanted)

    assert caught.value.code == "state_not_next"
    assert caught.value.facts["needed"] == wanted
    assert wanted not in caught.value.facts["allowed"]


def test_nobody_leaves_but_by_a_notice_and_back_is_possible():
    before_left = {state for state, after in rules.NEXT.items() if "left" in after}

    assert before_left == {"candidate", "leaving"}
    for state in ("on_hold", "stand_by", "leaving"):
        rules.check_next(state, "active")
    rules.check_next("left", "candidate")


@given(DAYS, st.integers(0, 400), DAYS)
def test_stages_follow_each_other(announced, days, today):
    """Whatever the day, a later one is never at an earlier stage."""
    end = rules.notice_end(announced, days)
    now, later = (
        rules.stage(day, announced, end) for day in (today, today + timedelta(days=1))
    )

    assert not rules.is_news(now, later)
    assert (now == "ended") == (today > end)


def test_stages_of_ninety_days():
    end = rules.notice_end(TODAY, 90)
    days = {
        0: None,
        44: None,
        45: "half",
        74: "half",
        75: "last",
        90: "last",
        91: "ended",
    }

    found = {n: rules.stage(TODAY + timedelta(days=n), TODAY, end) for n in days}

    assert found == days


def test_a_stage_is_told_once():
    assert rules.is_news("half", None)
    assert rules.is_news("ended", "half")
    assert not rules.is_news("half", "half")
    assert not rules.is_news(None, None)


def test_a_notice_does_not_end_before_it_begins():
    assert code(rules.check_notice, TODAY, TODAY) is None
    assert code(rules.check_notice, TODAY, TODAY - timedelta(days=1)) == "notice_past"


@pytest.mark.parametrize(
    ("balance", "days_left", "waiting", "expected"),
    [
        ("0", 10, (), None),
        ("0", -1, (), None),
        ("12.5", 10, (), "notice_running"),
        ("12.5", 0, (), "notice_running"),
        ("12.5", -1, (), None),
        ("-0.01", -1, (), "leave_negative"),
        ("-0.01", 10, (), "leave_negative"),
        ("0", -1, ("COMP/1",), "leave_waits"),
    ],
)
def test_when_the_account_is_closed(balance, days_left, waiting, expected):
    end = TODAY + timedelta(days=days_left)
    departure = rules.Departure(Decimal(balance), end, waiting)

    assert code(rules.check_leave, departure, TODAY) == expected


@given(AMOUNTS, st.decimals("0.01", "5000", places=2), st.booleans())
def test_a_leaving_account_only_comes_nearer_to_zero(balance, amount, buys):
    movement = -amount if buys else amount

    if code(rules.check_settles, "Durand", balance, movement) is None:
        assert abs(balance + movement) < abs(balance)
    else:
        assert abs(balance + movement) > abs(balance) or (
            (balance + movement) * balance < 0
        )


def test_exactly_to_zero_and_not_a_cent_further():
    for balance, sign in ((Decimal(100), -1), (Decimal(-100), 1)):
        exact, beyond = sign * Decimal(100), sign * Decimal("100.01")
        kind = "buys" if sign < 0 else "sells"
        assert code(rules.check_settles, "Durand", balance, exact) is None
        found = code(rules.check_settles, "Durand", balance, beyond)
        assert found == f"leaving_{kind}_beyond"
