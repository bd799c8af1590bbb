from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actif_rules.errors import RuleError
from actif_rules.parties import (
    STATES,
    Party,
    check_buyer,
    check_different,
    check_seller,
)

#                sells, buys
TABLE = {
    "candidate": (False, False),
    "active": (True, True),
    "on_hold": (True, False),
    "stand_by": (False, True),
    "leaving": (False, False),
    "left": (False, False),
}


def allowed(check, party):
    try:
        check(party)
    except RuleError:
        return False
    return True


def test_the_table_knows_every_state():
    assert set(TABLE) == set(STATES)


@pytest.mark.parametrize("state", STATES)
def test_who_may_sell_and_who_may_buy(state):
    party = Party("Durand", state, "732829320")

    assert (allowed(check_seller, party), allowed(check_buyer, party)) == TABLE[state]


@pytest.mark.parametrize(
    ("balance", "expected"),
    [("0.01", (False, True)), ("0", (False, False)), ("-0.01", (True, False))],
)
def test_a_leaving_member_trades_towards_zero(balance, expected):
    party = Party("Durand", "leaving", None, Decimal(balance))

    assert (allowed(check_seller, party), allowed(check_buyer, party)) == expected


def test_a_leaving_member_concludes_his_deals():
    party = Party("Durand", "leaving", None)
    gone = Party("Durand", "left", None)

    check_seller(party, concludes=True)
    check_buyer(party, concludes=True)
    with pytest.raises(RuleError):
        check_seller(gone, concludes=True)


@given(st.text())
def test_an_unknown_state_may_do_nothing(state):
    party = Party("Durand", state, None)

    if state not in STATES:
        assert not allowed(check_seller, party)
        assert not allowed(check_buyer, party)


def test_a_refusal_names_the_member_and_his_state():
    with pytest.raises(RuleError) as refusal:
        check_seller(Party("Durand", "stand_by", None))
    assert refusal.value.code == "seller_may_not_sell"
    assert refusal.value.facts == {"member": "Durand", "state": "stand_by"}
    with pytest.raises(RuleError) as refusal:
        check_buyer(Party("Martin", "on_hold", None))
    assert refusal.value.code == "buyer_may_not_buy"
    assert refusal.value.facts == {"member": "Martin", "state": "on_hold"}


@given(st.integers(), st.integers())
def test_nobody_deals_with_himself(seller, buyer):
    if seller != buyer:
        check_different(seller, buyer, "Durand")
        return
    with pytest.raises(RuleError) as refusal:
        check_different(seller, buyer, "Durand")
    assert refusal.value.code == "same_party"
    assert refusal.value.facts == {"member": "Durand"}
