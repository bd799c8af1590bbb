"""What the dashboard says of sums: bands, velocity, parts, months."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from rules_strategies import amounts

from actif_rules import figures


def test_the_band_is_two_and_a_half_to_three_months():
    told = {
        months: figures.credit(Decimal(months) * 1000, Decimal(1000)).band
        for months in ("2.49", "2.5", "3", "3.01")
    }
    assert told == {"2.49": "below", "2.5": "within", "3": "within", "3.01": "above"}


def test_nothing_is_told_without_trade():
    assert figures.credit(Decimal(500), Decimal(0)) == figures.Credit(None, None)
    assert figures.velocity(Decimal(500), Decimal(0)) is None
    assert figures.part(Decimal(0), Decimal(0)) == 0


@given(st.lists(amounts(), min_size=1, max_size=8))
def test_parts_of_a_whole(values):
    whole = sum(values)
    parts = [figures.part(value, whole) for value in values]
    assert all(0 <= part <= 100 for part in parts)
    if whole:
        assert abs(sum(parts) - 100) <= Decimal("0.005") * len(parts)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 1000))
def test_months_are_first_days_without_a_gap(first, length):
    last = date.fromordinal(first.toordinal() + length)
    months = figures.months(first, last)
    assert months[0] == first.replace(day=1)
    assert months[-1] == last.replace(day=1)
    assert all(day.day == 1 for day in months)
    numbers = [day.year * 12 + day.month for day in months]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_a_month_of_a_young_network_is_not_a_twelfth():
    assert figures.per_month(Decimal(1200), 3) == 400
    assert figures.per_month(Decimal(0), 0) == 0
