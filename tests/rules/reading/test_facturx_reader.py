from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_samples import FIXTURES, GRAND, MENTION, TERMS, edited, pdf_with
from rules_strategies import amounts

from actif_rules.errors import RuleError
from actif_rules.facturx.reader import (
    Note,
    PartyFacts,
    PaymentMeans,
    read_document,
    read_xml,
)

SELLER_ID = '<ram:ID schemeID="0002">732829320</ram:ID>'
SELLER_VAT = '<ram:ID schemeID="VA">FR44732829320</ram:ID>'
SELLER_URI = '<ram:URIID schemeID="0225">732829320</ram:URIID>'


def refusal_of(xml):
    with pytest.raises(RuleError) as refusal:
        read_xml(xml)
    return refusal.value


def test_reads_the_header(sample):
    parsed = read_xml(sample)

    assert parsed.profile == "EN16931"
    assert (parsed.business_process, parsed.type_code) == ("S1", "380")
    assert parsed.number == "FA-2026-001"
    assert parsed.issue_date == date(2026, 2, 15)
    assert parsed.due_date == date(2026, 3, 15)
    assert parsed.currency == "EUR"
    assert parsed.seller == PartyFacts(
        "Boulangerie Durand", "732829320", None, "FR44732829320", "732829320"
    )
    assert parsed.buyer.siren == "404833048"
    assert (parsed.total_untaxed, parsed.total_tax) == (Decimal(1000), Decimal(200))
    assert (parsed.total, parsed.due) == (Decimal(1200), Decimal(1200))
    assert parsed.prepaid == 0
    assert parsed.payment_means == (PaymentMeans("30", MENTION),)
    assert parsed.terms == (MENTION,)
    assert parsed.notes[0] == Note(
        "PMT", "Indemnité forfaitaire pour frais de recouvrement : 40 EUR"
    )
    assert parsed.preceding == ()
    assert parsed.sha256 == ""


@pytest.mark.parametrize(
    ("name", "share", "amount", "base"),
    [
        ("A_100_97_bt20__en16931", 100, None, None),
        ("D_50_one_30_iban_bt20__en16931", 50, None, None),
        ("E_50_prepaid600_30__basic", 50, 600, "total"),
        ("K_vat_cash_prepaidHT1000__basic", 100, 1000, "untaxed"),
    ],
)
def test_reads_the_claim(name, share, amount, base):
    claim = read_xml((FIXTURES / f"{name}.xml").read_bytes()).actif_claim

    assert claim.agree
    assert (claim.share, claim.amount, claim.base) == (share, amount, base)


def test_means_code_97_alone_is_no_claim(sample):
    xml = edited(sample, (MENTION, "Virement"), (">30<", ">97<"))
    assert read_xml(xml).actif_claim is None


def test_only_a_payment_note_can_claim(sample):
    note = "<ram:SubjectCode>PMT</ram:SubjectCode>"
    changes = ((MENTION, "x"), ("Indemnité forfaitaire", MENTION))
    assert read_xml(edited(sample, *changes)).actif_claim is None
    claim = read_xml(edited(sample, *changes, (note, note.replace("PMT", "PAI"))))
    assert claim.actif_claim.places == ("PAI",)


def test_a_document_carries_the_hash_of_what_was_received(sample):
    pdf = pdf_with(("factur-x.xml", sample))

    assert read_document(pdf).sha256 == sha256(pdf).hexdigest()
    assert read_document(sample).sha256 == sha256(sample).hexdigest()
    assert read_document(pdf).number == "FA-2026-001"


def test_a_credit_note_names_its_invoice(sample):
    reference = (
        "<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>FA-1</ram:IssuerAssignedID>"
        "</ram:InvoiceReferencedDocument></ram:ApplicableHeaderTradeSettlement>"
    )
    xml = edited(sample, ("</ram:ApplicableHeaderTradeSettlement>", reference))
    assert read_xml(edited(xml, (">380<", ">381<"))).preceding == ("FA-1",)


# --- parties -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "siren", "siret"),
    [
        ([(SELLER_ID, SELLER_ID.replace("320<", "32000074<"))], "732829320", True),
        ([(SELLER_ID, "")], "732829320", False),
        ([(SELLER_ID, ""), (SELLER_URI, "")], "732829320", False),
        ([(SELLER_ID, ""), (SELLER_URI, ""), (SELLER_VAT, "")], None, False),
        ([(SELLER_ID, ""), (SELLER_URI, ""), ("FR44", "FR45")], None, False),
        (
            [
                (SELLER_ID, SELLER_ID.replace("0002", "0088")),
                (SELLER_URI, ""),
                (SELLER_VAT, ""),
            ],
            None,
            False,
        ),
        (
            [(SELLER_ID, ""), ("732829320</ram:URIID>", "732829320_A1</ram:URIID>")],
            "732829320",
            False,
        ),
        (
            [(SELLER_ID, SELLER_ID.replace("732829320", "404833048"))],
            "404833048",
            False,
        ),
    ],
)
def test_the_siren_comes_from_the_surest_place(sample, changes, siren, siret):
    seller = read_xml(edited(sample, *changes)).seller

    assert seller.siren == siren
    assert seller.siret == ("73282932000074" if siret else None)


def test_names_are_shown_as_a_person_would_see_them(sample):
    hidden = "Boulangerie\u200b\u202e Durand"
    xml = edited(sample, ("Boulangerie Durand", hidden), ("FA-2026-001", "FA\u200b-1"))

    assert read_xml(xml).seller.name == "Boulangerie Durand"
    assert read_xml(xml).number == "FA-1"


# --- amounts and dates -------------------------------------------------------------


@given(amounts("0.00", "999999999.99"))
def test_amounts_are_read_to_the_cent(sample, amount):
    xml = edited(sample, (GRAND, GRAND.replace("1200.00", str(amount))))
    assert read_xml(xml).total == amount


@pytest.mark.parametrize(
    ("stated", "amount"),
    [
        ("1200", "1200.00"),
        ("1200.5", "1200.50"),
        ("-3.5700", "-3.57"),
        (" 12 ", "12.00"),
    ],
)
def test_amounts_may_be_written_in_several_ways(sample, stated, amount):
    xml = edited(sample, (GRAND, GRAND.replace("1200.00", stated)))
    assert str(read_xml(xml).total) == amount


def test_a_comment_hides_no_part_of_an_amount(sample):
    xml = edited(sample, (GRAND, GRAND.replace("1200", "12<!-- x -->00")))
    assert read_xml(xml).total == 1200


@pytest.mark.parametrize(
    "stated",
    [
        "NaN",
        "INF",
        "1E400",
        "1e3",
        "1,200.00",
        "0x10",
        "",
        "1200.00 EUR",
        "9" * 13,
        "１",
    ],
)
def test_refuses_what_is_no_amount(sample, stated):
    error = refusal_of(edited(sample, (GRAND, GRAND.replace("1200.00", stated))))

    assert error.code == "xsd_invalid"
    assert error.facts["element"] == "GrandTotalAmount"
    assert "GrandTotalAmount" in error.facts["error"]


def test_refuses_a_fraction_of_a_cent(sample):
    error = refusal_of(edited(sample, (GRAND, GRAND.replace("1200.00", "1200.001"))))

    assert (error.code, error.facts["rule"]) == ("inconsistent", "BR-DEC")


def test_reads_the_vat_in_the_currency_of_the_invoice(sample):
    tax = '<ram:TaxTotalAmount currencyID="EUR">200.00</ram:TaxTotalAmount>'
    other = tax.replace("EUR", "USD").replace("200", "220")

    assert read_xml(edited(sample, (tax, other + tax))).total_tax == 200
    assert refusal_of(edited(sample, (tax, tax * 2))).code == "xsd_invalid"


@pytest.mark.parametrize(
    "stated", ["20260230", "2026-02-15", "", "20261301", "99999999"]
)
def test_refuses_a_day_that_does_not_exist(sample, stated):
    error = refusal_of(edited(sample, ("20260215", stated)))

    assert error.code == "date_implausible"
    assert error.facts == {"date": stated}


# --- structure ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "element",
    [
        GRAND,
        "<ram:DuePayableAmount>1200.00</ram:DuePayableAmount>",
        "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>",
        "<ram:ID>FA-2026-001</ram:ID>",
        "<ram:TypeCode>380</ram:TypeCode>",
        "<ram:Name>Boulangerie Durand</ram:Name>",
    ],
)
def test_what_stands_twice_or_not_at_all_is_refused(sample, element):
    for count, told in ((2, "is given 2 times"), (0, "is missing")):
        error = refusal_of(edited(sample, (element, element * count)))
        assert error.code == "xsd_invalid"
        assert told in error.facts["error"]


def test_an_empty_number_is_a_missing_one(sample):
    assert refusal_of(edited(sample, ("FA-2026-001", "\u200b"))).code == "xsd_invalid"


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        (b"<a", "damaged_xml"),
        (b"<!DOCTYPE a []><a/>", "doctype"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>', "doctype"),
        (b"<html/>", "html"),
        (b'<x:CrossIndustryInvoice xmlns:x="urn:evil"/>', "CrossIndustryInvoice"),
        (b'<a:CrossIndustryDocument xmlns:a="urn:ferd"/>', "ZUGFeRD 1.0"),
        (
            b'<n:Invoice xmlns:n="urn:oasis:names:specification:ubl:schema:xsd:'
            b'Invoice-2"/>',
            "UBL",
        ),
        (b"<SCRDMCCBDACIOMessageStructure/>", "Order-X"),
        (b"<p:FatturaElettronica xmlns:p='urn:it'/>", "FatturaPA"),
        (b"<a>" * 300 + b"</a>" * 300, "damaged_xml"),  # too deep
    ],
)
def test_other_documents_are_named(xml, found):
    error = refusal_of(xml)
    assert (error.code, error.facts["found"]) == ("not_cii", found)


@pytest.mark.parametrize(
    ("identifier", "profile"),
    [
        ("urn:factur-x.eu:1p0:minimum", "MINIMUM"),
        ("urn:factur-x.eu:1p0:basicwl", "BASICWL"),
        ("urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic", "BASIC"),
        ("urn:cen.eu:en16931:2017", "EN16931"),
        ("urn:cen.eu:en16931:2017#conformant#urn:zugferd.de:2p0:extended", "EXTENDED"),
        (
            "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
            "XRECHNUNG",
        ),
        (
            "urn:cen.eu:en16931:2017#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr",
            "EXTENDED-CTC-FR",
        ),
        ("urn:cen.eu:en16931:2017#compliant#urn:example", "EN16931-CIUS"),
        ("urn:ferd:CrossIndustryDocument:invoice:1p0:comfort", None),
        ("", None),
    ],
)
def test_recognises_the_profile(sample, identifier, profile):
    xml = edited(sample, (">urn:cen.eu:en16931:2017<", f">{identifier}<"))
    if profile:
        assert read_xml(xml).profile == profile
    else:
        error = refusal_of(xml)
        assert error.code == "profile_unsupported"
        assert error.facts == {"profile": identifier}


def test_refuses_a_megabyte(sample):
    error = refusal_of(edited(sample, (TERMS, TERMS + " " * 1024 * 1024)))
    assert (error.code, error.facts["what"]) == ("too_big", "xml")


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(sample, data):
    """Bytes exchanged, cut out or doubled: never another exception."""
    start = data.draw(st.integers(0, len(sample)))
    length = data.draw(st.integers(0, 40))
    inserted = data.draw(st.binary(max_size=10) | st.sampled_from([b"<", b"", b"9"]))
    try:
        read_xml(sample[:start] + inserted + sample[start + length :])
    except RuleError as error:
        assert error.code
