"""The text that a person sees in a PDF: asked of the child apart from the invoice."""

from io import BytesIO

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import DecodedStreamObject, NameObject
from rules_samples import pdf_showing, pdf_with, saved

from actif_rules.facturx import extract as facturx_extract
from actif_rules.facturx import protocol as facturx_protocol
from actif_rules.facturx.extract import borrowed, extract, page_text
from actif_rules.facturx.protocol import MAX_PAGES, MAX_TEXT_BYTES

LINES = ["Facture n° FA-2026-001", "Boulangerie Durand", "Total TTC : 1 200,00 €"]


def drawing(content, pdf):
    """The PDF with the first page drawn by `content`."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    stream = DecodedStreamObject()
    stream.set_data(content)
    contents = writer._add_object(stream.flate_encode())
    writer.pages[0][NameObject("/Contents")] = contents
    return saved(writer)


def test_gives_the_lines_of_the_pages():
    assert page_text(pdf_showing(LINES, ["Page 2"])).split("\n") == [*LINES, "Page 2"]


def test_reads_some_pages_and_no_more():
    pages = [[f"Page {n}"] for n in range(1, MAX_PAGES + 3)]
    assert page_text(pdf_showing(*pages)).split("\n")[-1] == f"Page {MAX_PAGES}"


def test_long_texts_are_cut():
    pages = [["é" * 800] * 55] * MAX_PAGES
    text = page_text(pdf_showing(*pages))
    assert MAX_TEXT_BYTES - 1 <= len(text.encode()) <= MAX_TEXT_BYTES
    assert set(text) == {"é", "\n"}


def test_only_what_can_be_seen_is_given(monkeypatch):
    shown = "1\u00a0200,00\u202f€ \u202eTTC\u200b\x00\x07 \ud800fin\x0b\tsuite"
    monkeypatch.setattr(pypdf.PageObject, "extract_text", lambda page: shown)
    from actif_rules.facturx.pdf import text_in

    assert text_in(pdf_with()) == "1 200,00 € TTC fin\nsuite"


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"%PDF-1.7", b"<a/>", b"<!-- %PDF-1.7 --><a/>", bytes(11_000_000)],
)
def test_no_text_in_what_is_no_pdf(monkeypatch, content):
    if content != b"%PDF-1.7":
        monkeypatch.setattr(facturx_extract, "_POOL", None)
    assert page_text(content) is None


def test_no_text_in_an_xml_or_a_picture(sample):
    assert page_text(sample) is None
    assert page_text(pdf_with(("factur-x.xml", sample))) is None


def test_no_text_in_a_protected_file():
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf_showing(LINES)))
    writer.encrypt("", "owner", algorithm="RC4-128")
    assert page_text(saved(writer)) is None


@pytest.mark.parametrize(
    "content", [b"BT (", b"BT /F1 [[[ Tj ET", b"\xff" * 99], ids=["open", "list", "no"]
)
def test_a_page_that_cannot_be_read_costs_the_text_only(sample, content):
    pdf = pdf_showing(LINES, attachments=[("factur-x.xml", sample)])
    pdf = drawing(content, pdf)

    assert not page_text(pdf)
    assert extract(pdf).xml == sample


def test_a_page_without_end_costs_the_text_only(monkeypatch, sample):
    monkeypatch.setattr(facturx_protocol, "MAX_SECONDS", 1)
    pdf = pdf_showing(LINES, attachments=[("factur-x.xml", sample)])
    pdf = drawing(b"BT (a) Tj ET " * 1_000_000, pdf)

    with borrowed() as worker:
        assert worker.page_text(pdf) is None
        assert not worker.alive
    assert extract(pdf).xml == sample


def test_a_page_that_inflates_too_far_costs_the_text_only(sample):
    pdf = pdf_showing(LINES, attachments=[("factur-x.xml", sample)])
    shown = b"BT /F1 9 Tf (Bonjour) Tj ET"

    assert page_text(drawing(shown, pdf)) == "Bonjour"
    pdf = drawing(shown + b" " * 30_000_000, pdf)
    assert page_text(pdf) is None
    assert extract(pdf).xml == sample


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_pdf_shows_something_or_nothing(data):
    pdf = pdf_showing(LINES)
    start = data.draw(st.integers(0, len(pdf)))
    length = data.draw(st.integers(0, 60))
    inserted = data.draw(st.binary(max_size=12))
    text = page_text(pdf[:start] + inserted + pdf[start + length :])
    assert text is None or text.replace("\n", "").isprintable()
