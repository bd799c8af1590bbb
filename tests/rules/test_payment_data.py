"""Payments by VAT rate: to the cent, whatever the rates."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from actif_rules.payment_data import Collected, VatGroup, collected, share_out

CENTS = st.integers(1, 10**9).map(lambda cents: Decimal(cents) / 100)
WEIGHTS = st.lists(CENTS, min_size=1, max_size=6)


@given(CENTS, WEIGHTS)
def test_the_parts_add_up_and_none_is_off_by_a_cent(amount, weights):
    parts = share_out(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / sum(weights)) < Decimal("0.01")


def test_half_of_two_rates():
    groups = [
        VatGroup(Decimal(20), "S", Decimal("100.05"), Decimal("20.01")),
        VatGroup(Decimal("5.5"), "S", Decimal("7.77"), Decimal("0.43")),
    ]
    assert collected(Decimal("64.13"), groups) == (
        Collected(Decimal(20), "S", Decimal("60.03"), Decimal("10.01")),
        Collected(Decimal("5.5"), "S", Decimal("4.10"), Decimal("0.22")),
    )


def test_a_rate_too_small_for_a_cent_is_left_out():
    groups = [
        VatGroup(Decimal(20), "S", Decimal(1000), Decimal(200)),
        VatGroup(Decimal(0), "E", Decimal("0.01"), Decimal(0)),
    ]
    (only,) = collected(Decimal("0.03"), groups)
    assert (only.rate, only.amount) == (Decimal(20), Decimal("0.03"))


def test_without_any_rate_the_amount_stays_whole():
    assert collected(Decimal(50), []) == (
        Collected(None, "", Decimal(50), Decimal("0.00")),
    )


def test_an_exempt_invoice_has_no_tax_in_it():
    groups = [VatGroup(Decimal(0), "E", Decimal(80), Decimal(0))]
    (only,) = collected(Decimal(40), groups)
    assert (only.amount, only.tax) == (Decimal(40), Decimal(0))
