"""Which attachment of a PDF is the invoice. Runs in the process, without the child."""

import zlib
from io import BytesIO

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from rules_samples import edited, pdf_with, saved

from actif_rules.errors import RuleError
from actif_rules.facturx.pdf import MAX_ATTACHMENTS, invoice_in

UBL = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'


def refusal_of(content):
    with pytest.raises(RuleError) as refusal:
        invoice_in(content)
    return refusal.value


def rewritten(pdf, change):
    """The PDF after `change(writer)`."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    change(writer)
    return saved(writer)


def tree(writer):
    return writer.root_object["/Names"]["/EmbeddedFiles"]


@pytest.mark.parametrize(
    "name",
    [
        "factur-x.xml",
        "FACTUR-X.XML",
        "zugferd-invoice.xml",
        "xrechnung.xml",
        "facture.xml",
        "../../etc/passwd",
        "no extension",
    ],
)
def test_an_invoice_is_found_under_any_name(sample, name):
    found = invoice_in(pdf_with(("terms.txt", b"<none>"), (name, sample)))

    assert (found.data, found.name) == (sample, name)


def test_a_name_is_cleaned_but_not_trusted(sample):
    found = invoice_in(pdf_with(("<img src=x>\u202elmx.\x07", sample)))
    assert found.name == "<img src=x>lmx."


def test_the_key_of_the_name_tree_does_not_count(sample):
    def rename(writer):
        tree(writer)["/Names"][0] = TextStringObject("factur-x.xml")

    pdf = rewritten(pdf_with(("picture.png", b"\x89PNG")), rename)
    assert refusal_of(pdf).code == "no_invoice_inside"
    pdf = rewritten(pdf_with(("annex.xml", sample)), rename)
    assert invoice_in(pdf).name == "annex.xml"


def test_a_name_tree_may_have_kids_and_loops(sample):
    def nest(writer):
        root = tree(writer)
        leaf = writer._add_object(
            DictionaryObject({NameObject("/Names"): root.pop("/Names")})
        )
        inner = writer._add_object(DictionaryObject())
        inner.get_object()[NameObject("/Kids")] = ArrayObject([inner, leaf])
        root[NameObject("/Kids")] = ArrayObject([inner, inner])

    pdf = rewritten(pdf_with(("factur-x.xml", sample)), nest)
    assert invoice_in(pdf).data == sample


def test_an_invoice_may_stand_in_the_array_of_associated_files_only(sample):
    def associate(writer):
        spec = tree(writer)["/Names"][1]
        writer.root_object[NameObject("/AF")] = ArrayObject([spec])
        del writer.root_object["/Names"]

    pdf = rewritten(pdf_with(("factur-x.xml", sample)), associate)
    assert invoice_in(pdf).data == sample


def test_the_same_file_referred_to_twice_is_one(sample):
    def associate(writer):
        spec = tree(writer)["/Names"][1]
        writer.root_object[NameObject("/AF")] = ArrayObject([spec])

    pdf = rewritten(pdf_with(("factur-x.xml", sample)), associate)
    assert invoice_in(pdf).data == sample
    assert invoice_in(pdf_with(("a.xml", sample), ("b.xml", sample))).data == sample


def test_two_invoices_are_refused(sample):
    other = edited(sample, ("FA-2026-001", "FA-2026-002"))
    error = refusal_of(pdf_with(("factur-x.xml", sample), ("annex.xml", other)))

    assert error.code == "several_invoices"
    assert error.facts == {"found": ("annex.xml", "factur-x.xml")}


def test_one_file_with_two_contents_is_two_files(sample):
    def double(writer):
        spec, other = (tree(writer)["/Names"][n].get_object() for n in (1, 3))
        spec["/EF"][NameObject("/UF")] = other["/EF"].raw_get("/F")
        del tree(writer)["/Names"][2:]

    other = edited(sample, ("1200.00", "9200.00"))
    pdf = rewritten(pdf_with(("a.xml", sample), ("b.xml", other)), double)
    assert refusal_of(pdf).code == "several_invoices"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (lambda xml: xml.replace(b"UTF-8", b"UTF-7"), "encoding_unknown"),
        (lambda xml: xml.decode().encode("utf-16-le"), "encoding_mismatch"),
        (lambda xml: xml.decode().encode("cp037"), "encoding_unknown"),
        (lambda xml: xml.replace(b"?>", b"?><!DOCTYPE a>"), "not_cii"),
        (lambda xml: xml[:-1], "not_cii"),
        (lambda xml: xml + b" " * 1024 * 1024, "too_big"),
    ],
)
def test_an_invoice_that_only_others_can_read_is_not_passed_over(sample, other, code):
    """They would take the one with the name they look for, we the one beside it."""
    content = other(edited(sample, ("1200.00", "9200.00")))
    files = [("facture.xml", sample), ("factur-x.xml", content)]

    assert refusal_of(pdf_with(*files)).code == code
    assert refusal_of(pdf_with(*files[::-1])).code == code


def test_another_encoding_is_refused_under_any_name(sample):
    other = edited(sample, ("UTF-8", "UTF-7"), ("1200.00", "9200.00"))
    error = refusal_of(pdf_with(("factur-x.xml", sample), ("annex.dat", other)))

    assert error.code == "encoding_unknown"
    assert error.facts == {"encoding": "UTF-7", "name": "annex.dat"}


def test_a_damaged_annex_is_no_obstacle(sample):
    for annex in (b"<a", b"<!DOCTYPE html><html/>"):
        pdf = pdf_with(("factur-x.xml", sample), ("annex.xml", annex))
        assert invoice_in(pdf).data == sample


def test_an_invoice_in_two_syntaxes_is_two(sample):
    pdf = pdf_with(("factur-x.xml", sample), ("ubl.xml", UBL))
    assert refusal_of(pdf).code == "several_invoices"


@pytest.mark.parametrize(
    ("name", "content", "code", "found"),
    [
        ("factur-x.xml", UBL, "not_cii", "UBL"),
        ("other.xml", UBL, "not_cii", "UBL"),
        ("factur-x.xml", b"MZ\x90", "not_cii", "not_xml"),
        ("factur-x.xml", b"", "not_cii", "not_xml"),
        ("factur-x.xml", b"<a", "not_cii", "damaged_xml"),
        ("factur-x.xml", b"<!DOCTYPE a []><a/>", "not_cii", "doctype"),
        ("factur-x.xml", b"<html/>", "not_cii", "html"),
        ("other.xml", b"<html/>", "no_invoice_inside", ("other.xml",)),
        ("photo.png", b"\x89PNG", "no_invoice_inside", ("photo.png",)),
    ],
)
def test_tells_what_was_found_instead(name, content, code, found):
    error = refusal_of(pdf_with((name, content)))
    assert (error.code, error.facts["found"]) == (code, found)


def test_a_pdf_without_attachments():
    error = refusal_of(pdf_with())
    assert (error.code, error.facts) == ("no_invoice_inside", {"found": ()})


def test_too_many_attachments(sample):
    files = [(f"{n}.txt", b"%d" % n) for n in range(MAX_ATTACHMENTS)]

    assert refusal_of(pdf_with(*files)).code == "no_invoice_inside"
    error = refusal_of(pdf_with(*files, ("factur-x.xml", sample)))
    assert (error.code, error.facts["what"]) == ("too_big", "attachments")


@pytest.mark.parametrize("megabytes", [2, 30])
def test_an_invoice_too_big(sample, megabytes):
    def compress(writer):
        stream = tree(writer)["/Names"][1].get_object()["/EF"]["/F"]
        stream.set_data(zlib.compress(big))
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")

    big = sample + b" " * megabytes * 1024 * 1024
    pdf = rewritten(pdf_with(("factur-x.xml", big)), compress)
    assert len(pdf) < 100_000
    error = refusal_of(pdf)
    assert (error.code, error.facts["what"]) == ("too_big", "xml")


def test_a_big_photo_is_no_obstacle(sample):
    pdf = pdf_with(("photo.bmp", b"BM" * 1024 * 1024), ("factur-x.xml", sample))
    assert invoice_in(pdf).data == sample


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_protected_file_is_refused(sample, password):
    def protect(writer):
        writer.encrypt(password, "owner", algorithm="RC4-128")

    pdf = rewritten(pdf_with(("factur-x.xml", sample)), protect)
    assert refusal_of(pdf).code == "encrypted"


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_pdf_is_read_or_refused(sample, data):
    pdf = pdf_with(("factur-x.xml", sample))
    start = data.draw(st.integers(0, len(pdf)))
    length = data.draw(st.integers(0, 60))
    inserted = data.draw(st.binary(max_size=12))
    try:
        invoice_in(pdf[:start] + inserted + pdf[start + length :])
    except RuleError as error:
        assert error.code
