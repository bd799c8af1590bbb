from datetime import date, timedelta
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
    check_solvent,
    counts_on,
    may_buy,
    may_sell,
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


# -- an opening judgment

JUDGED = date(2026, 12, 2)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def code_of(check, *args):
    try:
        check(*args)
    except RuleError as error:
        return error.code
    return None


def judged(state="active", balance="0", on=JUDGED):
    return Party("A", state, None, Decimal(balance), on)


def test_the_eve_does_not_count_and_the_day_itself_does():
    assert not counts_on(JUDGED, JUDGED - timedelta(days=1))
    assert counts_on(JUDGED, JUDGED)


@given(DAYS, DAYS)
def test_a_judgment_counts_from_its_day_on(judged_on, day):
    assert counts_on(judged_on, day) == (day >= judged_on)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("balance", ["-50", "0", "50"])
@pytest.mark.parametrize("concludes", [False, True])
def test_who_is_under_a_judgment_neither_sells_nor_buys(state, balance, concludes):
    party = judged(state, balance)

    assert not may_sell(party, concludes)
    assert not may_buy(party, concludes)
    assert code_of(check_seller, party, concludes) == "insolvent"
    assert code_of(check_buyer, party, concludes) == "insolvent"


@given(DAYS)
def test_what_stood_before_the_judgment_is_not_taken_back(day):
    found = code_of(check_solvent, judged(), day)

    assert found == (None if day >= JUDGED else "insolvent")


def test_without_a_judgment_anything_is_taken_back():
    check_solvent(judged(on=None))
    check_solvent(judged(on=None), JUDGED)


def test_the_refusal_names_the_day():
    with pytest.raises(RuleError) as caught:
        check_solvent(judged())

    assert caught.value.facts == {"member": "A", "date": JUDGED}
