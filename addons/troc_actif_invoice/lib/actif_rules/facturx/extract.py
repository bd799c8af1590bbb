"""Step 1 of reading an upload: from the bytes received to the XML of one invoice.

Source: FACTURX.md, "Reading". A child process without Odoo does the work, so that a
file can hurt neither the server nor the next file. Children are kept warm.
"""

from contextlib import AbstractContextManager

from .child import Extracted, NotInstalled, Worker
from .pool import Pool
from .received import is_pdf, kind_received

__all__ = ["Extracted", "NotInstalled", "Worker", "borrowed", "extract", "page_text"]

_POOL = Pool()


def extract(content: bytes) -> Extracted:
    """The invoice inside an uploaded file.

    Raises RuleError `too_big`, `not_pdf_nor_xml`, `encrypted`, `no_invoice_inside`,
    `several_invoices`, `encoding_unknown`, `encoding_mismatch`, `not_cii`,
    `profile_unsupported`, `xsd_invalid`, `too_slow`.
    Takes 5 seconds at most, some milliseconds as a rule; the first file waits for a
    Python to start.
    """
    kind_received(content)
    with borrowed() as worker:
        return worker.extract(content)


def page_text(content: bytes) -> str | None:
    """What can be read on the first 5 pages of a PDF, up to 100 kB.

    Printable characters, single line feeds and spaces, hostile all the same. None for
    a file that is no PDF, cannot be read within the limits, or shows no text; never
    raises for anything in the file.
    """
    if not is_pdf(content):
        return None
    with borrowed() as worker:
        return worker.page_text(content)


def borrowed() -> AbstractContextManager[Worker]:
    """A warm child, for several requests in a row by one thread."""
    return _POOL.borrowed()
