"""Reads like the table of ACCOUNTING.md; amounts of its 50 % column."""

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_strategies import amounts

from actif_rules.entries import reversal_lines, validation_lines
from actif_rules.errors import RuleError

hosting = st.fixed_dictionaries(
    {"seller_hosted": st.booleans(), "buyer_hosted": st.booleans()}
)


def table(lines):
    return [(line.book, line.role, str(line.debit), str(line.credit)) for line in lines]


def test_a_validation_in_all_three_books():
    lines = validation_lines(Decimal(600), seller_hosted=True, buyer_hosted=True)

    assert table(lines) == [
        ("seller", "actif", "600.00", "0.00"),
        ("seller", "receivable", "0.00", "600.00"),
        ("buyer", "payable", "600.00", "0.00"),
        ("buyer", "actif", "0.00", "600.00"),
        ("register", "register_seller", "600.00", "0.00"),
        ("register", "register_buyer", "0.00", "600.00"),
    ]


def test_members_with_books_elsewhere_have_their_register_line_only():
    lines = validation_lines(Decimal(600), seller_hosted=False, buyer_hosted=False)

    assert {line.book for line in lines} == {"register"}


def test_a_reversal_exchanges_the_sides():
    lines = reversal_lines(Decimal(600), seller_hosted=False, buyer_hosted=True)

    assert table(lines) == [
        ("buyer", "payable", "0.00", "600.00"),
        ("buyer", "actif", "600.00", "0.00"),
        ("register", "register_seller", "0.00", "600.00"),
        ("register", "register_buyer", "600.00", "0.00"),
    ]


@given(amounts(), hosting)
def test_every_book_balances(amount, hosted):
    sums = defaultdict(Decimal)
    for line in validation_lines(amount, **hosted):
        sums[line.book] += line.debit - line.credit
        assert {line.debit, line.credit} == {Decimal(0), amount}
    assert set(sums.values()) == {Decimal(0)}


@given(amounts(), hosting)
def test_a_members_account_agrees_with_the_register(amount, hosted):
    lines = validation_lines(amount, **hosted)
    register = {line.role: line for line in lines if line.book == "register"}
    for line in lines:
        if line.role == "actif":
            twin = register[f"register_{line.book}"]
            assert (line.debit, line.credit) == (twin.debit, twin.credit)


@given(amounts(), hosting)
def test_earning_is_positive_and_a_reversal_leaves_nothing(amount, hosted):
    balance = defaultdict(Decimal)
    for line in validation_lines(amount, **hosted):
        balance[line.book, line.role] += line.debit - line.credit
    assert balance["register", "register_seller"] == amount
    assert balance["register", "register_buyer"] == -amount
    for line in reversal_lines(amount, **hosted):
        balance[line.book, line.role] += line.debit - line.credit
    assert set(balance.values()) == {Decimal(0)}


@given(amounts(), hosting)
def test_the_register_comes_last(amount, hosted):
    books = [line.book for line in validation_lines(amount, **hosted)]
    assert books[-2:] == ["register", "register"]


@pytest.mark.parametrize("amount", ["0", "-600", "0.004"])
@pytest.mark.parametrize("lines", [validation_lines, reversal_lines])
def test_refuses_an_amount_that_is_not_above_zero(lines, amount):
    with pytest.raises(RuleError, match="amount_not_positive"):
        lines(Decimal(amount), seller_hosted=True, buyer_hosted=True)
