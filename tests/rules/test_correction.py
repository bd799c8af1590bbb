"""Parts taken back, and the first open day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actif_rules.correction import first_open_day, part
from actif_rules.errors import RuleError

CENTS = st.integers(1, 10**7).map(lambda n: Decimal(n) / 100)
TODAY = date(2026, 11, 25)


@given(CENTS, CENTS, CENTS)
def test_a_part_adds_up(amount, total, tax):
    total = max(total, amount)
    tax = min(tax, total)
    made = part(amount, left=total, total=total, tax=tax)
    assert made.untaxed + made.tax == made.amount == amount
    assert abs(made.tax - amount * tax / total) <= Decimal("0.005")


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity"])
def test_nothing_is_no_part(amount):
    with pytest.raises(RuleError) as caught:
        part(Decimal(amount), left=Decimal(5), total=Decimal(9), tax=Decimal(1))
    assert caught.value.code == "part_not_positive"


def test_not_beyond_what_is_left():
    with pytest.raises(RuleError) as caught:
        part(Decimal("5.01"), left=Decimal(5), total=Decimal(9), tax=Decimal(1))
    assert caught.value.code == "part_beyond_left"


@given(st.lists(st.integers(0, 300), max_size=4))
def test_the_first_day_that_none_has_locked(ahead):
    locks = [TODAY + timedelta(days=days) for days in ahead]

    def locked_until(day):
        return max((lock for lock in locks if day <= lock), default=None)

    day = first_open_day(TODAY, locked_until)
    assert all(lock < day for lock in locks)
    assert day == TODAY or day - timedelta(days=1) in locks


def test_locked_for_good():
    with pytest.raises(RuleError) as caught:
        first_open_day(TODAY, lambda day: date.max)
    assert caught.value.code == "no_open_day"
