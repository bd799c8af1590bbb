"""The invoice inside a PDF: which attachment it is, and its bytes; and the pages' text.

Runs in the extraction child only. An attachment is known by its /UF or /F name and by
the root element of its XML, never by the key of the name tree, which real software
fills with anything. Two business documents in one file are refused: nobody could tell
which of them the reader of the PDF agreed to.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, islice

import pypdf
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from ..errors import RuleError
from ..text import clean
from .cii import CII, MAX_XML_BYTES, kind_of, looks_like_xml, parse
from .protocol import MAX_PAGES, MAX_TEXT_BYTES

MAX_ATTACHMENTS = 20
MAX_INFLATED_BYTES = 20 * 1024 * 1024
MAX_TREE_NODES = 500
ACCEPTED_NAMES = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"})
BUSINESS_KINDS = frozenset({CII, "UBL", "ZUGFeRD 1.0", "Order-X", "FatturaPA"})


@dataclass(frozen=True)
class Attachment:
    """One embedded file: its cleaned name, its bytes (None when too big), its kind.

    `kind` is what `cii.kind_of` says; `refusal` why the XML could not be read.
    """

    name: str
    data: bytes | None
    kind: str | None = None
    refusal: RuleError | None = None

    @property
    def accepted_name(self) -> bool:
        """True for one of the names that the standards give."""
        return self.name.lower() in ACCEPTED_NAMES

    @property
    def too_big(self) -> bool:
        """True for an XML that inflates beyond what is read."""
        return self.data is None and self.name.lower().endswith(".xml")

    @property
    def others_may_read(self) -> bool:
        """True for what we do not read, and a program less strict than ours may.

        In another encoding under any name; with a DOCTYPE, damaged or too big under
        one of those that programs look for.
        """
        if self.refusal and self.refusal.code.startswith("encoding_"):
            return True
        return self.accepted_name and (self.too_big or self.refusal is not None)


def invoice_in(content: bytes) -> Attachment:
    """The one invoice attached to a PDF.

    Raises `encrypted`, `too_big` (attachments, or the invoice inflated),
    `several_invoices`, `encoding_unknown`, `encoding_mismatch`, `not_cii`,
    `no_invoice_inside`, and `not_pdf_nor_xml` with reason "damaged" when the PDF
    cannot be read.
    """
    with _hostile():
        return _chosen(_attachments(content))


def text_in(content: bytes) -> str:
    """What can be read on the first pages, in lines; empty for a mere picture.

    Raises `encrypted`, and `not_pdf_nor_xml` with reason "damaged".
    """
    with _hostile():
        pages = islice(_open(content).pages, MAX_PAGES)
        texts = [_printable(page.extract_text()) for page in pages]
        return "\n".join(texts)[:MAX_TEXT_BYTES]


@contextmanager
def _hostile() -> Iterator[None]:
    """Bounds what pypdf inflates, and makes one refusal of all that it raises."""
    pypdf.overwrite_configuration(
        zlib_maximum_output_length=MAX_INFLATED_BYTES,
        lzw_maximum_output_length=MAX_INFLATED_BYTES,
        run_length_maximum_output_length=MAX_INFLATED_BYTES,
        jbig2dec_binary=None,
    )
    try:
        yield
    except (RuleError, MemoryError):
        raise
    except Exception as error:
        # pypdf raises anything on hostile input: its own errors, KeyError,
        # AttributeError, RecursionError. All mean the same to the sender.
        raise RuleError(
            "not_pdf_nor_xml", reason="damaged", detail=type(error).__name__
        ) from None


def _printable(text: str) -> str:
    """Lines of printable characters; every other kind of space is made a plain one."""
    lines = ("".join(map(_character, line)) for line in text.splitlines())
    return "\n".join(filter(None, map(str.strip, lines)))


def _character(c: str) -> str:
    if c.isprintable():
        return c
    return " " if c.isspace() else ""


def _attachments(content: bytes) -> list[Attachment]:
    reader = _open(content)
    streams: dict[object, tuple[str, StreamObject]] = {}
    for name, stream in _files(reader):
        streams.setdefault(_identity(stream), (name, stream))
        if len(streams) > MAX_ATTACHMENTS:
            raise RuleError("too_big", what="attachments", limit=MAX_ATTACHMENTS)
    return [_attachment(name, stream) for name, stream in streams.values()]


def _open(content: bytes) -> pypdf.PdfReader:
    try:
        reader = pypdf.PdfReader(BytesIO(content))
    except Exception:
        # An encryption that pypdf does not know fails right here.
        if b"/Encrypt" in content:
            raise RuleError("encrypted") from None
        raise
    if reader.is_encrypted:
        raise RuleError("encrypted")
    return reader


# --- where a PDF keeps its files ---------------------------------------------------


def _files(reader: pypdf.PdfReader) -> Iterator[tuple[str, StreamObject]]:
    catalog = reader.root_object
    names = _dictionary(catalog.get("/Names"))
    tree = _leaves(_dictionary(names.get("/EmbeddedFiles")))
    for spec in chain(tree, _array(catalog.get("/AF"))):
        yield from _streams(_dictionary(spec))


def _leaves(root: DictionaryObject) -> Iterator[PdfObject]:
    """The values of a name tree. Loops, and trees without end, are cut."""
    waiting, seen = [root], set()
    while waiting and len(seen) < MAX_TREE_NODES:
        node = waiting.pop()
        if _identity(node) in seen:
            continue
        seen.add(_identity(node))
        yield from _array(node.get("/Names"))[1::2]
        waiting += [_dictionary(kid) for kid in _array(node.get("/Kids"))]


def _streams(spec: DictionaryObject) -> Iterator[tuple[str, StreamObject]]:
    """Both streams of a file specification: /UF and /F may be two different files."""
    files = _dictionary(spec.get("/EF"))
    for key in ("/UF", "/F"):
        stream = _resolved(files.get(key))
        if isinstance(stream, StreamObject):
            yield _name(spec), stream


def _name(spec: DictionaryObject) -> str:
    names = [clean(str(_resolved(spec.get(key)) or ""), 100) for key in ("/UF", "/F")]
    known = [name for name in names if name.lower() in ACCEPTED_NAMES]
    return (known or list(filter(None, names)) or [""])[0]


def _resolved(value: PdfObject | None) -> PdfObject | None:
    return value.get_object() if value is not None else None


def _dictionary(value: PdfObject | None) -> DictionaryObject:
    value = _resolved(value)
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _array(value: PdfObject | None) -> list[PdfObject]:
    value = _resolved(value)
    return list(value) if isinstance(value, ArrayObject) else []


def _identity(value: PdfObject) -> object:
    # Objects written in place have no such attribute.
    reference = getattr(value, "indirect_reference", None)
    return (reference.idnum, reference.generation) if reference else id(value)


# --- which of them is the invoice --------------------------------------------------


def _attachment(name: str, stream: StreamObject) -> Attachment:
    try:
        data = stream.get_data()
    except LimitReachedError:
        return Attachment(name, None)
    if not looks_like_xml(data):
        return Attachment(name, b"")
    if len(data) > MAX_XML_BYTES:
        return Attachment(name, None)
    try:
        return Attachment(name, data, kind_of(parse(data)))
    except RuleError as refusal:
        return Attachment(name, data, refusal=refusal)


def _chosen(attachments: list[Attachment]) -> Attachment:
    for attachment in attachments:
        # Not passed over for a better one: two programs would read two invoices.
        if attachment.others_may_read:
            raise _unread(attachment)
    documents = {a.data: a for a in attachments if a.kind in BUSINESS_KINDS}
    if len(documents) > 1:
        names = tuple(sorted(a.name for a in documents.values()))
        raise RuleError("several_invoices", found=names)
    for document in documents.values():
        if document.kind != CII:
            raise RuleError("not_cii", found=document.kind, name=document.name)
        return document
    raise _missing(attachments)


def _unread(attachment: Attachment) -> RuleError:
    refusal = attachment.refusal
    if refusal is None:
        return RuleError("too_big", what="xml", limit=MAX_XML_BYTES)
    return RuleError(refusal.code, name=attachment.name, **refusal.facts)


def _missing(attachments: list[Attachment]) -> RuleError:
    """Why there is no invoice: what an attachment with an invoice's name holds."""
    for attachment in attachments:
        if attachment.too_big:
            return _unread(attachment)
        if attachment.accepted_name:
            found = attachment.kind or "not_xml"
            return RuleError("not_cii", name=attachment.name, found=found)
    return RuleError("no_invoice_inside", found=tuple(a.name for a in attachments))
