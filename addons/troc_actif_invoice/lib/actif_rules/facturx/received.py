"""What was received, by its size and first bytes: told without opening it."""

from ..errors import RuleError
from .cii import MAX_XML_BYTES, looks_like_xml
from .protocol import MAX_FILE_BYTES

# PDF readers look for the header this far, so a file may begin with something else.
_PDF_HEADER_WITHIN = 1024


def kind_received(content: bytes) -> str:
    """What it is: "pdf" or "xml".

    Raises `too_big`, or `not_pdf_nor_xml`: also for a file that is both, because what
    a person sees in it need not be what a program reads.
    """
    if len(content) > MAX_FILE_BYTES:
        raise RuleError("too_big", what="file", limit=MAX_FILE_BYTES)
    pdf = b"%PDF-" in content[:_PDF_HEADER_WITHIN]
    xml = looks_like_xml(content)
    if pdf == xml:
        raise RuleError("not_pdf_nor_xml", reason="both" if pdf else "unknown")
    if xml and len(content) > MAX_XML_BYTES:
        raise RuleError("too_big", what="xml", limit=MAX_XML_BYTES)
    return "pdf" if pdf else "xml"


def is_pdf(content: bytes) -> bool:
    """True for a file that `kind_received` takes for a PDF; never raises."""
    try:
        return kind_received(content) == "pdf"
    except RuleError:
        return False
