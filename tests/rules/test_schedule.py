from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actif_rules import schedule as rules
from actif_rules.errors import RuleError

AGREED = date(2026, 11, 25)
STEPS = st.lists(
    st.builds(
        rules.Step,
        st.dates(date(2026, 11, 26), date(2030, 1, 1)),
        st.decimals("0.01", "1000", places=2),
    ),
    min_size=1,
    max_size=6,
)
RECEIVED = st.decimals("-500", "8000", places=2)


def step(month, amount):
    return rules.Step(date(2027, month, 1), Decimal(amount))


@pytest.mark.parametrize(
    ("steps", "balance", "expected"),
    [
        ([step(1, 100), step(2, 200)], "-300", None),
        ([step(1, 100), step(2, 200)], "-300.01", "schedule_short"),
        ([step(1, 100), step(2, 200)], "0", "schedule_not_owing"),
        ([step(1, 100), step(2, 200)], "5", "schedule_not_owing"),
        ([], "-300", "schedule_empty"),
        ([step(1, 300), step(2, 0)], "-300", "schedule_empty"),
        ([rules.Step(AGREED, Decimal(300))], "-300", "schedule_past"),
    ],
)
def test_what_can_be_agreed_upon(steps, balance, expected):
    try:
        rules.check_agreed(steps, AGREED, Decimal(balance))
        found = None
    except RuleError as error:
        found = error.code

    assert found == expected


def test_what_came_in_fills_the_earlier_steps_first():
    steps = [step(3, 300), step(1, 100), step(2, 200)]

    told = rules.standings(steps, Decimal(150), date(2027, 2, 15))

    assert [each.due_total for each in told] == [100, 300, 600]
    assert [each.missing for each in told] == [0, 150, 300]
    assert [each.is_late for each in told] == [False, True, False]


def test_on_its_day_a_step_is_not_late_yet():
    told = rules.standings([step(1, 100)], Decimal(0), date(2027, 1, 1))

    assert not told[0].is_late


@given(STEPS, RECEIVED)
def test_what_is_missing_adds_up(steps, received):
    total = sum(step.amount for step in steps)
    told = rules.standings(steps, received, AGREED)

    missing = sum(each.missing for each in told)

    assert missing == min(total, max(Decimal(0), total - received))
    assert told[-1].due_total == total


@given(STEPS, RECEIVED)
def test_progress_is_whole_only_when_nothing_is_missing(steps, received):
    percent = rules.progress(steps, received)
    missing = sum(e.missing for e in rules.standings(steps, received, AGREED))

    assert 0 <= percent <= 100
    assert (percent == 100) == (missing == 0)


def test_no_step_no_progress():
    assert rules.progress([], Decimal(5)) == 0
