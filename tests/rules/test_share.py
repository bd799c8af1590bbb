from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rules_strategies import CENT, amounts, shares

from actif_rules.errors import RuleError
from actif_rules.share import AllowedShares, check_share, split

STANDARD = AllowedShares()


def test_half_of_an_invoice():
    made = split(Decimal("1200.00"), Decimal(50))

    assert (made.actif, made.cash) == (Decimal("600.00"), Decimal("600.00"))


def test_the_odd_cent_goes_to_the_actif_part():
    made = split(Decimal("10.01"), Decimal(50))

    assert (made.actif, made.cash) == (Decimal("5.01"), Decimal("5.00"))


def test_vat_stays_in_euros_when_the_share_is_of_the_untaxed_amount():
    made = split(
        Decimal("1200.00"), Decimal(100), base="untaxed", untaxed=Decimal("1000.00")
    )

    assert (made.actif, made.cash) == (Decimal("1000.00"), Decimal("200.00"))


@given(amounts(), shares)
def test_both_parts_always_add_up(total, share):
    try:
        made = split(total, share)
    except RuleError as error:
        assert error.code == "actif_part_zero"
        assert total * share / 100 < CENT / 2
        return
    assert made.actif + made.cash == total
    assert 0 < made.actif <= total
    assert abs(made.actif - total * share / 100) <= CENT / 2
    assert made.actif == made.actif.quantize(CENT)


@given(amounts(), amounts(), shares)
def test_the_cash_part_carries_all_of_the_vat(untaxed, tax, share):
    assume(untaxed * share / 100 >= CENT)
    made = split(untaxed + tax, share, base="untaxed", untaxed=untaxed)

    assert made.actif + made.cash == untaxed + tax
    assert made.cash >= tax


@given(amounts())
def test_a_full_share_is_everything(total):
    assert split(total, Decimal(100)).cash == 0


@given(amounts("1.00"), shares, shares)
def test_a_larger_share_is_never_a_smaller_part(total, one, other):
    low, high = sorted((one, other))
    assume(total * low / 100 >= CENT)

    assert split(total, low).actif <= split(total, high).actif


@pytest.mark.parametrize(
    ("total", "share", "code"),
    [
        ("0.00", "50", "amount_not_positive"),
        ("-5.00", "50", "amount_not_positive"),
        ("0.004", "50", "amount_not_positive"),
        ("0.01", "49.99", "actif_part_zero"),
        ("10.00", "0", "share_out_of_range"),
        ("10.00", "100.01", "share_out_of_range"),
        ("10.00", "33.333", "share_out_of_range"),
        ("10.00", "NaN", "share_out_of_range"),
    ],
)
def test_refuses_what_cannot_be_split(total, share, code):
    with pytest.raises(RuleError) as refusal:
        split(Decimal(total), Decimal(share))
    assert refusal.value.code == code


def test_refuses_an_untaxed_amount_above_the_total():
    with pytest.raises(RuleError, match="untaxed_above_total"):
        split(Decimal(10), Decimal(50), base="untaxed", untaxed=Decimal(11))


@pytest.mark.parametrize("base", ["untaxed", "net", ""])
def test_a_base_without_its_amount_is_a_mistake_of_ours(base):
    with pytest.raises(ValueError, match="base"):
        split(Decimal(10), Decimal(50), base=base)


@pytest.mark.parametrize("share", ["100", "50", "50.00"])
def test_a_standard_network_takes_all_and_half(share):
    check_share(Decimal(share), STANDARD)


def test_a_refused_share_tells_the_allowed_ones():
    with pytest.raises(RuleError) as refusal:
        check_share(Decimal("33.33"), STANDARD)
    assert refusal.value.code == "share_not_allowed"
    assert refusal.value.facts == {
        "share": Decimal("33.33"),
        "allowed": ("100", "50"),
    }


@given(shares, st.booleans(), st.booleans())
def test_a_free_network_takes_every_share(share, full, half):
    check_share(share, AllowedShares(full=full, half=half, free=True))


@pytest.mark.parametrize(
    ("allowed", "texts"),
    [
        (AllowedShares(half=False), ("100",)),
        (AllowedShares(full=False), ("50",)),
        (AllowedShares(full=False, half=False), ()),
        (AllowedShares(free=True), ("0.01-100",)),
    ],
)
def test_names_what_may_be_chosen(allowed, texts):
    assert allowed.texts == texts


@pytest.mark.parametrize("share", ["0", "-50", "100.01", "12.345", "Infinity"])
def test_no_network_takes_an_impossible_share(share):
    with pytest.raises(RuleError, match="share_out_of_range"):
        check_share(Decimal(share), AllowedShares(free=True))
