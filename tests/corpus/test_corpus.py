"""Public invoices, against a manifest that was made without our code."""

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from rules_strategies import with_luhn

from actif_rules.facturx.judge import judge

CII = "CrossIndustryInvoice"
TODAY = date(2026, 11, 22)
MAX_SECONDS = 5
MAX_BYTES = 512 * 1024 * 1024

# Where the manifest is wrong, or says less than the file: what it should say, and why.
CORRECTIONS = {
    "DATA-002/factur-x.xml": {"valid": "n"},  # valid by its schema: 30 February
    "DATA-002/facture.pdf": {"valid": "n"},
    # schemeID="VAT", which no list of codes has; one meaning only
    "fail/ZUGFeRD_2.0_fully_compliant_complete.pdf": {"seller_vat": "DE12345618938"},
    # "(no xml)", because what is attached cannot be parsed
    "XML-001/facture.pdf": {"root": "NOT PARSED"},
    "RBT-002/facture.pdf": {"root": "NOT PARSED"},
    # likewise: it says that it is in "UTF-8-W/O-BOM"
    "factur-x-invalid-xml-encoding-attribute.pdf": {"root": "NO ENCODING"},
    # one root named, or none: the files hold a ZUGFeRD 1.0 and a Factur-X invoice
    "validator/src/test/resources/corruptedV2PDF.pdf": {"root": "two"},
    "validator/src/test/resources/invalidXMP.pdf": {"root": "two"},
    "validator/src/test/resources/invalidXMP-ParseError.pdf": {"root": "two"},
    "validator/src/test/resources/validV2PDF.pdf": {"root": "two"},
    "MustangRE-20171118_506_ZUGFeRD1and2.pdf": {"root": "two"},
    # "(no xml)", and no PDF either: its first kilobytes
    "corrupt-factur-x-waytoosmall.pdf": {"root": "no PDF"},
}

# What stands at the root of a file that is no CII invoice, and what is said of it.
OTHERS = {
    "": ("no_invoice_inside", ()),
    "Invoice": ("not_cii", "UBL"),
    "CreditNote": ("not_cii", "UBL"),
    "CrossIndustryDocument": ("not_cii", "ZUGFeRD 1.0"),
    "SCRDMCCBDACIOMessageStructure": ("not_cii", "Order-X"),
    "FatturaElettronica": ("not_cii", "FatturaPA"),
    "myinvoice": ("not_cii", "myinvoice"),
    "NOT PARSED": ("not_cii", "damaged_xml"),
    "NO ENCODING": ("encoding_unknown", None),
    "two": ("several_invoices", ("ZUGFeRD-invoice.xml", "factur-x.xml")),
    "no PDF": ("not_pdf_nor_xml", None),
}

# CII that cannot be read; factur-x 7.8 refuses the very same ones by the schemas.
REFUSED = {
    "DATA-002/factur-x.xml": "date_implausible",
    "DATA-002/facture.pdf": "date_implausible",
    "validator/src/test/resources/invalidV2Profile.xml": "profile_unsupported",
    **dict.fromkeys(
        (
            "FAIL_zugferd_2p1_MINIMUM_Rechnung_380.xml",
            "valid_Avoir_FR_type380_minimum_factur-x.xml",
            "line-total-4-decimals.xml",
            "01.01a-INVOICE_uncefact.xml",
            "validator/src/test/resources/invalidV2.xml",
            "invalidXRSchemav2.xml",
            "ZUGFeRD2-invoice.xml",
            "ZUGFeRD2-invoice-adjusted.xml",
            "ZUGFeRD2_COMFORT_Einfach.xml",
            "ZUGFeRD2_EXTENDED_Warenrechnung.xml",
            "library/src/test/resources/Extended_fremdwaehrung.xml",
            "resources/not_validating_full_invoice_based_onTest_EeISI_300_CENfullmodel"
            ".cii.xml",
            "testContractReferencedDocument.xml",
            "XMLinvalidV2PDF.pdf",
            "python-factur-x.pdf",
            "FNFE-factur-x-examples/Avoir_FR_type380_MINIMUM.pdf",
            "FNFE-factur-x-examples/Avoir_FR_type381_MINIMUM.pdf",
            "MustangGnuaccountingBeispielRE-20190610_507a.pdf",
            "MustangGnuaccountingBeispielRE-20190610_507b.pdf",
            "correct/Mustangproject/MustangGnuaccountingBeispielRE-20190610_507.pdf",
            "zugferd_2p0_MINIMUM.pdf",
        ),
        "xsd_invalid",
    ),
}


def listed(table, path):
    """What a table of endings says of a path, None when nothing."""
    found = [value for ending, value in table.items() if path.endswith(ending)]
    assert len(found) < 2, path
    return found[0] if found else None


def corrected(reading):
    return {**reading.row, **(listed(CORRECTIONS, reading.path) or {})}


@pytest.mark.parametrize("ending", [*CORRECTIONS, *REFUSED])
def test_the_lists_name_files_that_are_there(corpus, ending):
    assert corpus.ending(ending)


# --- read or refused ---------------------------------------------------------------


def test_every_valid_invoice_is_read(corpus):
    valid = [r for r in corpus if corrected(r)["valid"] == "y" and r.row["root"] == CII]
    assert len(valid) > 130
    assert [(r.path, r.code) for r in valid if not r.parsed] == []


def test_an_invoice_that_is_not_read_is_refused_for_its_fault(corpus):
    """What only the schematrons refuse is read all the same: a person may decide."""
    ours = {r.path: r.code for r in corpus if corrected(r)["root"] == CII}
    assert {p: code for p, code in ours.items() if code != listed(REFUSED, p)} == {}
    assert Counter(ours.values())["xsd_invalid"] == 21


def test_other_documents_are_refused_and_named(corpus):
    others = [r for r in corpus if corrected(r)["root"] != CII]
    assert len(others) > 100
    for reading in others:
        root = corrected(reading)["root"].replace(" XMLSyntaxError", "")
        code, found = OTHERS[root]
        assert reading.code == code, reading.path
        assert reading.refusal.facts.get("found") == found, reading.path


def test_nothing_takes_long_or_much_memory(corpus):
    slowest = max(corpus, key=lambda reading: reading.seconds)
    assert slowest.seconds < MAX_SECONDS, slowest.path
    assert corpus.child_bytes < MAX_BYTES


# --- the facts ---------------------------------------------------------------------


def test_the_header_is_what_the_manifest_says(corpus):
    read = [reading for reading in corpus if reading.parsed]
    assert len(read) > 200
    for reading in read:
        assert header(reading.parsed) == stated_header(corrected(reading)), reading.path


def header(parsed):
    return {
        "profile": parsed.profile,
        "type": parsed.type_code,
        "number": parsed.number,
        "date": parsed.issue_date.strftime("%Y%m%d"),
        "currency": parsed.currency,
        "bt109": parsed.total_untaxed,
        "tax": parsed.total_tax,
        "bt112": parsed.total,
        "bt113": parsed.prepaid,
        "bt115": parsed.due,
    }


def stated_header(row):
    texts = ("profile", "type", "number", "date", "currency")
    stated = {key: " ".join(row[key].split()) for key in texts}
    amounts = {
        key: Decimal(row[key] or 0) for key in ("bt109", "bt112", "bt113", "bt115")
    }
    taxes = dict(reversed(tax.split("@")) for tax in row["tax"].split("|") if tax)
    return {**stated, **amounts, "tax": Decimal(taxes.get(row["currency"], 0))}


@pytest.mark.parametrize("role", ["seller", "buyer"])
def test_the_parties_are_what_the_manifest_says(corpus, role):
    read = [reading for reading in corpus if reading.parsed]
    for reading in read:
        party, row = getattr(reading.parsed, role), corrected(reading)
        assert party.name == " ".join(row[role].split()), reading.path
        assert party.vat == (row[f"{role}_vat"].replace(" ", "") or None), reading.path
        assert party.siren == stated_siren(row, role), reading.path
        legal = row[f"{role}_legal"].partition(":")[2]
        if len(legal) == 14 and is_register_number(legal):
            assert party.siret == legal, reading.path
    assert sum(getattr(reading.parsed, role).siren is not None for reading in read) > 15


def stated_siren(row, role):
    """The SIREN in the legal identifier, else in the VAT number, where it is one."""
    scheme, _, legal = row[f"{role}_legal"].partition(":")
    if scheme in ("0002", "0009") and is_register_number(legal):
        return legal[:9]
    vat = re.fullmatch(r"FR([0-9]{2})([0-9]{9})", row[f"{role}_vat"].replace(" ", ""))
    if vat and is_register_number(vat[2]):
        key = (12 + 3 * (int(vat[2]) % 97)) % 97
        return vat[2] if int(vat[1]) == key else None
    return None


def is_register_number(digits):
    lengths = (9, 14) if len(digits) == 14 else (9,)
    return all(with_luhn(digits[: n - 1]) == digits[:n] for n in lengths)


def test_no_public_file_claims_actifs(corpus):
    assert [r.path for r in corpus if r.parsed and r.parsed.actif_claim] == []


# --- the judge ---------------------------------------------------------------------


def rules_broken(reading):
    faults = judge(reading.parsed, today=reading.parsed.issue_date)
    return {f.facts["rule"] for f in faults if f.code == "inconsistent"}


def test_arithmetic_is_called_wrong_only_where_the_standard_calls_it_so(corpus):
    wrong = [r for r in corpus if r.parsed and rules_broken(r)]
    assert len(wrong) > 4
    assert [r.path for r in wrong if r.row["valid"] == "y"] == []


def test_currencies_and_types_that_cannot_be_compensated_are_told(corpus):
    for reading in corpus:
        if reading.parsed:
            codes = {f.code for f in judge(reading.parsed, today=TODAY)}
            foreign = reading.row["currency"] != "EUR"
            assert ("not_euro" in codes) == foreign, reading.path
            other = reading.row["type"] not in ("380", "381")
            assert ("type_unsupported" in codes) == other, reading.path


# --- the French cases: each names its rule -----------------------------------------

CASES = "VALENTINDML__facturx-cas-limites/cas/"


@pytest.fixture(params=["facture.pdf", "factur-x.xml"])
def case(corpus, request):
    """Gives the reading of a case, from its PDF or from its XML."""

    def find(name):
        paths = [r.path for r in corpus]
        path = f"{CASES}{name}/{request.param}"
        if path not in paths:
            pytest.skip("../shared/facturx has this case in the other form only")
        return corpus.ending(path)

    return find


@pytest.mark.parametrize("name", ["XML-001", "RBT-002"])
def test_xml_that_is_not_well_formed_is_refused_with_the_line(case, name):
    """Cut off in a tag; "<" and "&" as they stand in a product's name."""
    refusal = case(name).refusal
    assert (refusal.code, refusal.facts["found"]) == ("not_cii", "damaged_xml")
    assert "line " in refusal.facts["detail"]


def test_a_day_that_does_not_exist_is_refused_with_it(case):
    refusal = case("DATA-002").refusal
    assert (refusal.code, refusal.facts["date"]) == ("date_implausible", "20260230")


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        # BR-CO-10 is about the lines, which are not read; what follows from it is told
        ("CALC-002", {"BR-CO-13"}),
        ("CALC-003", {"BR-CO-14", "BR-CO-16"}),
    ],
)
def test_figures_that_do_not_add_up_are_told_with_the_rule(case, name, rules):
    assert rules_broken(case(name)) == rules


def test_a_seller_without_vat_number_can_be_no_member(case):
    """BR-S-02, which the judge leaves to the schematron: no number to match is left."""
    parsed = case("IDENT-003").parsed
    assert parsed.total_tax > 0
    assert (parsed.seller.vat, parsed.seller.siren) == (None, None)


@pytest.mark.parametrize("name", ["OK-001", "IDENT-001"])
def test_what_the_cases_accept_is_accepted(case, name):
    parsed = case(name).parsed
    faults = judge(parsed, today=parsed.issue_date + timedelta(days=1))
    assert [fault.code for fault in faults] == ["no_claim"]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("PDF-004", lambda catalog, xmp: relationship(catalog) == "/Source"),
        ("PDF-006", lambda catalog, xmp: ">MINIMUM</" in xmp),
        ("PDF-008", lambda catalog, xmp: "/AF" not in catalog),
    ],
)
def test_a_container_that_is_not_as_it_should_be_is_read(
    corpus, shared_files, name, fault
):
    """Relationship, metadata, list of associated files: no fact of an invoice."""
    import pypdf

    reading, good = (
        corpus.ending(f"{CASES}{case}/facture.pdf") for case in (name, "OK-001")
    )
    catalogs = []
    for path in (reading.path, good.path):
        catalog = pypdf.PdfReader(shared_files / "corpus" / path).root_object
        catalogs.append((catalog, catalog["/Metadata"].get_data().decode()))

    assert [fault(*catalog) for catalog in catalogs] == [True, False]
    assert reading.parsed == good.parsed


def relationship(catalog):
    return catalog["/AF"][0].get_object()["/AFRelationship"]
