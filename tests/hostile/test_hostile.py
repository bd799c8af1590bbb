"""Every hostile file is refused for what it is, within bounds that are measured."""

import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from rules_processes import peak_memory
from rules_samples import LIB, pdf_with, two_totals

from actif_rules.errors import RuleError
from actif_rules.facturx.extract import Worker
from actif_rules.facturx.facts import facts
from actif_rules.facturx.judge import judge
from actif_rules.facturx.reader import read_xml

TODAY = date(2026, 2, 20)
MAX_SECONDS = 5.5  # five of the child, and its start
# Five times what a good file takes, and a quarter of what the child may take.
MAX_BYTES = 128 * 1024 * 1024

# What is wrong with each file: the code, and why; None: odd, but a good invoice.
HOSTILE = {
    "billion_laughs.xml": "not_cii damaged_xml",
    "bogus_ns.xml": "not_cii CrossIndustryInvoice",
    "bom.xml": None,
    "comment_in_amount.xml": None,
    "deep_nesting.xml": "not_cii damaged_xml",
    "deflate_bomb_300MB.pdf": "too_big xml",
    "deflate_bomb_double_2GB.pdf": "too_big xml",
    "empty.pdf": "not_pdf_nor_xml unknown",
    "empty_attachment.pdf": "not_cii not_xml",
    "enc_empty_user_aes256.pdf": "encrypted",
    "enc_empty_user_rc4.pdf": "encrypted",
    "enc_user_aes256.pdf": "encrypted",
    "enc_user_rc4.pdf": "encrypted",
    "entity_internal.xml": "not_cii doctype",
    "exe_named_xml.pdf": "not_cii not_xml",
    "garbage.pdf": "not_pdf_nor_xml unknown",
    "good.pdf": None,
    "guid_key_uf_facturx.pdf": None,
    "html_named.pdf": "not_cii html",
    "huge_number.xml": "xsd_invalid",
    "iso8859.xml": None,
    "key_facturx_uf_other.pdf": None,
    "kids_loop.pdf": "no_invoice_inside",
    "kids_nametree.pdf": None,
    "laughs_in_pdf.pdf": "not_cii damaged_xml",
    "many_attachments_2000.pdf": "too_big attachments",
    "name_nul_html.pdf": None,
    "name_other.pdf": None,
    "name_traversal.pdf": None,
    "name_upper.pdf": None,
    "nan_amount.xml": "xsd_invalid",
    "no_attachment.pdf": "no_invoice_inside",
    "not_xml_attachment.pdf": "not_cii not_xml",
    "prefix_junk.pdf": None,
    "quadratic.xml": "not_cii damaged_xml",
    "rtl_control_chars.xml": None,
    "startxref_loop.pdf": None,
    **dict.fromkeys(
        (f"trunc_{n}.pdf" for n in (100, 1069, 1073, 15, 2108, 2116)),
        "not_pdf_nor_xml damaged",
    ),
    "trunc_1.pdf": "not_pdf_nor_xml unknown",
    "two_grand_totals.xml": "xsd_invalid",
    "two_xml_conflicting.pdf": "several_invoices",
    "two_xml_zugferd_and_facturx.pdf": "several_invoices",
    "utf16.xml": None,
    "xref_huge.pdf": "not_pdf_nor_xml damaged",
    "xxe_file.xml": "not_cii doctype",
    "xxe_http.xml": "not_cii doctype",
    "xxe_in_pdf.pdf": "not_cii doctype",
    "xxe_param_dtd.xml": "not_cii doctype",
}


@pytest.fixture(params=sorted(HOSTILE))
def hostile(request, shared_files):
    """(name, content) of a hostile file."""
    return request.param, (shared_files / "hostile" / request.param).read_bytes()


def test_the_files_are_the_ones_we_know(shared_files):
    assert {path.name for path in (shared_files / "hostile").iterdir()} == set(HOSTILE)


def measured(content, act):
    """What `act(worker, content)` gives in a fresh child, or what it refuses with.

    Fails when that takes too long or too much memory.
    """
    start = time.monotonic()
    with Worker() as worker:
        try:
            found = act(worker, content)
        except RuleError as error:
            found = told(error)
        assert worker.alive, "it was ended, for time or for memory"
        assert peak_memory(worker.pid) < MAX_BYTES
    assert time.monotonic() - start < MAX_SECONDS
    return found


def told(error):
    """The code, and in one word why."""
    why = (error.facts.get(key) for key in ("found", "what", "reason"))
    return " ".join([error.code, *(word for word in why if isinstance(word, str))])


def test_a_hostile_file_is_refused_within_bounds(hostile):
    name, content = hostile
    found = measured(content, lambda worker, content: worker.extract(content))

    if HOSTILE[name]:
        assert found == HOSTILE[name]
        return
    parsed = read_xml(found.xml)
    assert (parsed.number, parsed.total) == ("FA-2026-001", Decimal(1200))
    assert parsed.seller.name == "Boulangerie Durand"
    assert judge(parsed, today=TODAY) == ()


def test_a_total_that_only_some_programs_see_is_never_read(sample):
    """1200.00 in ASCII, 9200.00 in UTF-7: read as the former, refused as the latter."""
    xml = two_totals(sample)
    for content in (xml, pdf_with(("factur-x.xml", xml))):
        found = measured(content, lambda worker, content: worker.extract(content))
        assert read_xml(found.xml).total == Decimal(1200)
    xml = xml.replace(b'"UTF-8"', b'"UTF-7"')
    for content in (xml, pdf_with(("factur-x.xml", xml))):
        found = measured(content, lambda worker, content: worker.extract(content))
        assert found == "encoding_unknown"


def test_the_pages_of_a_hostile_file_are_read_within_bounds(hostile):
    _, content = hostile
    text = measured(content, lambda worker, content: worker.page_text(content))
    assert text is None or text.replace("\n", "").isprintable()


def test_the_names_of_attachments_are_harmless(shared_files):
    names = {}
    with Worker() as worker:
        for name in ("name_nul_html.pdf", "name_traversal.pdf", "name_other.pdf"):
            content = (shared_files / "hostile" / name).read_bytes()
            names[name] = worker.extract(content).attachment_name
    # Cleaned, but as they are: whoever shows one escapes it, and nobody opens it.
    assert names["name_nul_html.pdf"] == "<img src=x onerror=alert(1)>.xml"
    assert names["name_traversal.pdf"].startswith("../../")
    assert not Path("/tmp/research/D/pwned").exists()


IN_OUR_PROCESS = """
import resource, sys
sys.path.insert(0, sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (512 * 2**20,) * 2)
from actif_rules.facturx.reader import read_xml
from actif_rules.errors import RuleError
for name in sys.argv[2:]:
    try:
        print(read_xml(open(name, "rb").read()).number)
    except RuleError as error:
        print(error.code)
"""


def test_the_reader_holds_without_the_child_too(shared_files):
    """It runs in the server: it trusts what the child gives no more than the file."""
    names = sorted(name for name in HOSTILE if name.endswith(".xml"))
    files = [shared_files / "hostile" / name for name in names]
    command = [sys.executable, "-c", IN_OUR_PROCESS, LIB, *files]
    done = subprocess.run(command, capture_output=True, timeout=20, text=True)

    assert done.stderr == ""
    expected = [(HOSTILE[name] or "FA-2026-001").split()[0] for name in names]
    assert done.stdout.split() == expected


# --- the heaviest that may come in -------------------------------------------------

NOTE = "<ram:IncludedNote><ram:Content>50% Actif</ram:Content></ram:IncludedNote>"
MEANS = (
    "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>97</ram:TypeCode>"
    "<ram:Information>100% Actif</ram:Information>"
    "</ram:SpecifiedTradeSettlementPaymentMeans>"
)
FULL = 1024 * 1024


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        ("</rsm:ExchangedDocument>", NOTE),
        ("<ram:SpecifiedTradeSettlementPaymentMeans>", MEANS),
        ("Paiement par compensation en 50% Actif</ram:Desc", "50% Actif 20,00 € "),
        ("Paiement par compensation en 50% Actif</ram:Desc", "\n1 000 000,00 Actif, "),
        ("Paiement par compensation en 50% Actif</ram:Desc", "&#x2028;pas en Actif "),
        ("Boulangerie Durand", "&lt;"),
        ("FA-2026-001", "&#x300;"),
        ("<ram:ApplicableTradeTax>", "<ram:ApplicableTradeTax/>"),
    ],
)
def test_a_full_megabyte_of_anything_is_read_in_time(sample, before, piece):
    text = sample.decode()
    assert before in text
    count = (FULL - len(text.encode())) // len(piece.encode())
    xml = text.replace(before, piece * count + before, 1).encode()
    assert FULL - 100 < len(xml) <= FULL
    found = measured(xml, lambda worker, content: worker.extract(content))
    start = time.monotonic()
    if not isinstance(found, str):
        parsed = read_xml(found.xml)
        assert len(facts(parsed, "50% Actif " * 10_000)) == 13
    else:
        assert found == "xsd_invalid"
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "piece", [" ", "\n", "x", "' encoding='", "?", " version='1.0'"]
)
@pytest.mark.parametrize("start", ["<?xml", "<?xml version='1.0' encoding='"])
def test_a_declaration_without_end_is_refused_in_time(start, piece, codec):
    content = (start + piece * (FULL // 3 // len(piece))).encode(codec)
    found = measured(content, lambda worker, content: worker.extract(content))
    assert found == "not_cii damaged_xml"
