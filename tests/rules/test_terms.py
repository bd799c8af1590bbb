"""On what terms an invoice is paid in Actifs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actif_rules.errors import RuleError
from actif_rules.mention import DEFAULT_MENTION, read_claims
from actif_rules.share import AllowedShares
from actif_rules.terms import ShareTerms

OF_ALL = ShareTerms(DEFAULT_MENTION)
WITHOUT_VAT = ShareTerms(DEFAULT_MENTION, base="untaxed")
cents = st.decimals("0.01", "99999.99", places=2)
percents = st.decimals("1", "100", places=2)


def test_of_the_whole():
    split = OF_ALL.split(Decimal(1200), Decimal(50), Decimal(1000))
    assert (split.actif, split.cash) == (600, 600)


def test_of_the_amount_without_vat():
    split = WITHOUT_VAT.split(Decimal(1200), Decimal(100), Decimal(1000))
    assert (split.actif, split.cash) == (1000, 200)


def test_half_and_all_unless_they_say_otherwise():
    assert [p for p in (30, 50, 100) if OF_ALL.accept(Decimal(p))] == [50, 100]
    free = ShareTerms(DEFAULT_MENTION, AllowedShares(free=True))
    assert free.accept(Decimal(30))


@given(percents)
def test_the_words_are_read_as_the_share_and_its_base(percent):
    for terms in OF_ALL, WITHOUT_VAT:
        (claim,) = read_claims(terms.words(percent))
        assert claim.share == percent
        assert claim.untaxed == (terms.base == "untaxed")


@given(cents, cents, percents)
def test_both_parts_add_up(untaxed, tax, percent):
    total = untaxed + tax
    for terms in OF_ALL, WITHOUT_VAT:
        try:
            split = terms.split(total, percent, untaxed)
        except RuleError as error:
            assert error.code == "actif_part_zero"
        else:
            assert split.actif + split.cash == total


def test_words_without_a_place_for_the_share():
    with pytest.raises(RuleError) as caught:
        ShareTerms("En Actif").words(Decimal(50))
    assert caught.value.code == "mention_without_share"
