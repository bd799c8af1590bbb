"""Every sample file beside the repository is read, or refused with a code, in time."""

import csv
import json
import time
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from actif_rules.errors import RuleError
from actif_rules.facturx_extract import Worker
from actif_rules.facturx_judge import judge
from actif_rules.facturx_reader import read_document, read_xml

TODAY = date(2026, 2, 20)
CODES = {
    "date_implausible",
    "encrypted",
    "inconsistent",
    "no_invoice_inside",
    "not_cii",
    "not_pdf_nor_xml",
    "profile_unsupported",
    "several_invoices",
    "too_big",
    "too_slow",
    "xsd_invalid",
}
MAX_SECONDS = 8  # five of the child, its start, and a busy machine

# What is wrong with each hostile file; None: odd, but a good invoice.
HOSTILE = {
    "billion_laughs.xml": "not_cii",
    "bogus_ns.xml": "not_cii",
    "bom.xml": None,
    "comment_in_amount.xml": None,
    "deep_nesting.xml": "not_cii",
    "deflate_bomb_300MB.pdf": "too_big",
    "deflate_bomb_double_2GB.pdf": "too_big",
    "empty.pdf": "not_pdf_nor_xml",
    "empty_attachment.pdf": "not_cii",
    "enc_empty_user_aes256.pdf": "encrypted",
    "enc_empty_user_rc4.pdf": "encrypted",
    "enc_user_aes256.pdf": "encrypted",
    "enc_user_rc4.pdf": "encrypted",
    "entity_internal.xml": "not_cii",
    "exe_named_xml.pdf": "not_cii",
    "garbage.pdf": "not_pdf_nor_xml",
    "good.pdf": None,
    "guid_key_uf_facturx.pdf": None,
    "html_named.pdf": "not_cii",
    "huge_number.xml": "xsd_invalid",
    "iso8859.xml": None,
    "key_facturx_uf_other.pdf": None,
    "kids_loop.pdf": "no_invoice_inside",
    "kids_nametree.pdf": None,
    "laughs_in_pdf.pdf": "not_cii",
    "many_attachments_2000.pdf": "too_big",
    "name_nul_html.pdf": None,
    "name_other.pdf": None,
    "name_traversal.pdf": None,
    "name_upper.pdf": None,
    "nan_amount.xml": "xsd_invalid",
    "no_attachment.pdf": "no_invoice_inside",
    "not_xml_attachment.pdf": "not_cii",
    "prefix_junk.pdf": None,
    "quadratic.xml": "not_cii",
    "rtl_control_chars.xml": None,
    "startxref_loop.pdf": None,
    "two_grand_totals.xml": "xsd_invalid",
    "two_xml_conflicting.pdf": "several_invoices",
    "two_xml_zugferd_and_facturx.pdf": "several_invoices",
    "utf16.xml": None,
    "xref_huge.pdf": "not_pdf_nor_xml",
    "xxe_file.xml": "not_cii",
    "xxe_http.xml": "not_cii",
    "xxe_in_pdf.pdf": "not_cii",
    "xxe_param_dtd.xml": "not_cii",
}


def outcome(read, content):
    """(parsed or None, code or None), within the time allowed."""
    start = time.monotonic()
    try:
        return read(content), None
    except RuleError as error:
        assert error.code in CODES
        assert str(error)
        return None, error.code
    finally:
        assert time.monotonic() - start < MAX_SECONDS


def test_the_hostile_files_are_the_ones_we_know(shared_files):
    names = {path.name for path in (shared_files / "hostile").iterdir()}
    assert {n for n in names if not n.startswith("trunc_")} == set(HOSTILE)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_is_refused_within_bounds(shared_files, name):
    parsed, code = outcome(
        read_document, (shared_files / "hostile" / name).read_bytes()
    )

    assert code == HOSTILE[name]
    if parsed:
        assert (parsed.number, parsed.total) == ("FA-2026-001", Decimal(1200))
        assert parsed.seller.name == "Boulangerie Durand"
        assert judge(parsed, today=TODAY) == ()


def test_a_truncated_file_is_refused(shared_files):
    for path in sorted((shared_files / "hostile").glob("trunc_*")):
        assert outcome(read_document, path.read_bytes()) == (None, "not_pdf_nor_xml")


# Designs whose name does not begin with their share; K: of the untaxed amount.
SHARES = {"K": 100, "L": 50, "M": 100}


def test_every_design_gives_its_claim(shared_files):
    for path in sorted((shared_files / "design").glob("*.xml")):
        letter, share = path.name.split("_")[:2]
        claim = read_xml(path.read_bytes()).actif_claim
        assert claim and claim.agree, path.name
        assert claim.share == (SHARES.get(letter) or int(share)), path.name
        assert (claim.base == "untaxed") == (letter == "K"), path.name


def test_the_designs_follow_their_schema_or_not_as_recorded(shared_files):
    results = json.loads((shared_files / "design" / "design_results.json").read_text())
    with Worker() as worker:
        for name, verdicts in results.items():
            content = (shared_files / "design" / name).read_bytes()
            _, code = outcome(worker.extract, content)
            expected = None if verdicts["xsd"] == "ok" else "xsd_invalid"
            assert code == expected, name


@pytest.fixture(scope="module")
def corpus(shared_files):
    """(row of the manifest, what was extracted or None, code or None) of each file."""
    with (shared_files / "manifest.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    read = []
    with Worker() as worker:
        for row in rows:
            content = (shared_files / "corpus" / row["path"]).read_bytes()
            read.append((row, *outcome(worker.extract, content)))
    return read


def test_every_public_file_is_extracted_or_refused(corpus):
    counts = Counter(code for _, _, code in corpus)
    assert len(corpus) > 300
    assert counts[None] > 200
    assert counts["not_pdf_nor_xml"] < 5


def test_every_valid_invoice_is_extracted(corpus):
    for row, _, code in corpus:
        if row["root"] == "CrossIndustryInvoice" and row["valid"] == "y":
            assert code is None, row["path"]


def test_the_header_is_what_the_manifest_says(corpus):
    for row, extracted, _ in corpus:
        if extracted is None:
            continue
        parsed, code = outcome(read_xml, extracted.xml)
        if code:
            assert (code, row["date"]) == ("date_implausible", "20260230")
            continue
        assert header(parsed) == expected_header(row), row["path"]


def header(parsed):
    return (
        parsed.type_code,
        parsed.number,
        parsed.issue_date.strftime("%Y%m%d"),
        parsed.currency,
        parsed.seller.name,
        parsed.total_untaxed,
        parsed.total,
        parsed.prepaid,
        parsed.due,
    )


def expected_header(row):
    texts = (" ".join(row[key].split()) for key in ("type", "number", "date"))
    amounts = (Decimal(row[key] or 0) for key in ("bt109", "bt112", "bt113", "bt115"))
    return *texts, row["currency"], " ".join(row["seller"].split()), *amounts


def test_no_public_file_claims_actifs(corpus):
    for row, extracted, _ in corpus:
        parsed = outcome(read_xml, extracted.xml)[0] if extracted else None
        assert parsed is None or parsed.actif_claim is None, row["path"]


def test_arithmetic_is_called_wrong_only_where_it_is(corpus):
    """None of the files that the standard accepts; CALC-00x name their rule."""
    broken = {}
    for row, extracted, _ in corpus:
        parsed = outcome(read_xml, extracted.xml)[0] if extracted else None
        faults = judge(parsed, today=parsed.issue_date) if parsed else ()
        rules = {f.facts["rule"] for f in faults if f.code == "inconsistent"}
        if rules:
            broken[row["path"]] = rules
            assert row["valid"] == "n", row["path"]
    calc = {path.split("/")[2]: r for path, r in broken.items() if "/CALC-" in path}
    assert calc == {"CALC-002": {"BR-CO-13"}, "CALC-003": {"BR-CO-14", "BR-CO-16"}}


def test_other_syntaxes_are_named(corpus):
    for row, _, code in corpus:
        if row["root"] in ("Invoice", "CreditNote", "FatturaElettronica"):
            assert code == "not_cii", row["path"]
        if row["root"] == "CrossIndustryDocument":
            assert code in ("not_cii", "several_invoices"), row["path"]
