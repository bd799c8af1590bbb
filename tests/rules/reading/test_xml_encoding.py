"""One file, one text: the encodings that are read, and all that two could differ on."""

import codecs
import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree
from rules_samples import edited, pdf_with, two_totals

from actif_rules.errors import RuleError
from actif_rules.facturx.extract import Worker
from actif_rules.facturx.reader import read_document, read_xml
from actif_rules.xml_encoding import as_utf8

SELLER = "Boulangerie Durand"
# Every name that stands for an encoding which is read, and how Python writes it.
NAMES = {
    "utf-8": ("UTF-8", "utf-8", "utf8", "UTF8"),
    "utf-8-sig": ("UTF-8", "utf8"),
    "utf-16-le": ("UTF-16", "utf-16", "utf16", "UTF-16LE", None),
    "utf-16-be": ("UTF-16", "utf16", "UTF-16BE", None),
    "iso-8859-1": ("ISO-8859-1", "iso-8859-1", "iso8859-1", "latin1", "Latin-1"),
    "iso-8859-15": ("ISO-8859-15", "iso8859-15", "latin9", "Latin-9"),
    "cp1252": ("windows-1252", "Windows-1252", "cp1252", "CP1252"),
}
MARKS = {
    "utf-8-sig": b"",  # Python's codec writes it
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
KINDS = [(codec, name) for codec, names in NAMES.items() for name in names]
ONE_BYTE = ("iso-8859-1", "iso-8859-15", "cp1252")
# What may stand in XML: any letter, the French ones oftener.
LETTERS = st.sampled_from("éèàçœŒ€É«»…’ÿž\xa0") | st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff<>&"
)


def declared(xml, name):
    """The sample's text with another encoding in its declaration; None: with none."""
    words = f' encoding="{name}"' if name else ""
    assert ' encoding="UTF-8"' in xml.decode()
    return xml.decode().replace(' encoding="UTF-8"', words)


def written(xml, codec, name):
    """The sample in an encoding, with a name that may be another's."""
    return MARKS.get(codec, b"") + declared(xml, name).encode(codec)


def headed(xml, head):
    """The sample with another XML declaration."""
    return head + xml[xml.index(b"?>") + 2 :]


def refusal_of(act, *arguments):
    with pytest.raises(RuleError) as refusal:
        act(*arguments)
    return refusal.value


def told(error):
    return error.code, error.facts.get("encoding")


@pytest.fixture(scope="module")
def worker():
    with Worker() as worker:
        yield worker


# --- what is read ------------------------------------------------------------------


@pytest.mark.parametrize(("codec", "name"), KINDS)
def test_an_encoding_is_read_under_each_of_its_names(sample, codec, name):
    assert read_xml(written(sample, codec, name)) == read_xml(sample)


@given(st.sampled_from(KINDS), st.text(LETTERS, min_size=1, max_size=40))
def test_any_text_reads_the_same_in_each_encoding(sample, kind, text):
    """Where its encoding has its letters, and nobody could take them for UTF-8."""
    codec, name = kind
    xml = edited(sample, (SELLER, f"A{text}Z"))
    try:
        content = written(xml, codec, name)
    except UnicodeEncodeError:
        assume(False)
    assume(codec not in ONE_BYTE or not is_utf8(content) or content.isascii())
    assert read_xml(content) == read_xml(xml)
    assert as_utf8(content).decode() == as_utf8(xml).decode()


def is_utf8(content):
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<?xml version='1.0'?>",
        b"<?xml version='1.0' encoding='utf-8'?>",
        b"<?xml\n version = '1.0'\r\n\tencoding\n=\n\"Utf-8\"\n?>",
        b'<?xml version="1.0" standalone="yes"?>',
        b"<?xml version=\"1.0\" encoding='UTF-8' standalone='no' ?>",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf<?xml version='1.0'?>",
        b"<?xml version='1.0'?><?xml-stylesheet href='x'?>",
    ],
)
def test_a_declaration_may_be_written_in_several_ways(sample, head):
    assert read_xml(headed(sample, head)) == read_xml(sample)


def test_lines_are_counted_as_in_the_file(sample):
    spoiled = edited(sample, ("<ram:TypeCode>380", "<ram:TypeCode>380<"))
    assert line_told(spoiled) == spoiled[: spoiled.index(b"380<<")].count(b"\n") + 1
    spread = headed(spoiled, b"<?xml\nversion='1.0'\nencoding='UTF-8'\n?>\n")
    assert line_told(spread) == line_told(spoiled) + 4


def line_told(xml):
    detail = refusal_of(read_xml, xml).facts["detail"]
    return int(re.search(r"line (\d+), col", detail)[1])


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "cp1252"])
def test_what_is_kept_are_the_bytes_received(worker, sample, codec):
    content = written(sample, codec, NAMES[codec][0])

    assert worker.extract(content).xml == content
    assert worker.extract(pdf_with(("factur-x.xml", content))).xml == content
    assert read_document(content) == replace(
        read_xml(sample), sha256=read_document(content).sha256
    )
    assert read_document(content).sha256 != read_document(sample).sha256


# --- encodings that are not read ---------------------------------------------------


def test_the_other_total_is_there_indeed(sample):
    xml = two_totals(sample)
    assert read_xml(xml).total == 1200
    parsed = etree.fromstring(declared(xml, "UTF-7").encode())
    (total,) = parsed.iter("{*}GrandTotalAmount")
    assert total.text == "9200.00"


@pytest.mark.parametrize(
    "name",
    [
        *("UTF-7", "utf7", "UNICODE-1-1-UTF-7", "UCS-4", "ISO-10646-UCS-2", "UTF-32"),
        *("IBM037", "cp037", "EBCDIC-CP-FR", "ISO-2022-JP", "HZ", "Shift_JIS", "GBK"),
        *("ISO-8859-2", "windows-1251", "macintosh", "US-ASCII", "KOI8-R", "SCSU"),
        *("UTF-8-W/O-BOM", "UTF8 ", " utf-8", "", "ISO-8859-1 5", "x" * 30),
    ],
)
def test_any_other_encoding_is_refused_by_its_name(worker, sample, name):
    content = declared(two_totals(sample), name).encode() if name else b""
    content = content or sample.replace(b"UTF-8", b"", 1)
    for document in (content, pdf_with(("factur-x.xml", content))):
        error = refusal_of(worker.extract, document)
        assert told(error) == ("encoding_unknown", name.strip())
    assert refusal_of(read_xml, content).code == "encoding_unknown"


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        *(("utf-32", "UTF-32"), ("utf-32-le", "UTF-32"), ("utf-32-be", "UTF-32")),
        *(("cp037", "EBCDIC"), ("cp500", "EBCDIC"), ("cp1140", "EBCDIC")),
    ],
)
@pytest.mark.parametrize("stated", ["UTF-8", "cp037", "UTF-32", None])
def test_bytes_of_another_encoding_are_known_whatever_they_say(
    worker, sample, codec, name, stated
):
    content = declared(sample, stated).encode(codec)
    for document in (content, pdf_with(("factur-x.xml", content))):
        assert told(refusal_of(worker.extract, document)) == ("encoding_unknown", name)


# --- declarations that say what is not so ------------------------------------------

MARK = codecs.BOM_UTF8
ACCENT = "Boulangerie Dürand"
# What is wrong: how the bytes are written, what they say of it, and what is told.
MISMATCHES = {
    "bytes that are no UTF-8": ("cp1252", "UTF-8", b"", "UTF-8"),
    "nothing said, and no UTF-8": ("cp1252", None, b"", "UTF-8"),
    "a mark of UTF-8 and latin": ("utf-8", "latin1", MARK, "latin1"),
    "a mark of UTF-8 and UTF-16": ("utf-8", "UTF-16", MARK, "UTF-16"),
    "a mark of UTF-8 before latin bytes": ("latin1", "UTF-8", MARK, "UTF-8"),
    "UTF-16 in bytes of UTF-8": ("utf-8", "UTF-16LE", b"", "UTF-16LE"),
    "UTF-16 that says UTF-8": ("utf-16", "UTF-8", b"", "UTF-8"),
    "UTF-16 that says latin": ("utf-16", "ISO-8859-1", b"", "ISO-8859-1"),
    "UTF-16 the other way round": (
        *("utf-16-be", "UTF-16LE", codecs.BOM_UTF16_BE, "UTF-16LE"),
    ),
    "UTF-16 without a mark": ("utf-16-le", "UTF-16", b"", "UTF-16"),
    "big UTF-16 without a mark": ("utf-16-be", "UTF-16BE", b"", "UTF-16"),
    "UTF-16 without mark or name": ("utf-16-be", None, b"", "UTF-16"),
    "UTF-8 that says latin": ("utf-8", "ISO-8859-1", b"", "ISO-8859-1"),
    "UTF-8 that says latin with the euro": ("utf-8", "latin9", b"", "latin9"),
    "UTF-8 that says Windows": ("utf-8", "cp1252", b"", "cp1252"),
}


@pytest.mark.parametrize("case", MISMATCHES)
def test_a_declaration_that_the_bytes_contradict_is_refused(worker, sample, case):
    codec, name, mark, encoding = MISMATCHES[case]
    xml = edited(sample, (SELLER, ACCENT))
    content = mark + declared(xml, name).encode(codec)
    for document in (content, pdf_with(("factur-x.xml", content))):
        error = refusal_of(worker.extract, document)
        assert told(error) == ("encoding_mismatch", encoding)
    assert told(refusal_of(read_xml, content)) == ("encoding_mismatch", encoding)


def test_bytes_of_ascii_are_no_utf16(sample):
    content = declared(two_totals(sample), "UTF-16").encode("ascii")
    assert told(refusal_of(read_xml, content)) == ("encoding_mismatch", "UTF-16")


def test_bytes_in_the_wrong_order_are_damage(sample):
    content = codecs.BOM_UTF16_BE + declared(sample, "UTF-16").encode("utf-16-le")
    assert refusal_of(read_xml, content).facts["found"] == "damaged_xml"


@pytest.mark.parametrize("name", ["ISO-8859-1", "ISO-8859-15", "windows-1252"])
@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x9D])
def test_a_byte_that_stands_for_no_letter_is_refused(sample, name, byte):
    content = declared(sample, name).replace("é", "e").encode("ascii")
    content = content.replace(b"Durand", b"Dur%cand" % byte)
    assert told(refusal_of(read_xml, content)) == ("encoding_mismatch", name)


@pytest.mark.parametrize("byte", range(0x80, 0xA0))
def test_latin_with_what_windows_writes_is_refused(sample, byte):
    """A control character by the standard, "€" or "…" to browsers and editors."""
    for name in ("ISO-8859-1", "ISO-8859-15"):
        content = declared(sample, name).replace("é", "e").encode("ascii")
        content = content.replace(b"Durand", b"D\xe9%crand" % byte)
        assert refusal_of(read_xml, content).code == "encoding_mismatch"


@pytest.mark.parametrize(
    "head",
    [
        b"<?xml version='1.0'?><?xml version='1.0' encoding='UTF-7'?>",
        b"<?xml version='1.0' encoding='UTF-8'?>\n<?xml version='1.0'?>",
        b"<?xml version='1.0' encoding='UTF-8' encoding='UTF-7'?>",
        b"<?xml encoding='UTF-7' version='1.0'?>",
        b"<?xml encoding='UTF-7'?>",
        b"<?xml version='1.0' encoding=UTF-7?>",
        b"<?xml version='1.0' encoding='UTF-7\"?>",
        b"<?xml version='1.0'encoding='UTF-7'?>",
        b"<?xml version='2.0'?>",
        b"<?xml version='1.0' standalone='yes' encoding='UTF-7'?>",
        b"<?xml version='1.0' standalone='maybe'?>",
        b"<?XML version='1.0' encoding='UTF-7'?>",
        b" <?xml version='1.0' encoding='UTF-7'?>",
        b"\n<?xml version='1.0' encoding='UTF-8'?>",
        b"\xef\xbb\xbf\xef\xbb\xbf",
        b"\xef\xbb\xbf\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>",
        b"\xef\xbb\xbf\n<?xml version='1.0' encoding='UTF-8'?>",
        b"<?xml version='1.0' encoding='UTF-8'?>\xef\xbb\xbf",
        b"<?xml\xc2\xa0version='1.0' encoding='UTF-7'?>",
        b"<?xml" + b" " * 100_000,
    ],
)
def test_a_declaration_that_is_none_is_damage(sample, head):
    error = refusal_of(read_xml, headed(two_totals(sample), head))
    assert (error.code, error.facts["found"]) == ("not_cii", "damaged_xml")


# --- whatever is written and whatever is said --------------------------------------

STATED = {name: codec for codec, names in NAMES.items() for name in names if name}
STATED |= dict.fromkeys(("UTF-16", "utf-16", "utf16"), "utf-16")


@given(
    st.sampled_from(sorted(NAMES)),
    st.sampled_from(sorted(STATED)),
    st.text(LETTERS, min_size=1, max_size=20),
)
def test_a_file_is_read_as_it_says_or_not_at_all(sample, codec, name, text):
    xml = edited(sample, (SELLER, f"A{text}Zé"))
    try:
        content = written(xml, codec, name)
    except UnicodeEncodeError:
        assume(False)
    try:
        read = as_utf8(content).decode()
    except RuleError as error:
        assert error.code == "encoding_mismatch"
    else:
        assert invoice(read) == invoice(content.decode(STATED[name]))


def invoice(text):
    return text[text.index("?>") :]
