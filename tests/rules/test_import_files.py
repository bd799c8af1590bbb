"""Files of an import: what they are, what is read of them, what is refused unread."""

import io
import zipfile

import pytest

from actif_rules.errors import RuleError
from actif_rules.imports import files as import_files


def zipped(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def refused(code, act, *args):
    with pytest.raises(RuleError) as caught:
        act(*args)
    assert caught.value.code == code


def rows(content):
    return import_files.table_of_csv(content).rows


def test_french_windows_and_utf8_are_read_alike():
    text = "Raison sociale;SIREN\r\nCafé de l'Évêché – Œuvre;732829320\r\n"
    expected = [["Raison sociale", "SIREN"], ["Café de l'Évêché – Œuvre", "732829320"]]
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        assert rows(text.encode(encoding)) == expected


@pytest.mark.parametrize(
    "content",
    [
        "Société;Évêché".encode() + b";\xff",  # utf-8 with a broken byte
        b"nom\r\nCaf\x81\x8d",  # of no French encoding
    ],
)
def test_letters_that_would_come_out_wrong_are_refused(content):
    refused("import_encoding", import_files.table_of_csv, content)


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_sign_between_cells_is_found(sign):
    text = f'"a, b; c"{sign}SIREN{sign}Solde\n"x"{sign}1{sign}2\n'
    assert rows(text.encode())[1] == ["x", "1", "2"]


def test_a_blank_row_counts_so_that_lines_are_those_of_the_file():
    assert rows(b"a;b\n\n1;2\n") == [["a", "b"], [], ["1", "2"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0 old excel", "import_unknown"),
        (b"%PDF-1.7", "import_unknown"),
        ("Raison sociale".encode("utf-16"), "import_unknown"),
        (b"PK\x03\x04 no archive", "import_damaged"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content, code):
    refused(code, import_files.kind_of, content)


def test_a_file_of_any_name_is_what_it_is():
    assert import_files.kind_of(b"a;b") == "csv"
    assert import_files.kind_of(zipped(membres__csv="a;b")) == "zip"
    assert import_files.kind_of(zipped(**{"xl/workbook__xml": "<x/>"})) == "xlsx"


def test_a_huge_file_is_refused_unread(monkeypatch):
    monkeypatch.setattr(import_files, "MAX_BYTES", 10)
    refused("import_too_large", import_files.kind_of, b"a;b;c;d;e;f;g")


def test_a_zip_bomb_is_refused_unpacked_nowhere():
    bomb = zipped(membres__csv=b"0" * 50_000_000)
    assert len(bomb) < 100_000
    refused("import_bomb", import_files.kind_of, bomb)
    refused("import_bomb", import_files.tables_of_zip, bomb)


def test_a_member_larger_than_its_header_says_is_cut():
    content = zipped(membres__csv="a;b\n" * 100)
    archive = import_files.open_archive(content)
    refused("import_bomb", import_files.read_member, archive, "membres.csv", 100)


def test_a_workbook_with_entities_is_refused():
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    book = zipped(**{"xl/workbook__xml": "<x/>", "xl/sharedStrings__xml": evil})
    refused("import_damaged", import_files.check_workbook, book)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_workbook_is_looked_through_in_any_encoding_of_its_format(encoding):
    evil = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    good, bad = (
        zipped(**{"xl/workbook__xml": "<x/>", "xl/s__xml": part.encode(encoding)})
        for part in ("<x>é</x>", evil)
    )
    import_files.check_workbook(good)
    refused("import_damaged", import_files.check_workbook, bad)


@pytest.mark.parametrize(
    "part",
    [
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x><x/>',
        b'<?xml version="1.0" encoding="UTF-7"?><x>1+ADA-</x>',
        '<?xml version="1.0" encoding="cp037"?><x/>'.encode("cp037"),
        "<x/>".encode("utf-32"),
        b"<x>\xe9</x>",
    ],
)
def test_a_workbook_that_others_read_differently_is_refused(part):
    book = zipped(**{"xl/workbook__xml": "<x/>", "xl/worksheets/s__xml": part})
    refused("import_damaged", import_files.check_workbook, book)


def test_drawings_that_are_no_xml_are_no_obstacle():
    book = zipped(**{"xl/workbook__xml": "<x/>", "xl/d__vml": b"<br>\xe9"})
    import_files.check_workbook(book)


def test_only_tables_at_the_top_of_a_zip_are_read():
    content = zipped(
        **{"membres__csv": "a;b", "membres/x/y__csv": "c", "../evil__csv": "d"}
    )
    assert [t.name for t in import_files.tables_of_zip(content)] == ["membres"]


def test_too_many_rows_are_refused():
    refused("import_rows", import_files.table_of_csv, b"a;b\n" * 20_020)
