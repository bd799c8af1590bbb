"""The facts that a person compares with the page, and where he finds them."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_samples import MENTION, pdf_showing
from rules_strategies import amounts

from actif_rules.errors import RuleError
from actif_rules.facturx.extract import borrowed, page_text
from actif_rules.facturx.facts import NAMES, Fact, facts, from_json, to_json
from actif_rules.facturx.reader import read_document, read_xml

PAGE = f"""\
Boulangerie DURAND — SIREN 732 829 320 — TVA FR44732829320
Facture n° FA-2026-001 du 15/02/2026
Client : ATELIER martin, SIRET 40483304800022
Total HT 1 000,00 €   TVA 20 % : 200,00 €
Total TTC 1 200,00 €
À régler le 15 mars 2026. {MENTION}
"""
VALUES = {
    "number": "FA-2026-001",
    "issue_date": "2026-02-15",
    "due_date": "2026-03-15",
    "seller_name": "Boulangerie Durand",
    "seller_siren": "732829320",
    "buyer_name": "Atelier Martin",
    "buyer_siren": "404833048",
    "total_untaxed": "1000.00",
    "total_tax": "200.00",
    "total": "1200.00",
    "due": "1200.00",
    "actif_share": "50",
    "actif_amount": None,
}


@pytest.fixture(scope="module")
def parsed(sample):
    return read_xml(sample)


def on_page(parsed, page):
    return {fact.code: fact.on_page for fact in facts(parsed, page)}


def test_the_values_of_an_invoice(parsed):
    told = facts(parsed, PAGE)
    assert {fact.code: fact.value for fact in told} == VALUES
    assert tuple(fact.code for fact in told) == NAMES


def test_a_page_that_says_the_same_shows_them_all(parsed):
    shown = on_page(parsed, PAGE)
    assert shown.pop("actif_amount") is None
    assert set(shown.values()) == {True}


@pytest.mark.parametrize("page", [None, ""])
def test_without_a_page_there_is_nothing_to_compare(parsed, page):
    assert set(on_page(parsed, page).values()) == {None}


@pytest.mark.parametrize(
    ("old", "new", "differ"),
    [
        ("FA-2026-001", "FA-2026-0011", {"number"}),
        ("15/02/2026", "16/02/2026", {"issue_date"}),
        ("15 mars", "25 mars", {"due_date"}),
        ("DURAND", "DUPOND", {"seller_name"}),
        ("732 829 320 — TVA FR44732829320", "", {"seller_siren"}),
        ("martin", "martins", {"buyer_name"}),
        ("40483304800022", "73282932000074", {"buyer_siren"}),
        ("1 000,00", "1 000,01", {"total_untaxed"}),
        ("200,00 €\n", "9 200,00 €\n", {"total_tax", "total", "due"}),
        ("1 200,00", "-1 200,00", {"total", "due"}),
        ("50% Actif", "100% Actif", {"actif_share"}),
        ("50% Actif", "virement", {"actif_share"}),
        (MENTION, f"{MENTION}, ou 100% Actif", {"actif_share"}),
    ],
)
def test_each_difference_is_told(parsed, old, new, differ):
    assert old in PAGE
    shown = on_page(parsed, PAGE.replace(old, new))
    assert {code for code, seen in shown.items() if seen is False} == differ


def test_what_an_invoice_does_not_state_is_not_looked_for(parsed):
    party = replace(parsed.buyer, siren=None)
    shown = facts(replace(parsed, buyer=party, due_date=None, actif_claim=None), "x")
    unstated = {"buyer_siren", "due_date", "actif_share", "actif_amount"}
    assert {f.code for f in shown if f.value is None} == unstated
    assert {f.code for f in shown if f.on_page is None} == unstated


def test_nothing_need_not_be_printed(parsed):
    nothing = replace(parsed, total_tax=Decimal("0.00"), due=Decimal("0.00"))
    assert on_page(nothing, PAGE)["total_tax"] is None
    assert on_page(nothing, f"{PAGE} Net : 0,00 €")["due"] is True


def test_a_credit_note_may_be_printed_with_minuses(parsed):
    page = PAGE.replace("1 200,00", "-1 200,00")
    assert on_page(replace(parsed, type_code="381"), page)["total"] is True


def claiming(parsed, text, prepaid="0.00"):
    """The invoice read again, with another wording and amount paid."""
    from actif_rules.facturx.claim import Totals, assemble

    totals = Totals(parsed.total, parsed.total_untaxed, Decimal(prepaid))
    return replace(parsed, actif_claim=assemble({"BT-20": (text,)}, totals))


@pytest.mark.parametrize(
    ("text", "prepaid", "page", "share", "amount"),
    [
        # worked out from the amount stated, or from what is paid already
        ("600,00 € en Actif", "0", "600,00 €", ("50", None), ("600.00", True)),
        ("600,00 € en Actif", "0", "500,00 €", ("50", None), ("600.00", False)),
        (MENTION, "600", f"{MENTION}", ("50", True), ("600.00", None)),
        (MENTION, "600", f"{MENTION} 600,00", ("50", True), ("600.00", True)),
        ("33,3% Actif", "0", "33,30 % Actif", ("33.3", True), (None, None)),
        ("100% Actif", "0", "Virement", ("100", False), (None, None)),
    ],
)
def test_the_part_in_actifs(parsed, text, prepaid, page, share, amount):
    told = facts(claiming(parsed, text, prepaid), page)
    assert [(f.value, f.on_page) for f in told[-2:]] == [share, amount]


@given(amounts(), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_any_amount_and_day(parsed, amount, day):
    changed = replace(parsed, total=amount, issue_date=day)
    french = f"{amount:,.2f}".replace(",", "\u202f").replace(".", ",")
    shown = on_page(changed, f"Le {day:%d/%m/%Y} : {french} €")
    assert (shown["total"], shown["issue_date"]) == (True, True)
    assert not shown["number"]


# --- storing -----------------------------------------------------------------------


def test_facts_are_stored_and_come_back(parsed):
    for page in (PAGE, None, "x"):
        told = facts(parsed, page)
        assert from_json(json.loads(json.dumps(to_json(told)))) == told


fact_values = st.builds(
    Fact,
    st.sampled_from(NAMES),
    st.none() | st.text(),
    st.none() | st.booleans(),
)


@given(st.lists(fact_values))
def test_any_facts_come_back(told):
    assert from_json(json.loads(json.dumps(to_json(told)))) == tuple(told)


@pytest.mark.parametrize(
    "stored",
    [
        None,
        5,
        [5],
        [{}],
        [{"code": "number", "value": "x"}],
        [{"code": "number", "value": "x", "on_page": True, "more": 1}],
        [{"code": "iban", "value": "x", "on_page": True}],
        [{"code": "number", "value": 5, "on_page": True}],
        [{"code": "number", "value": "5", "on_page": "yes"}],
        [{"code": [], "value": "5", "on_page": True}],
    ],
)
def test_other_things_are_no_facts(stored):
    with pytest.raises(ValueError, match="no facts"):
        from_json(stored)


# --- whole files -------------------------------------------------------------------


def test_a_pdf_and_its_invoice(sample):
    pdf = pdf_showing(
        PAGE.splitlines()[:3], PAGE.splitlines()[3:], attachments=[("f.xml", sample)]
    )
    told = facts(read_document(pdf), page_text(pdf))
    assert {f.code for f in told if not f.on_page} == {"actif_amount"}


# Public files whose pages show everything that their XML says, in three languages.
SHOWN = {
    "VALENTINDML__facturx-cas-limites/cas/OK-001/facture.pdf": set(),
    "VALENTINDML__facturx-cas-limites/cas/CALC-003/facture.pdf": {"total", "total_tax"},
    "ZUGFeRD__corpus/ZUGFeRDv2/fail/FNFE-factur-x-examples/Facture_UE_BASIC.pdf": {
        "issue_date",  # printed as 11/03/2017 for the third of November
        "due_date",
    },
    "ZUGFeRD__mustangproject/library/src/test/resources/MustangBeispiel20221026.pdf": {
        "total_untaxed",  # the page is another invoice's, of 963,12 and not 963,11
        "total_tax",
        "total",
        "due",
    },
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_public_file_shows_what_it_says(shared_files, name):
    content = (shared_files / "corpus" / name).read_bytes()
    told = facts(read_document(content), page_text(content))
    assert {fact.code for fact in told if fact.on_page is False} == SHOWN[name]


def test_most_facts_of_public_files_are_seen(shared_files):
    """The others were looked at: their pages are no invoice, or another one."""
    seen = []
    with borrowed() as worker:
        for path in sorted((shared_files / "corpus").rglob("*.pdf")):
            content = path.read_bytes()
            try:
                parsed = read_xml(worker.extract(content).xml)
            except RuleError:
                continue
            seen += [fact.on_page for fact in facts(parsed, worker.page_text(content))]
    assert seen.count(True) > 350
    assert seen.count(False) < 110
