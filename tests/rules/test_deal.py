from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from rules_strategies import CENT, amounts

from actif_rules.deal import Terms, check_terms, parts
from actif_rules.errors import RuleError
from actif_rules.limits import Account, check_spend
from actif_rules.share import AllowedShares

TODAY = date(2026, 11, 24)
TERMS = Terms("Vingt plateaux", Decimal(360), Decimal(50), TODAY)
HAND = Terms("Une heure", Decimal(0), Decimal(0), TODAY, is_helping_hand=True)
ACCOUNT = Account("Durand", Decimal(100), Decimal(400), None)


def refused(terms):
    with pytest.raises(RuleError) as refusal:
        check_terms(terms, AllowedShares(), TODAY)
    return refusal.value.code


def test_terms_that_both_may_accept():
    check_terms(TERMS, AllowedShares(), TODAY)
    check_terms(HAND, AllowedShares(), TODAY)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"subject": " "}, "terms_missing"),
        ({"subject": "x" * 301}, "terms_too_long"),
        ({"due_date": None}, "terms_missing"),
        ({"due_date": date(2026, 11, 23)}, "terms_past"),
        ({"total": Decimal(0)}, "amount_not_positive"),
        ({"share": Decimal(37)}, "share_not_allowed"),
        ({"share": Decimal(101)}, "share_out_of_range"),
    ],
)
def test_terms_that_are_none(change, code):
    assert refused(replace(TERMS, **change)) == code


@given(amounts("0.02", "99999"))
def test_the_two_parts_are_the_whole(total):
    split = parts(replace(TERMS, total=total))
    assert split.actif + split.cash == total
    assert abs(split.actif - split.cash) <= CENT


def test_a_helping_hand_has_no_parts():
    assert parts(HAND) is None


def test_what_is_set_aside_is_not_spent_twice():
    aside = ACCOUNT.reserving(Decimal(450))
    assert aside.room == 50
    check_spend(aside, Decimal(50))
    with pytest.raises(RuleError) as refusal:
        check_spend(aside, Decimal("50.01"))
    assert refusal.value.code == "credit_limit_exceeded"
    check_spend(aside.released(Decimal(450)), Decimal(500))


@given(amounts("0.01", "400"), amounts("0.01", "400"))
def test_set_aside_and_given_back_changes_nothing(first, second):
    both = ACCOUNT.reserving(first).reserving(second)
    assert both.released(second).released(first).room == ACCOUNT.room
