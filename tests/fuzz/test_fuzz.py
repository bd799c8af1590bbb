"""Spoiled files of every kind: read, or refused with a code; nothing else comes out.

A short run by default, the same at each time. TROC_FUZZ=20000 spoils so many files of
each kind, TROC_FUZZ_SEED=1 others; a failure names the seed and number of its file.
"""

import os
import random
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal

import mutations
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_samples import FIXTURES, SHARED, edited, pdf_showing

from actif_rules.errors import RuleError
from actif_rules.facturx.claim import split_claim
from actif_rules.facturx.extract import borrowed, extract, page_text
from actif_rules.facturx.facts import NAMES, facts, from_json, to_json
from actif_rules.facturx.judge import judge
from actif_rules.facturx.reader import read_xml

TODAY = date(2026, 2, 20)
SEED = os.environ.get("TROC_FUZZ_SEED", "0")
COUNT = int(os.environ.get("TROC_FUZZ", "0"))
REFUSALS = {
    "date_implausible",
    "encoding_mismatch",
    "encoding_unknown",
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
VERDICTS = {
    "ambiguous_claim",
    "amount_not_positive",
    "date_implausible",
    "inconsistent",
    "no_claim",
    "no_preceding",
    "not_euro",
    "same_party",
    "type_unsupported",
}
SPLITS = {
    "actif_part_zero",
    "ambiguous_claim",
    "amount_not_positive",
    "untaxed_above_total",
}
PAGE = ["Facture FA-2026-001 du 15/02/2026", "Total 1 200,00 €", "50% Actif"]


@pytest.fixture(scope="session")
def xmls():
    """Good invoices: ours, and public ones where they are."""
    found = [path.read_bytes() for path in sorted(FIXTURES.glob("*.xml"))]
    public = sorted(SHARED.glob("corpus/ZUGFeRD__mustangproject/**/*.xml"))[::12]
    return [*found, *(path.read_bytes() for path in public)]


@pytest.fixture(scope="session")
def pdfs(xmls):
    """Good PDFs: with text and an invoice, and public ones where they are."""
    ours = pdf_showing(PAGE, PAGE, attachments=[("factur-x.xml", xmls[0])])
    public = sorted(SHARED.glob("corpus/**/*.pdf"))[::9]
    small = [path.read_bytes() for path in public if path.stat().st_size < 200_000]
    return [ours, ours, *small]


def spoiled(kind, short):
    """(what to tell of a failure, random numbers) for each file of a kind."""
    for number in range(COUNT or short):
        name = f"TROC_FUZZ_SEED={SEED} {kind} {number}"
        yield name, random.Random(name)


def checked(name, act, *arguments):
    """What `act` gives, None for a refusal; fails for anything else."""
    try:
        return act(*arguments)
    except RuleError as error:
        assert error.code in REFUSALS, f"{name}: {error}"
        assert error.facts.get("detail") != "crash", name
        assert str(error) and len(repr(error.facts)) < 5000, name
    except Exception as error:
        raise AssertionError(f"{name}: {type(error).__name__} {error}") from error
    return None


def use(parsed):
    """Everything that is done with an invoice once it is read."""
    assert_sound(parsed)
    faults = judge(parsed, today=TODAY)
    assert {fault.code for fault in faults} <= VERDICTS
    assert all(map(str, faults))
    for page in (None, "\n".join(PAGE), parsed.number):
        told = facts(parsed, page)
        assert tuple(fact.code for fact in told) == NAMES
        assert from_json(to_json(told)) == told
    for base in ("total", "untaxed"):
        if parsed.actif_claim:
            assert_split(parsed, base)


def assert_split(parsed, base):
    try:
        made = split_claim(
            parsed.actif_claim,
            total=parsed.total,
            untaxed=parsed.total_untaxed,
            base=base,
        )
    except RuleError as error:
        assert error.code in SPLITS
    else:
        assert 0 < made.actif <= made.total == made.actif + made.cash


def assert_sound(parsed):
    """Texts that are shown are clean; amounts are cents; dates are days."""
    for field in fields(parsed):
        value = getattr(parsed, field.name)
        if isinstance(value, Decimal):
            assert value.is_finite() and value == round(value, 2)
        if isinstance(value, str):
            assert value == "" or value.isprintable()
        assert not isinstance(value, datetime)
    for party in (parsed.seller, parsed.buyer):
        assert party.name.isprintable() and party.name.strip() == party.name
        assert party.siren is None or len(party.siren) == 9


def read_and_use(xml):
    use(read_xml(xml))
    return True


# --- XML, in our own process -------------------------------------------------------


def test_xml_with_spoiled_elements(xmls):
    """Most stay well-formed, and so reach every corner of the reader."""
    read = 0
    for name, rng in spoiled("tree", 1000):
        xml = mutations.of_tree(rng, rng.choice(xmls))
        read += bool(checked(name, read_and_use, xml))
    assert read > (COUNT or 1000) / 20, "mutations too wild to test anything"


def test_xml_with_spoiled_bytes(xmls):
    read = 0
    for name, rng in spoiled("xml", 1500):
        xml = mutations.of_bytes(rng, rng.choice(xmls), xmls)
        read += bool(checked(name, read_and_use, xml))
    assert read > (COUNT or 1500) / 50, "mutations too wild to test anything"


# --- whole files, through the child ------------------------------------------------


def test_pdf_with_spoiled_bytes(pdfs):
    read = seen = 0
    for name, rng in spoiled("pdf", 120):
        pdf = mutations.of_bytes(rng, rng.choice(pdfs), pdfs)
        found = checked(name, extract, pdf)
        read += bool(found and checked(name, read_and_use, found.xml))
        seen += bool(checked(name, page_text, pdf))
    assert min(read, seen) > (COUNT or 120) / 50, "mutations too wild"


def test_pdf_with_a_spoiled_invoice(xmls):
    """What the schema lets pass, the reader either takes or refuses."""
    for name, rng in spoiled("embedded", 300):
        pdf = pdf_showing([], attachments=[("factur-x.xml", spoiled_xml(rng, xmls))])
        found = checked(name, extract, pdf)
        if found:
            checked(name, read_and_use, found.xml)


def spoiled_xml(rng, xmls):
    xml = rng.choice(xmls)
    if rng.random() < 0.7:
        return mutations.of_tree(rng, xml)
    return mutations.of_bytes(rng, xml, xmls)


# --- hypothesis --------------------------------------------------------------------

# What may stand in XML: not the surrogates, nor most control characters.
LEGAL = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"
)
PLACES = {
    "number": "FA-2026-001",
    "seller": "Boulangerie Durand",
    "terms": "Paiement par compensation en 50% Actif",
    "amount": "1200.00",
    "day": "20260215",
    "vat": "FR44732829320",
    "siren": "732829320",
}


@settings(max_examples=max(300, COUNT // 10))
@given(st.dictionaries(st.sampled_from(sorted(PLACES)), st.text(LEGAL, max_size=60)))
def test_any_text_in_any_place(sample, texts):
    escape = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
    changes = [(PLACES[key], text.translate(escape)) for key, text in texts.items()]
    changes.sort(key=lambda change: -len(change[0]))
    xml = sample
    for old, new in changes:
        xml = edited(xml, (old, new)) if old in xml.decode() else xml
    checked(str(texts), read_and_use, xml)


@settings(max_examples=max(150, COUNT // 10))
@given(st.sampled_from([b"%PDF-1.7\n", b"<", b"\xff\xfe<\0", b""]), st.binary())
def test_any_bytes(start, content):
    with borrowed() as worker:
        checked("bytes", worker.extract, start + content)
        checked("bytes", worker.page_text, start + content)
        assert worker.alive
