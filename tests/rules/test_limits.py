from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_strategies import CENT, amounts

from actif_rules.errors import RuleError
from actif_rules.limits import (
    Account,
    check_earn,
    check_spend,
    overrides_needed,
    spendable,
    utilisation,
)
from actif_rules.parties import STATES

DURAND = Account("Durand", Decimal(150), Decimal(2000), Decimal(5000))

accounts = st.builds(
    Account,
    st.just("Durand"),
    amounts("-9000", "9000"),
    amounts("0", "5000"),
    st.none() | amounts("0", "5000"),
    amounts("0", "3000"),
    amounts("0", "3000"),
)


def passes(check, account, amount):
    try:
        check(account, amount)
    except RuleError as error:
        assert error.code in ("credit_limit_exceeded", "balance_limit_exceeded")
        return False
    return True


def test_room_is_balance_and_credit():
    assert DURAND.room == 2150
    assert DURAND.headroom == 4850
    assert replace(DURAND, balance_limit=None).headroom is None


@pytest.mark.parametrize(
    ("state", "most"),
    [("active", 2050), ("stand_by", 2050), ("leaving", 50)]
    + [(state, 0) for state in ("candidate", "on_hold", "left")],
)
def test_what_may_be_spent_depends_on_the_state(state, most):
    """Of 150 and a credit of 2,000, 100 are set aside for a deal."""
    assert spendable(DURAND.reserving(Decimal(100)), state) == most


@given(accounts, amounts("0", "3000"), st.sampled_from(STATES))
def test_no_state_lets_more_be_spent_than_the_limits(account, reserved, state):
    held = account.reserving(reserved)
    most = spendable(held, state)
    assert 0 <= most <= held.room <= account.room
    if most:
        check_spend(held, most)


def test_the_last_cent_may_be_spent_and_no_more():
    check_spend(DURAND, Decimal(2150))
    with pytest.raises(RuleError) as refusal:
        check_spend(DURAND, Decimal("2150.01"))
    assert refusal.value.code == "credit_limit_exceeded"
    assert refusal.value.facts == {
        "member": "Durand",
        "balance": Decimal(150),
        "credit_limit": Decimal(2000),
        "amount": Decimal("2150.01"),
        "room": Decimal(2150),
        "missing": CENT,
    }


def test_the_last_cent_may_be_earned_and_no_more():
    check_earn(DURAND, Decimal(4850))
    with pytest.raises(RuleError) as refusal:
        check_earn(DURAND, Decimal(4900))
    assert refusal.value.code == "balance_limit_exceeded"
    assert refusal.value.facts == {
        "member": "Durand",
        "balance": Decimal(150),
        "balance_limit": Decimal(5000),
        "amount": Decimal(4900),
        "headroom": Decimal(4850),
        "excess": Decimal(50),
    }


def test_without_a_cap_anything_may_be_earned():
    check_earn(replace(DURAND, balance_limit=None), Decimal(10**9))


def test_past_the_limit_the_whole_way_back_is_missing():
    overdrawn = replace(DURAND, balance=Decimal(-2010))

    with pytest.raises(RuleError) as refusal:
        check_spend(overdrawn, Decimal(50))
    assert (refusal.value.facts["room"], refusal.value.facts["missing"]) == (0, 60)


@given(accounts, amounts("0.01", "20000"))
def test_spending_stays_within_credit_and_override(account, amount):
    after = account.balance - amount
    allowed = after >= -account.credit_limit - account.credit_override

    assert passes(check_spend, account, amount) == allowed
    assert account.room >= 0
    if allowed:
        assert amount <= account.room


@given(accounts, amounts("0.01", "20000"))
def test_earning_stays_within_cap_and_override(account, amount):
    after = account.balance + amount
    capped = account.balance_limit is not None
    allowed = not capped or after <= account.balance_limit + account.balance_override

    assert passes(check_earn, account, amount) == allowed


@given(accounts, amounts("0.01", "20000"))
def test_what_is_missing_is_exactly_what_must_be_granted(account, amount):
    try:
        check_spend(account, amount)
    except RuleError as error:
        granted = account.credit_override + error.facts["missing"]
        check_spend(replace(account, credit_override=granted), amount)
        short = replace(account, credit_override=granted - CENT)
        assert not passes(check_spend, short, amount)


@given(accounts, amounts("0.01", "20000"))
def test_the_overrides_needed_are_the_smallest_that_cover(account, amount):
    after = replace(account, balance=account.balance - amount)
    credit, _ = overrides_needed(after)

    assert passes(check_spend, replace(account, credit_override=credit), amount)
    if credit:
        short = replace(account, credit_override=credit - CENT)
        assert not passes(check_spend, short, amount)


def test_overrides_needed_beyond_each_limit():
    assert overrides_needed(DURAND) == (0, 0)
    assert overrides_needed(replace(DURAND, balance=Decimal(-2500))) == (500, 0)
    assert overrides_needed(replace(DURAND, balance=Decimal(5600))) == (0, 600)
    uncapped = replace(DURAND, balance=Decimal(5600), balance_limit=None)
    assert overrides_needed(uncapped) == (0, 0)


@pytest.mark.parametrize("amount", ["0", "-1", "NaN"])
def test_only_amounts_above_zero_move(amount):
    for check in (check_spend, check_earn):
        with pytest.raises(RuleError, match="amount_not_positive"):
            check(DURAND, Decimal(amount))


@pytest.mark.parametrize(
    ("balance", "credit_limit", "used"),
    [
        ("0", "2000", "0"),
        ("300", "2000", "0"),
        ("-500", "2000", "25.00"),
        ("-2500", "2000", "125.00"),
        ("-1", "3", "33.33"),
        ("-1", "0", "100"),
    ],
)
def test_utilisation_of_the_credit(balance, credit_limit, used):
    account = replace(
        DURAND, balance=Decimal(balance), credit_limit=Decimal(credit_limit)
    )
    assert utilisation(account) == Decimal(used)
