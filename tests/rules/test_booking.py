"""Entries to book: the table of booking.py, and files that nothing breaks."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_strategies import amounts

from actif_rules.booking import (
    FEC_HEADER,
    Accounts,
    Movement,
    booking,
    bookings,
    check_code,
    fec,
)
from actif_rules.errors import RuleError

ROLES = ("customer", "supplier", "expense", "income", "suspense")
NAMES = dict.fromkeys(("actif", *ROLES), "Compte")
NOTHING = Decimal("0.00")


def movement(**values):
    own = {
        "number": "REG/2026/0001",
        "date": date(2026, 11, 22),
        "reference": "FA-12 - COMP/2026/00001",
        "piece_date": date(2026, 11, 20),
        "other": "Imprimerie",
        "other_id": "000100040",
        "network": "Réseau",
        "earned": Decimal("600.00"),
        "spent": NOTHING,
        "against": "customer",
    }
    return Movement(**{**own, **values})


@pytest.mark.parametrize(
    ("against", "earns", "codes"),
    [
        ("customer", True, ("467800", "411000")),
        ("supplier", False, ("401000", "467800")),
        ("customer", False, ("411000", "467800")),
        ("supplier", True, ("467800", "401000")),
        ("suspense", True, ("467800", "471000")),
        ("suspense", False, ("471000", "467800")),
        ("expense", False, ("658000", "467800")),
        ("income", True, ("467800", "758000")),
    ],
)
def test_the_table(against, earns, codes):
    amount = Decimal("600.00")
    own = movement(
        against=against,
        earned=amount if earns else NOTHING,
        spent=NOTHING if earns else amount,
    )

    debit, credit = booking(own, Accounts())

    assert (debit.code, credit.code) == codes
    assert (debit.debit, debit.credit) == (amount, NOTHING)
    assert (credit.debit, credit.credit) == (NOTHING, amount)


def test_the_label_says_what_with_whom_and_where():
    (line, _other) = booking(movement(), Accounts())

    assert line.label == "Actif FA-12 - COMP/2026/00001 Imprimerie (Réseau)"


@given(amounts(), st.booleans(), st.sampled_from(ROLES))
def test_each_entry_balances_and_moves_the_account_like_the_register(amount, up, role):
    own = movement(
        earned=amount if up else NOTHING,
        spent=NOTHING if up else amount,
        against=role,
    )

    lines = booking(own, Accounts())

    assert sum(line.debit - line.credit for line in lines) == 0
    moved = sum(line.debit - line.credit for line in lines if line.role == "actif")
    assert moved == own.earned - own.spent


@given(st.text(), st.text(), st.text())
def test_no_text_breaks_a_fec_or_runs(reference, other, number):
    own = movement(reference=reference, other=other, number=number)

    text = fec(bookings([own], Accounts()), NAMES)

    lines = text.split("\r\n")
    assert len(lines) == 4 and lines[-1] == ""
    for line in lines[:-1]:
        fields = line.split("|")
        assert len(fields) == len(FEC_HEADER) == 18
        assert not any(field.startswith(("=", "+", "-", "@")) for field in fields)


def test_amounts_and_days_of_a_fec():
    text = fec(bookings([movement()], Accounts()), NAMES)

    row = dict(zip(FEC_HEADER, text.split("\r\n")[1].split("|"), strict=True))

    assert (row["EcritureDate"], row["PieceDate"]) == ("20261122", "20261120")
    assert (row["Debit"], row["Credit"]) == ("600,00", "0,00")


@pytest.mark.parametrize("code", ["", "46", "512000", "467|0", "=1+1", "4" * 13])
def test_codes_that_are_no_account(code):
    with pytest.raises(RuleError) as caught:
        check_code(code)

    assert caught.value.code == "account_code_invalid"
