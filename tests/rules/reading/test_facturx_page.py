"""Can a fact be seen on a page: in all usual writings, and not in a longer number."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rules_strategies import amounts, sirens

from actif_rules.facturx.page import MAX_CLAIM_LINES, Page

AMOUNT = Decimal("1234.56")
DAY = date(2026, 11, 12)

# --- amounts -----------------------------------------------------------------------

SPACES = " \u00a0\u202f\u2009\u2007"
# Between groups of three digits, and before the cents.
STYLES = [(gap, ",") for gap in SPACES] + [
    ("", "."),
    ("", ","),
    (".", ","),
    (",", "."),
    (" ", "."),
    ("'", "."),
    ("’", ","),
]
AROUND = ["{}", "Total TTC : {} €", "{}€", "EUR{}", "x{}x", "TTC\n{}\n2026", "{}."]


def written(amount, gap, point):
    whole, _, cents = f"{abs(amount):,.2f}".partition(".")
    return whole.replace(",", gap) + point + cents


@given(amounts(), st.sampled_from(STYLES), st.sampled_from(AROUND))
def test_an_amount_is_seen_in_every_usual_writing(amount, style, around):
    assert amount in Page(around.format(written(amount, *style))).amounts


@given(amounts(), amounts(), st.sampled_from(STYLES))
def test_another_amount_is_not_seen(amount, other, style):
    assume(amount != other)
    assert other not in Page(f"Total {written(amount, *style)} €").amounts


@given(
    amounts(), st.sampled_from(STYLES), st.sampled_from(["9{}", "9.{}", "9,{}", "{}9"])
)
def test_a_part_of_a_longer_number_is_not_the_amount(amount, style, longer):
    text = longer.format(written(amount, *style))
    assert amount not in Page(text).amounts


@given(amounts("100.00"))
def test_a_group_before_makes_it_another_amount(amount):
    """12 345,00 is not 345,00; beyond a column's gap, or in a line below, it is."""
    text = written(amount, " ", ",")
    assume(len(text.split()[0].partition(",")[0]) == 3)
    for gap in SPACES:
        assert amount not in Page(f"7{gap}{text}").amounts
    for gap in ("  ", "\n", "\t ", "%  "):
        assert amount in Page(f"7{gap}{text}").amounts


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 200 €", "1200"),
        ("€ 1,200", "1200"),
        ("1200 Actifs", "1200"),
        ("EUR 1200", "1200"),
        ("-1 234,56", "-1234.56"),
        ("\u22121 234,56 €", "-1234.56"),
        ("1.234,56-", "-1234.56"),
        ("Solde - 1 234,56", "1234.56"),
        ("TTC-1 234,56", "1234.56"),
        ("1\uff12\uff130,00", "1230"),
        ("2026 1 200,00", "1200"),
        ("20 % 1 200,00", "1200"),
        ("le 12.11.2026: 1200.00", "1200"),
    ],
)
def test_amounts_beside_other_things(text, amount):
    assert Decimal(amount) in Page(text).amounts


@pytest.mark.parametrize(
    "text",
    [
        "1200",  # a postcode, a number of anything
        "moteur 1200",
        "1200 europeens",
        "1 200,0",
        "1 200,000",
        "1.200.00",
        "12.00.1200,5",
        "FR76 3000 1200 0012",
        "234 234 234 234 234 001 200,00",
        "",
    ],
)
def test_no_amount_in_other_numbers(text):
    assert Decimal(1200) not in Page(text).amounts


# --- dates -------------------------------------------------------------------------

FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre"
ENGLISH = "January February March April May June July August September October November"
GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November"
MONTHS = [
    [*FRENCH.split(), "décembre"],
    [*ENGLISH.split(), "December"],
    [*GERMAN.split(), "Dezember"],
    "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(),
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "Jan. Feb. Mrz. Apr. Mai Jun. Jul. Aug. Sep. Okt. Nov. Dez.".split(),
]
WRITINGS = [
    "{d:02}/{m:02}/{y}",
    "{d}/{m}/{y}",
    "{d:02}.{m:02}.{y}",
    "{d}. {m}. {y}",
    "{d:02}-{m:02}-{short:02}",
    "{d:02}/{m:02}/{short:02}",
    "{y}-{m:02}-{d:02}",
    "{y}/{m:02}/{d:02}",
    "{y}{m:02}{d:02}",
    *(f"{{d}} {{names[{n}]}} {{y}}" for n in range(len(MONTHS))),
    "{d}. {names[2]} {y}",
    "{d:02}-{names[4]}-{short:02}",
    "{d}th {names[1]}, {y}",
    "{names[1]} {d}, {y}",
    "{names[4]} {d}th, {y}",
]
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def dated(day, writing):
    names = [names[day.month - 1] for names in MONTHS]
    year = day.year
    return writing.format(d=day.day, m=day.month, y=year, short=year % 100, names=names)


@pytest.mark.parametrize("writing", WRITINGS)
@given(
    day=days, around=st.sampled_from(["{}", "Le {}.", "Date:{} ", "x {}\n12", "({})"])
)
def test_a_day_is_seen_in_every_usual_writing_and_no_other_is(writing, day, around):
    for text in (dated(day, writing), dated(day, writing).upper()):
        assert Page(around.format(text)).dates == {day}


def test_both_ends_of_a_period_are_seen():
    assert Page("du 01.11.2026-12.11.2026").dates == {date(2026, 11, 1), DAY}


def test_the_first_of_a_month():
    assert Page("1er novembre 2026").dates == {date(2026, 11, 1)}


@pytest.mark.parametrize(
    "text",
    [
        "112/11/2026",
        "12/11/20266",
        "12/11-2026",
        "12/13/2026",
        "30/02/2026",
        "00/11/2026",
        "12 novembre",
        "12 novembree 2026",
        "RE-20261112/508",
        "120261112",
        "12.11.0000",
        "99 mai 2026",
    ],
)
def test_no_day_in_other_numbers(text):
    assert DAY not in Page(text).dates
    assert date(2026, 5, 9) not in Page(text).dates


# --- numbers and names -------------------------------------------------------------


@given(sirens())
def test_a_siren_is_seen_with_spaces_in_a_siret_or_a_vat_number(siren):
    parted = f"{siren[:3]}\u00a0{siren[3:6]} {siren[6:]}"
    for number in (siren, parted, parted.replace(" ", ".")):
        for text in ("{}", "SIREN:{}.", "RCS Lyon B{}", "{}00017", "{} 00017"):
            assert Page(text.format(number)).has_siren(siren)
        for text in ("FR44{}", "FR 44 {}", "fr0a{}"):
            assert Page(text.format(number)).has_siren(siren)


@given(sirens())
def test_a_siren_is_not_a_part_of_another_number(siren):
    for text in (
        "1{}",
        "{}1",
        "{}000171",
        "44{}",
        "DE44{}",
        f"{siren[:5]}-{siren[5:]}",
    ):
        assert not Page(text.format(siren)).has_siren(siren)


@pytest.mark.parametrize(
    "text",
    [
        "N° FA-2026-1",
        "fa-2026-1.",
        "Facture:FA–2026–1",
        "(FA\u20112026-1)",
        "x\nFA-2026-1",
    ],
)
def test_an_invoice_number_is_seen(text):
    assert Page(text).has_number("FA-2026-1")


def test_what_cannot_be_seen_parts_nothing():
    page = Page("1\u00ad200,\u200b00 F\u2060A-1 12/\u202e11/2026")
    assert (page.amounts, page.dates) == ({Decimal(1200)}, {DAY})
    assert page.has_number("FA-1")


@pytest.mark.parametrize(
    "text", ["FA-2026-12", "XFA-2026-1", "FA-2026-1-2", "X-FA-2026-1", "FA-2026-1/2"]
)
def test_an_invoice_number_is_not_a_part_of_another(text):
    assert not Page(text).has_number("FA-2026-1")


def test_a_short_invoice_number():
    assert Page("Facture 17 du 12/11/2026").has_number("17")
    assert not Page("17,00 € 3.17 0,17 17/11/2026 117 20 %").has_number("17")
    assert not Page("").has_number("\u00ad")


@pytest.mark.parametrize(
    "text",
    [
        "BOULANGERIE  Durand & Fils",
        "Boulangerie\nDurand-Fils",
        "B o u l a n g e r i e Durand Fils",
        "la boulangérie durand fils.",
    ],
)
def test_a_name_is_seen_whatever_case_accents_and_signs(text):
    assert Page(text).has_name("Boulangerie Durand & Fils")


def test_another_name_is_not_seen():
    page = Page("Boulangerie Durandal, Fils")
    assert not page.has_name("Boulangerie Durand")
    assert not page.has_name("Durand Fils")
    assert not page.has_name("Or")
    assert not page.has_name("&")


def test_names_in_other_scripts():
    assert Page("Straße ΑΘΗΝΑ 株式会社").has_name("αθηνα")
    assert Page("Müller STRASSE").has_name("MULLER Straße")


# --- claims, and pages made to take long -------------------------------------------


def test_the_claims_of_the_lines_that_speak_of_actifs():
    page = Page("Total 1 200,00\nPaiement par compensation en 50% Actif\nTVA 20 %")
    assert [claim.share for claim in page.claims] == [50]


def test_some_lines_are_read_for_claims_and_no_more():
    lines = [f"{n}% Actif" for n in range(1, MAX_CLAIM_LINES + 10)]
    assert len(Page("\n".join(lines)).claims) == MAX_CLAIM_LINES


PIECES = ["1", "234 ", "1 ", "1.2", "fr44 ", "12. ", "1/", "€ ", "-", " ", "mai ", "a "]


@pytest.mark.parametrize("piece", [*PIECES, "50% actif ", "\n"])
def test_no_page_takes_long(piece):
    """A pattern that tries every length at every place would take minutes."""
    start = time.monotonic()
    page = Page(piece * (100_000 // len(piece)))
    assert page.amounts is not page.dates is not page.claims
    assert not page.has_siren("732829320")
    assert not page.has_number("1-2 " * 50 + "x")
    assert not page.has_name("a" * 199 + "x")
    assert time.monotonic() - start < 3


@given(st.text(max_size=300))
def test_any_text_is_a_page(text):
    page = Page(text)
    assert all(amount.is_finite() for amount in page.amounts)
    assert all(day.year for day in page.dates)
    page.has_name(text)
    page.has_number(text)
