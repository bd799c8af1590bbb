import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_strategies import sirens, with_luhn

from actif_rules import siren as rules
from actif_rules.errors import RuleError

DURAND = "732829320"
LA_POSTE_HEAD_OFFICE = "35600000000048"
LA_POSTE_BRANCH = "35600000009075"


@given(sirens())
def test_a_number_with_its_check_digit_is_a_siren(number):
    assert rules.is_siren(number)


@given(sirens(), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_found(number, place, shift):
    digit = (int(number[place]) + shift) % 10
    assert not rules.is_siren(f"{number[:place]}{digit}{number[place + 1 :]}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "73282932",
        "7328293200",
        "732 829 320",
        "000000000",
        "73282932O",
        "７３２８２９３２０",
    ],
)
def test_what_is_no_siren(text):
    assert not rules.is_siren(text)


@pytest.mark.parametrize(
    "identifier",
    [
        DURAND,
        "732 829 320",
        "732.829.320",
        "732\u00a0829\u202f320",
        "73282932000074",
        "732 829 320 00074",
    ],
)
def test_the_siren_of_what_people_write(identifier):
    assert rules.siren_of(identifier) == DURAND


@given(sirens(), st.integers(0, 9999))
def test_a_siret_begins_with_its_siren(siren, establishment):
    siret = with_luhn(f"{siren}{establishment:04d}")

    assert rules.siren_of(siret) == siren
    wrong = f"{siret[:-1]}{(int(siret[-1]) + 1) % 10}"
    assert rules.siren_of(wrong) in (None, rules.LA_POSTE)


def test_the_establishments_of_la_poste_follow_another_rule():
    assert rules.siren_of(LA_POSTE_HEAD_OFFICE) == rules.LA_POSTE
    assert rules.siren_of(LA_POSTE_BRANCH) == rules.LA_POSTE
    assert rules.siren_of("35600000009076") is None


@pytest.mark.parametrize("identifier", ["", "HRB 45678", "73282932000075", "732829321"])
def test_no_siren_in_it(identifier):
    assert rules.siren_of(identifier) is None


@given(sirens())
def test_the_vat_number_leads_back_to_the_siren(siren):
    vat = rules.vat_of(siren)

    assert rules.siren_from_vat(vat) == siren
    assert rules.siren_from_vat(f" {vat.lower()[:4]} {vat[4:]} ") == siren


@given(sirens(), st.integers(1, 96))
def test_another_numeric_key_is_refused(siren, shift):
    key = (int(rules.vat_of(siren)[2:4]) + shift) % 97
    assert rules.siren_from_vat(f"FR{key:02d}{siren}") is None


@pytest.mark.parametrize(
    "vat", ["", "FR45732829320", "DE123456789", "FR44732829321", "FRO4732829320"]
)
def test_no_siren_in_a_wrong_vat_number(vat):
    assert rules.siren_from_vat(vat) is None


@given(st.from_regex("[0-9A-HJ-NP-Z]{2}", fullmatch=True), sirens())
def test_keys_with_letters_agree_with_python_stdnum(key, siren):
    tva = pytest.importorskip("stdnum.fr.tva")

    expected = siren if tva.is_valid(f"FR{key}{siren}") else None
    assert rules.siren_from_vat(f"FR{key}{siren}") == expected


def test_some_key_with_letters_is_right():
    alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    keys = [a + b for a in alphabet for b in alphabet if not (a + b).isdigit()]
    assert any(rules.siren_from_vat(f"FR{key}{DURAND}") for key in keys)


def test_no_vat_number_for_what_is_no_siren():
    assert rules.vat_of(DURAND) == "FR44732829320"
    with pytest.raises(RuleError) as refusal:
        rules.vat_of("732829321")
    assert refusal.value.code == "siren_invalid"
    assert refusal.value.facts == {"value": "732829321"}
