from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_strategies import CENT, amounts

from actif_rules.facturx.judge import judge
from actif_rules.facturx.parsed import Sums
from actif_rules.facturx.reader import read_xml

TODAY = date(2026, 2, 20)


@pytest.fixture(scope="module")
def fine(sample):
    """An invoice of 15 February 2026, due on 15 March."""
    return read_xml(sample)


def codes(parsed, today=TODAY):
    return [error.code for error in judge(parsed, today=today)]


def test_nothing_stands_against_a_good_invoice(fine):
    assert judge(fine, today=TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "code", "facts"),
    [
        ({"type_code": "386"}, "type_unsupported", {"type_code": "386"}),
        ({"currency": "CHF"}, "not_euro", {"currency": "CHF"}),
        ({"actif_claim": None}, "no_claim", {}),
        (
            {"issue_date": date(2026, 2, 22)},
            "date_implausible",
            {"date": date(2026, 2, 22)},
        ),
        (
            {"issue_date": date(2020, 12, 31), "due_date": None},
            "date_implausible",
            {"date": date(2020, 12, 31)},
        ),
        (
            {"due_date": date(2026, 2, 14)},
            "date_implausible",
            {"date": date(2026, 2, 14)},
        ),
        (
            {"due_date": date(2062, 3, 15)},
            "date_implausible",
            {"date": date(2062, 3, 15)},
        ),
    ],
)
def test_each_fault_has_its_code_and_names_the_invoice(fine, changes, code, facts):
    (error,) = judge(replace(fine, **changes), today=TODAY)

    assert error.code == code
    assert error.facts == {"number": "FA-2026-001", **facts}


def test_dates_at_the_edge_pass(fine):
    tomorrow = TODAY + timedelta(days=1)
    assert codes(replace(fine, issue_date=tomorrow, due_date=tomorrow)) == []
    assert codes(replace(fine, due_date=None)) == []


def test_an_invoice_already_paid_may_give_the_day_of_payment(fine):
    paid = replace(fine, prepaid=fine.total, due=Decimal(0), due_date=date(2026, 2, 1))
    assert codes(paid) == []


def test_a_party_does_not_invoice_itself(fine):
    same_siren = replace(fine.buyer, siren=fine.seller.siren)
    same_vat = replace(fine.buyer, vat=fine.seller.vat, siren=None)
    for buyer in (same_siren, same_vat):
        (error,) = judge(replace(fine, buyer=buyer), today=TODAY)
        assert error.code == "same_party"
        assert error.facts["member"] == "Boulangerie Durand"


def test_parties_without_numbers_are_not_the_same(fine):
    unknown = {"siren": None, "vat": None}
    seller, buyer = replace(fine.seller, **unknown), replace(fine.buyer, **unknown)
    assert codes(replace(fine, seller=seller, buyer=buyer)) == []


def test_a_doubtful_claim_is_told_with_its_words(fine):
    claim = replace(fine.actif_claim, agree=False)
    (error,) = judge(replace(fine, actif_claim=claim), today=TODAY)

    assert error.code == "ambiguous_claim"
    assert error.facts["places"] == ("BT-20", "BT-82")
    assert error.facts["wordings"] == ("Paiement par compensation en 50% Actif",)


def test_a_credit_note_needs_its_invoice_and_no_claim(fine):
    note = replace(fine, type_code="381", actif_claim=None)

    assert codes(note) == ["no_preceding"]
    assert codes(replace(note, preceding=("FA-1",))) == []


def test_every_fault_is_told_at_once(fine):
    bad = replace(fine, currency="USD", type_code="384", due=Decimal(1))
    assert codes(bad) == ["type_unsupported", "not_euro", "inconsistent"]


# --- arithmetic --------------------------------------------------------------------


@st.composite
def consistent(draw):
    """Figures that fulfil BR-CO-13 to 16, built the way an invoice is."""
    lines, allowances, charges = (draw(amounts("0.00", "99999")) for _ in range(3))
    lines += allowances
    taxes = tuple(draw(st.lists(amounts("0.00", "9999"), min_size=1, max_size=3)))
    rounding = draw(amounts("-0.99", "0.99"))
    untaxed = lines - allowances + charges + 1
    total = untaxed + sum(taxes)
    prepaid = draw(amounts("0.00", str(total)))
    return {
        "sums": Sums(lines + 1, allowances, charges, rounding, taxes),
        "total_untaxed": untaxed,
        "total_tax": sum(taxes),
        "total": total,
        "prepaid": prepaid,
        "due": total - prepaid + rounding,
    }


@given(consistent())
def test_figures_that_add_up_pass(fine, figures):
    assert codes(replace(fine, **figures, due_date=None)) == []


@given(
    consistent(),
    st.sampled_from(["total_untaxed", "total_tax", "total", "prepaid", "due"]),
    st.sampled_from([CENT, -CENT]),
)
def test_one_cent_anywhere_is_found(fine, figures, name, cent):
    wrong = {**figures, name: figures[name] + cent}
    faults = judge(replace(fine, **wrong, due_date=None), today=TODAY)

    assert {"inconsistent"} <= {fault.code for fault in faults}
    for fault in faults:
        assert abs(fault.facts["expected"] - fault.facts["found"]) == CENT


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"total_untaxed": Decimal(999)}, ["BR-CO-13", "BR-CO-15"]),
        ({"total_tax": Decimal(199)}, ["BR-CO-14", "BR-CO-15"]),
        ({"total": Decimal(1201)}, ["BR-CO-15", "BR-CO-16"]),
        ({"due": Decimal(1201)}, ["BR-CO-16"]),
        ({"prepaid": Decimal(1)}, ["BR-CO-16"]),
    ],
)
def test_names_the_rule_that_is_broken(fine, changes, rules):
    faults = judge(replace(fine, **changes), today=TODAY)
    assert [fault.facts["rule"] for fault in faults] == rules


def test_minimum_cannot_state_what_was_paid(fine):
    minimum = replace(
        fine,
        profile="MINIMUM",
        due=Decimal(700),
        sums=Sums(None, Decimal(0), Decimal(0), Decimal(0), ()),
    )
    assert codes(minimum) == []


@pytest.mark.parametrize("factor", [0, -1])
def test_nothing_to_compensate(fine, factor):
    names = ("total_untaxed", "total_tax", "total", "due")
    figures = {name: getattr(fine, name) * factor for name in names}
    sums = replace(
        fine.sums, lines=fine.sums.lines * factor, taxes=(figures["total_tax"],)
    )
    assert codes(replace(fine, **figures, sums=sums)) == ["amount_not_positive"]
