from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actif_rules.errors import RuleError
from actif_rules.money import CENT, to_decimal


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        (1.005, "1.01"),  # the binary number is below it
        (2.675, "2.68"),
        (-1.005, "-1.01"),
        (0.1 + 0.2, "0.30"),
        (1200, "1200.00"),
        ("600,00".replace(",", "."), "600.00"),
        (Decimal("0.005"), "0.01"),
        (-0.001, "0.00"),
        (1e-300, "0.00"),
    ],
)
def test_rounds_half_up_what_a_person_typed(value, cents):
    assert str(to_decimal(value)) == cents


@given(st.floats(-1e13, 1e13))
def test_a_float_becomes_the_nearest_cent(value):
    amount = to_decimal(value)

    assert amount == amount.quantize(CENT)
    # The text of a float is at most half a unit of its last place away from it.
    distance = abs(Fraction(amount) - Fraction(repr(value)))
    assert distance <= Fraction(1, 200)
    assert to_decimal(-value) == -amount


@given(st.integers(-(10**15), 10**15))
def test_an_amount_of_cents_survives_a_float(cents):
    amount = Decimal(cents) / 100

    assert to_decimal(float(amount)) == amount == to_decimal(str(amount))


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), "NaN", "-Infinity", "12,50", "", "x", None]
)
def test_refuses_what_is_no_amount(value):
    with pytest.raises(RuleError) as refusal:
        to_decimal(value)
    assert refusal.value.code == "amount_invalid"


@pytest.mark.parametrize("value", [True, [1], Decimal("1e40")])
def test_refuses_values_of_another_kind(value):
    with pytest.raises(RuleError, match="amount_invalid"):
        to_decimal(value)
