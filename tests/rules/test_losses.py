from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actif_rules import losses
from actif_rules.errors import RuleError

CENT = Decimal("0.01")
AMOUNTS = st.decimals("0.01", "99999.99", places=2)
WEIGHTS = st.dictionaries(
    st.integers(1, 500), st.decimals("-500", "9999.99", places=2), min_size=1
)


def code(check, *args):
    with pytest.raises(RuleError) as caught:
        check(*args)
    return caught.value.code


@given(AMOUNTS, WEIGHTS)
def test_shares_add_up_to_the_cent_and_follow_the_weights(amount, weights):
    total = sum(w for w in weights.values() if w > 0)
    if not total:
        assert code(losses.shares, amount, weights) == "loss_nobody"
        return

    parts = losses.shares(amount, weights)

    assert sum(parts.values()) == amount
    for who, part in parts.items():
        assert weights[who] > 0
        assert part > 0
        assert abs(part - amount * weights[who] / total) < CENT
    # who counts for more never bears less
    ranked = sorted(parts, key=lambda who: weights[who])
    for lighter, heavier in zip(ranked, ranked[1:], strict=False):
        if weights[lighter] < weights[heavier]:
            assert parts[lighter] <= parts[heavier]


@given(AMOUNTS, WEIGHTS)
def test_nobody_bears_more_than_the_balance_that_is_weighed(amount, weights):
    """By balances: all of them together are at least the debt that is lost."""
    total = sum(w for w in weights.values() if w > 0)
    if total < amount:
        return
    for who, part in losses.shares(amount, weights).items():
        assert part < weights[who] + CENT


@given(AMOUNTS, st.integers(1, 300))
def test_equal_shares_differ_by_one_cent_at_most(amount, count):
    parts = losses.shares(amount, dict.fromkeys(range(count), Decimal(1)))

    assert sum(parts.values()) == amount
    if amount >= count * CENT:
        assert len(parts) == count
        assert max(parts.values()) - min(parts.values()) <= CENT


@pytest.mark.parametrize(
    ("rule", "expected"), [("balances", 70), ("turnover", 900), ("equal", 1)]
)
def test_what_a_member_counts_for(rule, expected):
    assert losses.weight(rule, balance=Decimal(70), sold=Decimal(900)) == expected


@pytest.mark.parametrize("rule", ["balances", "turnover"])
def test_who_owes_or_took_back_more_than_he_sold_counts_for_nothing(rule):
    assert losses.weight(rule, balance=Decimal(-70), sold=Decimal(-9)) == 0


@pytest.mark.parametrize("amount", ["0.01", "40", "100"])
def test_a_part_of_the_debt_or_all_of_it_is_lost(amount):
    losses.check_amount(Decimal(amount), Decimal(-100))


@pytest.mark.parametrize(
    ("amount", "balance", "expected"),
    [
        ("100.01", "-100", "loss_beyond_debt"),
        ("0", "-100", "amount_not_positive"),
        ("-1", "-100", "amount_not_positive"),
        ("NaN", "-100", "amount_not_positive"),
        ("1", "0", "loss_not_owing"),
        ("1", "50", "loss_not_owing"),
    ],
)
def test_what_is_no_loss(amount, balance, expected):
    found = code(losses.check_amount, Decimal(amount), Decimal(balance))

    assert found == expected
