"""The text of an XML file: one, whoever reads it.

XML names its own encoding, and libxml2 knows hundreds of them. In UTF-7 a total can
stand that no one sees who reads the file as text; a wrong name, or none, lets two
programs read two texts. So we decode ourselves, strictly, the few encodings that
invoices are written in, and a parser is given nothing but UTF-8 that says so. Neither
the bytes that are kept nor their SHA-256 are touched.
"""

import re

from .errors import RuleError
from .text import clean

_OURS = '<?xml version="1.0" encoding="UTF-8"?>'

# Which of the names that XML declares (IANA's, and those seen in files) are read.
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf16"), "utf-16"),
    **dict.fromkeys(("utf-16le", "utf-16-le"), "utf-16-le"),
    **dict.fromkeys(("utf-16be", "utf-16-be"), "utf-16-be"),
    **dict.fromkeys(
        "iso-8859-1 iso8859-1 iso_8859-1 iso88591 latin1 latin-1 l1".split(),
        "iso-8859-1",
    ),
    **dict.fromkeys(
        "iso-8859-15 iso8859-15 iso_8859-15 iso885915 latin9 latin-9 l9".split(),
        "iso-8859-15",
    ),
    **dict.fromkeys(("windows-1252", "cp1252", "cp-1252", "x-cp1252"), "cp1252"),
}
# A byte order mark, the encoding of what follows, and the names that agree with it.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", ("utf-8",)),
    (b"\xff\xfe", "utf-16-le", ("utf-16", "utf-16-le")),
    (b"\xfe\xff", "utf-16-be", ("utf-16", "utf-16-be")),
)
_ONE_BYTE = ("iso-8859-1", "iso-8859-15", "cp1252")
# How files begin that a parser knows without being told: "<" or "<?xm", or a mark.
_EBCDIC = b"\x4c\x6f\xa7\x94"
_STARTS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"<\0\0\0", "UTF-32"),
    (b"\0\0\0<", "UTF-32"),
    (_EBCDIC, "EBCDIC"),
)
_UNMARKED_UTF16 = (b"<\0", b"\0<")

_S, _NAME = r"[ \t\r\n]", r"""[^"'<>]*"""
_EQUALS = f"{_S}*={_S}*"
_DECLARATION = re.compile(
    rf"""<\?xml{_S}+version{_EQUALS}(?P<q>["'])1\.[0-9]+(?P=q)"""
    rf"""(?:{_S}+encoding{_EQUALS}(?P<r>["'])(?P<encoding>{_NAME})(?P=r))?"""
    rf"""(?:{_S}+standalone{_EQUALS}(?P<s>["'])(?:yes|no)(?P=s))?{_S}*\?>"""
)
_CONTROLS = re.compile("[\x80-\x9f]")


def as_utf8(xml: bytes) -> bytes:
    """The same document in UTF-8, with a declaration that says so: for a parser.

    Lines keep their numbers. What only looks like a declaration stays, behind ours,
    where no parser takes it.

    Raises `encoding_unknown` for an encoding that is not read, by its name, and
    `encoding_mismatch` for one that is declared, or meant where none is, and that the
    bytes are not in.
    """
    text = _text(xml)
    found = _DECLARATION.match(text)
    end = found.end() if found else 0
    return f"{_OURS}{_line_feeds(text[:end])}{text[end:]}".encode()


def begins_in_ebcdic(content: bytes) -> bool:
    """True for "<?xm" in EBCDIC, which parsers know although nobody declares it."""
    return content.startswith(_EBCDIC)


def _text(xml: bytes) -> str:
    _refuse_by_start(xml)
    for mark, codec, agreeing in _MARKS:
        if xml.startswith(mark):
            return _decoded(xml[len(mark) :], codec, agreeing)
    return _decoded(xml, None, ("utf-8", *_ONE_BYTE))


def _refuse_by_start(xml: bytes) -> None:
    for start, name in _STARTS:
        if xml.startswith(start):
            raise RuleError("encoding_unknown", encoding=name)
    if xml.startswith(_UNMARKED_UTF16):
        raise RuleError("encoding_mismatch", encoding="UTF-16")


def _decoded(content: bytes, codec: str | None, agreeing: tuple[str, ...]) -> str:
    """The text, in the encoding of the mark or else in the declared one."""
    declared = _declared(content.decode(codec or "iso-8859-1", "replace"))
    meant = "UTF-16" if codec and codec.startswith("utf-16") else "UTF-8"
    name = meant if declared is None else declared
    stated = _CODECS.get(name.lower())
    if stated is None:
        raise RuleError("encoding_unknown", encoding=clean(name, 40))
    text = _strictly(content, codec or stated)
    if stated not in agreeing or text is None or _ambiguous(content, text, stated):
        raise RuleError("encoding_mismatch", encoding=name)
    return text


def _declared(text: str) -> str | None:
    """The encoding that the declaration names; None when it names none."""
    found = _DECLARATION.match(text)
    return found and found["encoding"]


def _strictly(content: bytes, codec: str) -> str | None:
    """The text; None where the bytes are not in this encoding."""
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def _ambiguous(content: bytes, text: str, stated: str) -> bool:
    """True for a file of one byte a letter that others read otherwise.

    Bytes 80 to 9F are control characters in ISO 8859, and "€" or "…" to all who take
    that name for Windows-1252, as browsers must. Bytes that make UTF-8 throughout are
    UTF-8 under a wrong name: French letters do not do so by chance.
    """
    if stated not in _ONE_BYTE or content.isascii():
        return False
    return bool(_CONTROLS.search(text)) or _strictly(content, "utf-8") is not None


def _line_feeds(text: str) -> str:
    return "\n" * text.count("\n")
