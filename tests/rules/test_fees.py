from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_strategies import amounts

from actif_rules.errors import RuleError
from actif_rules.fees import (
    NOTHING,
    PAYERS,
    Membership,
    Terms,
    Trade,
    check_membership,
    check_terms,
    commission,
    correction,
    membership_years,
    still_due,
)

# the example of ACCOUNTING.md: 1,200 incl. VAT, half of it in Actifs
SALE = Trade(Decimal(1200), Decimal(1000), Decimal(600))
FIVE = Terms(Decimal(5))
rates = st.decimals(0, 100, places=2)
terms = st.builds(
    Terms,
    rates,
    st.sampled_from(("total", "untaxed", "actif")),
    st.sampled_from(sorted(PAYERS)),
    amounts("0", "5000"),
    amounts("0", "50"),
)
days = st.dates(date(2016, 1, 1), date(2030, 12, 31))


def test_five_percent_of_the_whole_invoice():
    charge = commission(FIVE, SALE, "seller", NOTHING)

    assert (charge.base, charge.amount) == (1200, 60)
    assert charge.amount * Decimal("1.2") == 72


@pytest.mark.parametrize(
    ("base", "amount"), [("total", 60), ("untaxed", 50), ("actif", 30)]
)
def test_bases(base, amount):
    chosen = Terms(Decimal(5), base)
    assert commission(chosen, SALE, "seller", NOTHING).amount == amount


@pytest.mark.parametrize(
    ("payer", "of_seller", "of_buyer"),
    [("seller", 60, 0), ("buyer", 0, 60), ("half", 30, 30), ("each", 60, 60)],
)
def test_payers(payer, of_seller, of_buyer):
    chosen = Terms(Decimal(5), payer=payer)
    found = [commission(chosen, SALE, side, NOTHING) for side in ("seller", "buyer")]
    assert [c.amount if c else 0 for c in found] == [of_seller, of_buyer]


def test_half_a_cent_is_rounded_up():
    small = Trade(Decimal("0.10"), Decimal("0.10"), Decimal("0.10"))
    assert commission(FIVE, small, "seller", NOTHING).amount == Decimal("0.01")


def test_the_allowance_frees_the_first_of_a_year():
    partly = commission(FIVE, SALE, "seller", Decimal(200))
    assert (partly.allowance, partly.amount) == (200, 50)
    wholly = commission(FIVE, SALE, "seller", Decimal(5000))
    assert (wholly.allowance, wholly.amount) == (1200, 0)


def test_the_minimum_is_for_what_is_not_free():
    least = Terms(Decimal(5), minimum=Decimal(70))
    assert commission(least, SALE, "seller", NOTHING).amount == 70
    assert commission(least, SALE, "seller", Decimal(1200)).amount == 0


@given(terms, amounts(), amounts("0", "9000"))
def test_a_commission_lies_between_its_minimum_and_its_rate(chosen, total, left):
    trade = Trade(total, total, total)
    for side in ("seller", "buyer"):
        charge = commission(chosen, trade, side, left)
        if charge is None:
            continue
        assert 0 <= charge.allowance <= min(total, left)
        assert charge.amount >= 0
        assert (charge.amount == 0) or charge.amount >= chosen.minimum
        exact = (charge.base - charge.allowance) * charge.rate / 100
        low = max(exact, chosen.minimum if charge.allowance < charge.base else 0)
        assert abs(charge.amount - low) <= Decimal("0.005")


@given(rates, st.lists(amounts("0.01", "5000"), max_size=8), amounts("0", "9000"))
def test_a_year_of_trades_uses_its_allowance_once(rate, totals, allowance):
    left, free = allowance, NOTHING
    for total in totals:
        charge = commission(
            Terms(rate, allowance=allowance), Trade(total, total, total), "seller", left
        )
        if charge:
            left, free = left - charge.allowance, free + charge.allowance
    if rate:
        assert free == min(allowance, sum(totals, NOTHING))


@given(amounts("0", "9000"), amounts("0.03", "9000"), st.lists(st.integers(1, 9)))
def test_parts_taken_back_sum_to_the_whole(first, whole, parts):
    """However it is cut, what was charged and credited ends at exactly nothing."""
    charged, taken = first, NOTHING
    for part in (*parts, None):
        taken = whole if part is None else min(whole, taken + whole * part / 20)
        step = correction(still_due(first, whole, taken), charged, charged)
        assert step <= 0
        charged += step
    assert charged == 0


def test_what_was_waived_is_not_credited():
    assert correction(NOTHING, Decimal(60), NOTHING) == 0
    assert correction(NOTHING, Decimal(60), Decimal(20)) == -20
    assert correction(Decimal(60), Decimal(40), Decimal(40)) == 20


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (Terms(Decimal(-1)), "fee_rate"),
        (Terms(Decimal("100.01")), "fee_rate"),
        (Terms(Decimal(5), allowance=Decimal(-1)), "fee_negative"),
        (Terms(Decimal(5), minimum=Decimal(-1)), "fee_negative"),
    ],
)
def test_terms_that_cannot_be(chosen, code):
    with pytest.raises(RuleError) as refusal:
        check_terms(chosen)
    assert refusal.value.code == code


def test_terms_that_can():
    check_terms(FIVE)
    check_terms(Terms(Decimal(0)))
    check_membership(Membership(Decimal(235), Decimal(100)))


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (Membership(Decimal(-1)), "fee_negative"),
        (Membership(Decimal(99), Decimal(100)), "fee_share_above"),
    ],
)
def test_memberships_that_cannot_be(chosen, code):
    with pytest.raises(RuleError) as refusal:
        check_membership(chosen)
    assert refusal.value.code == code


def years(joined, last, first=date(2000, 1, 1), **values):
    chosen = Membership(Decimal(235), Decimal(100), **values)
    found = membership_years(chosen, joined, first, last)
    return [(y.first_day, y.last_day, y.fee, y.share) for y in found]


def test_by_anniversary():
    assert years(date(2026, 11, 25), date(2027, 12, 31)) == [
        (date(2026, 11, 25), date(2027, 11, 24), 135, 100),
        (date(2027, 11, 25), date(2028, 11, 24), 235, 0),
    ]


def test_by_calendar_year():
    assert years(date(2026, 12, 2), date(2027, 1, 1), calendar=True) == [
        (date(2026, 12, 2), date(2026, 12, 31), 135, 100),
        (date(2027, 1, 1), date(2027, 12, 31), 235, 0),
    ]


def test_pro_rata_of_the_first_calendar_year():
    """31 days of 365 of the fee; the share is asked whole."""
    found = years(date(2026, 12, 1), date(2026, 12, 31), calendar=True, pro_rata=True)
    assert [(fee, share) for _f, _l, fee, share in found] == [(Decimal("11.47"), 100)]


def test_before_the_network_asks_for_fees_nothing_is_due():
    start = date(2026, 11, 1)
    joined = date(2021, 5, 4)
    assert years(joined, date(2026, 12, 31), start) == []
    found = years(joined, date(2027, 5, 4), start)
    assert [(fee, share) for _f, _l, fee, share in found] == [(235, 0)]


@given(days, days, st.booleans())
def test_years_follow_each_other_without_a_gap(joined, last, calendar):
    found = years(joined, last, calendar=calendar)
    assert bool(found) == (joined <= last)
    for before, after in zip(found, found[1:], strict=False):
        assert after[0] == before[1] + timedelta(days=1)
    assert sum(share for *_rest, share in found) == (100 if found else 0)
    for first, end, _fee, _share in found:
        assert first <= last
        assert 1 <= (end - first).days + 1 <= 366
