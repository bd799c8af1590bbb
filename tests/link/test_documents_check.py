"""A file is taken for an invoice's only if it says what the invoice says."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from link_samples import BUYER, SELLER, invoice
from pypdf import PdfWriter

from actif_rules.facturx.reader import read_document
from actif_rules.mention import DEFAULT_MENTION
from troc_link.invoices.check import against, embedded, missing
from troc_link.invoices.cii import build

XML = build(invoice(), DEFAULT_MENTION)
OTHER = "443061841"


def page():
    """Return a PDF of one empty page."""
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(content)
    return content.getvalue()


def test_its_own_is_taken():
    assert against(invoice(), "a.xml", XML) == ""


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"number": "FAC/2026/00008"}, "numéro"),
        ({"total": Decimal("1200.01")}, "total"),
        ({"seller": replace(SELLER, siren=OTHER)}, "SIREN du vendeur"),
        ({"buyer": replace(BUYER, siren=OTHER)}, "SIREN de l'acheteur"),
        ({"share": Decimal(50)}, "part en Actifs"),
    ],
)
def test_what_says_something_else_is_not(changes, what):
    assert what in against(invoice(**changes), "a.xml", XML)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<a/>", page()])
def test_what_is_no_invoice_is_told(content):
    assert against(invoice(), "a.pdf", content)


def test_one_that_does_not_add_up_is_told():
    wrong = XML.replace(b">1000.00<", b">1001.00<")
    assert "BR-CO" in against(invoice(), "a.xml", wrong)


def test_xml_in_a_pdf_takes_the_place_of_any_other():
    other = build(invoice(number="AUTRE"), DEFAULT_MENTION)
    once = embedded(page(), other)
    assert read_document(once).number == "AUTRE"
    twice = embedded(once, XML)
    assert against(invoice(), "a.pdf", twice) == ""


def test_a_pdf_that_is_none_is_left_alone():
    assert embedded(b"%PDF-1.7 ?", XML) == b""


def test_a_buyer_without_siren_is_told():
    trouble, way_out = missing(invoice(buyer=replace(BUYER, siren=None)))
    assert "Atelier Martin" in trouble
    assert "SIREN" in way_out
    abroad = replace(BUYER, siren=None, country="BE")
    assert "étranger" in missing(invoice(buyer=abroad))[1]
    assert missing(invoice()) == ("", "")


def test_a_credit_note_needs_no_share():
    note = invoice(kind="credit_note", share=None, preceding=("FA", "2026-01-01"))
    assert missing(note) == ("", "")
    assert missing(invoice(share=None))[0]
