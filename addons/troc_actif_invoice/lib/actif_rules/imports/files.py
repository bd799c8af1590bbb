"""The files of an import: CSV in any encoding, and archives looked at before reading.

Spreadsheets (XLSX) are archives of XML: what they hold is checked here, and read by the
addon with openpyxl.
"""

import csv
import io
import re
import zipfile
from pathlib import PurePosixPath

from ..errors import RuleError
from ..xml_encoding import as_utf8
from .rows import MAX_COLUMNS, MAX_ROWS, Table

MAX_BYTES = 200 * 1024 * 1024  # an archive with its pictures
MAX_TEXT = 30 * 1024 * 1024  # what is read of it as tables
MAX_MEMBERS = 50_000
MAX_RATIO = 200
MAX_CELL = 50_000
_DELIMITERS = ";,\t|"
# "é" and its like as utf-8 writes them: no French word of cp1252 holds these two
_BROKEN_UTF8 = re.compile(rb"\xc3[\xa0-\xbf]")
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")


def kind_of(content: bytes) -> str:
    """ "xlsx", "zip" or "csv" by what the file is, whatever its name says.

    Raises `import_too_large`, `import_damaged` and `import_unknown`.
    """
    if len(content) > MAX_BYTES:
        raise RuleError("import_too_large", value=MAX_BYTES // 1024 // 1024)
    if content.startswith(b"PK"):
        names = open_archive(content).namelist()
        return "xlsx" if "xl/workbook.xml" in names else "zip"
    # old Excel, PDF, pictures: their first bytes are no text
    if b"\x00" in content[:4096] or content.startswith((b"\xd0\xcf", b"%PDF")):
        raise RuleError("import_unknown")
    return "csv"


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The archive, once its sizes were looked at.  Nothing of it is unpacked yet."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise RuleError("import_damaged") from error
    if len(infos) > MAX_MEMBERS:
        raise RuleError("import_too_large", value=MAX_BYTES // 1024 // 1024)
    for info in infos:
        _check_member(info)
    if sum(info.file_size for info in infos) > 2 * MAX_BYTES:
        raise RuleError("import_bomb")
    return archive


def _check_member(info):
    if info.flag_bits & 0x1:
        raise RuleError("import_encrypted")
    if info.file_size > 10_000 and info.file_size > MAX_RATIO * info.compress_size:
        raise RuleError("import_bomb")


def read_member(archive, name: str, limit: int = MAX_TEXT) -> bytes:
    """One file of an archive, of at most `limit` bytes whatever its header says."""
    try:
        with archive.open(name) as stream:
            content = stream.read(limit + 1)
    except (KeyError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise RuleError("import_damaged") from error
    except (OSError, EOFError, zipfile.zlib.error) as error:
        raise RuleError("import_damaged") from error
    if len(content) > limit:
        raise RuleError("import_bomb")
    return content


def check_workbook(content: bytes) -> None:
    """Look at an XLSX before a library reads it: sizes, and no entities in its XML."""
    archive = open_archive(content)
    total = 0
    for info in archive.infolist():
        if info.filename.endswith((".xml", ".rels", ".vml")):
            part = read_member(archive, info.filename)
            total += len(part)
            _check_part(info.filename, part)
        if total > 4 * MAX_TEXT:
            raise RuleError("import_bomb")


def _check_part(name, part):
    """No entities, nor an encoding in which they, or figures, stand unseen.

    Old drawings (VML) are no XML, and no library reads them here.
    """
    try:
        text = part if name.endswith(".vml") else as_utf8(part)
    except RuleError as error:
        raise RuleError("import_damaged") from error
    flat = text.replace(b"\x00", b"").upper()
    if any(word in flat for word in _ENTITIES):
        raise RuleError("import_damaged")


def tables_of_zip(content: bytes) -> list[Table]:
    """The tables of the CSV files at the top of an archive, each by its name."""
    archive = open_archive(content)
    tables = []
    for info in archive.infolist():
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if len(path.parts) == 1 and path.suffix.lower() == ".csv":
            tables.append(table_of_csv(read_member(archive, info.filename), path.stem))
    return tables


def table_of_csv(content: bytes, name: str = "") -> Table:
    """The table of a CSV file: utf-8 or cp1252; `;`, `,`, `|` or tabulator."""
    if len(content) > MAX_TEXT:
        raise RuleError("import_too_large", value=MAX_TEXT // 1024 // 1024)
    text = _decode(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows = []
    try:
        for cells in reader:
            if len(rows) > MAX_ROWS + 10:
                raise RuleError("import_rows", value=MAX_ROWS)
            # one blank row stays one row: numbers are those of the file
            rows.append([cell[:MAX_CELL] for cell in cells[:MAX_COLUMNS]])
    except csv.Error as error:
        raise RuleError("import_damaged") from error
    return Table(name, rows)


def _decode(content):
    """Utf-8, else what French Windows writes; nothing is guessed beyond these.

    Raises `import_encoding` for what is neither, or utf-8 that was broken on its way:
    read as cp1252 it would fill the network with "Ã©".
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _BROKEN_UTF8.search(content):
            raise RuleError("import_encoding") from error
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise RuleError("import_encoding") from error


def _delimiter(text):
    """The sign that occurs most in the first line that has one, outside quotes."""
    for line in text.splitlines()[:5]:
        plain = "".join(line.split('"')[::2])
        best = max(_DELIMITERS, key=plain.count)
        if plain.count(best):
            return best
    return ";"
