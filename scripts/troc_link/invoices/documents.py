"""The file of each invoice: what is attached to it, else made by Odoo, else built here.

Whatever the way, a file is read here as the network will read it before it is taken:
its number, its total, both SIRENs and the share.  (Odoo 19 itself writes Factur-X that
the schema refuses, where a line has no product.)  A page of invoices costs a few calls,
and what is downloaded at a time is bounded.
"""

import base64
from dataclasses import dataclass

from troc_link.books import versions
from troc_link.clients.log import logger
from troc_link.errors import Refused
from troc_link.invoices.check import against, embedded, missing
from troc_link.invoices.cii import build

PAGE = 20
MAX_BYTES = 15_000_000  # downloaded at a time
MAX_FILE = 10_000_000  # what the network reads
CANDIDATES = 3  # files looked at, of one invoice
ATTACHED, BY_ODOO, BUILT = "attached", "odoo", "built"
KINDS = ("application/pdf", "text/xml", "application/xml")


@dataclass(frozen=True)
class Document:
    """The file of an invoice; `trouble` and `way_out` where there is none to send.

    `source`: attached, odoo (made by it; not yet, in a dry run), or built.
    """

    invoice: object
    name: str
    content: bytes = b""
    source: str = ""
    trouble: str = ""
    way_out: str = ""


class Documents:
    """Gets the files of invoices of one company.

    `hello` is what the network told; nothing is made in Odoo in a `dry_run`.
    """

    def __init__(self, client, invoices, hello, dry_run=False):
        self._client, self._invoices, self._dry_run = client, invoices, dry_run
        self._major = invoices.major
        self._template, self._base = hello["mention"], hello["share_base"]

    def of(self, invoices):
        """Yield the Document of each of these invoices (20 at most), in any order."""
        good = []
        for invoice in invoices:
            trouble, way_out = missing(invoice)
            if trouble:
                yield _none(invoice, trouble, way_out)
            else:
                good.append(invoice)
        to_make = []
        wizard = versions.send_wizard(self._major)
        yield from self._look(good, to_make if wizard else None, ATTACHED)
        if to_make and self._dry_run:
            for invoice in to_make:
                yield Document(invoice, f"{invoice.file_name}.pdf", source=BY_ODOO)
        elif to_make:
            self._make(wizard, to_make)
            yield from self._look(to_make, None, BY_ODOO)

    # -- what is attached --------------------------------------------------------------

    def _look(self, invoices, to_make, source):
        """Yield Documents from what is attached, else built.

        Those for which Odoo never made a PDF go to the list `to_make` instead.
        """
        found = self._attachments(invoices)
        for part in _parts(invoices, found):
            ids = [one["id"] for invoice in part for one in found[invoice.id]]
            contents = self._contents(ids)
            left, pdfs = [], {}
            for invoice in part:
                files = [(one, contents[one["id"]]) for one in found[invoice.id]]
                document = self._first_good(invoice, files, source)
                if document:
                    yield document
                elif to_make is not None and not any(
                    map(_is_report, found[invoice.id])
                ):
                    to_make.append(invoice)
                else:
                    left.append(invoice)
                    pdfs[invoice.id] = next((c for _o, c in files if _is_pdf(c)), b"")
            yield from self._build(left, pdfs)

    def _attachments(self, invoices):
        """Return {id of an invoice: its attachments, the best first}."""
        found = {invoice.id: [] for invoice in invoices}
        if not invoices:
            return found
        rows = self._client.call(
            "ir.attachment",
            "search_read",
            domain=[
                *versions.attachments_domain(self._major, found),
                ("mimetype", "in", KINDS),
                ("file_size", "<=", MAX_FILE),
            ],
            fields=["res_id", "res_field", "name", "file_size"],
            order="id desc",
        )
        for row in rows:
            found[row["res_id"]].append(row)
        best = lambda row: not _is_report(row)  # noqa: E731
        return {one: sorted(rows, key=best)[:CANDIDATES] for one, rows in found.items()}

    def _contents(self, ids):
        if not ids:
            return {}
        rows = self._client.call("ir.attachment", "read", ids, fields=["datas"])
        return {row["id"]: base64.b64decode(row["datas"] or "") for row in rows}

    def _first_good(self, invoice, files, source):
        for one, content in files:
            trouble = against(invoice, one["name"], content)
            if not trouble:
                return Document(invoice, one["name"], content, source)
            logger.debug("%s: %s: %s", invoice.number, one["name"], trouble)
        return None

    # -- made by Odoo ------------------------------------------------------------------

    def _make(self, wizard, invoices):
        """Have Odoo make the PDFs; those it refuses to make are built after."""
        for one in self._wizards(wizard, invoices):
            try:
                self._client.call(wizard.model, wizard.method, [one], **wizard.params)
            except Refused as error:
                logger.debug("%s: %s", wizard.model, error)

    def _wizards(self, wizard, invoices):
        values = [wizard.values(invoice.id) for invoice in invoices]
        try:
            return self._client.call(wizard.model, "create", vals_list=values)
        except Refused as error:
            logger.debug("%s: %s", wizard.model, error)
            if len(invoices) == 1:
                return []
        return [one for i in invoices for one in self._wizards(wizard, [i])]

    # -- built -------------------------------------------------------------------------

    def _build(self, invoices, pdfs):
        done, why = self._invoices.with_taxes(invoices)
        for invoice in invoices:
            if invoice.id in why:
                yield _none(
                    invoice,
                    f"{invoice.number} : {why[invoice.id]}.",
                    "Déposez sa facture Factur-X sur le portail du réseau.",
                )
        for invoice in done:
            yield self._built(invoice, pdfs[invoice.id])

    def _built(self, invoice, pdf):
        xml = build(invoice, self._template, self._base)
        name = f"{invoice.file_name}.xml"
        if trouble := against(invoice, name, xml):
            return _none(invoice, trouble, "Corrigez la facture ou ses fiches.")
        if pdf and (whole := embedded(pdf, xml)):
            pdf_name = f"{invoice.file_name}.pdf"
            if not against(invoice, pdf_name, whole):
                return Document(invoice, pdf_name, whole, BUILT)
        return Document(invoice, name, xml, BUILT)


def _parts(invoices, found):
    """Yield lists of invoices whose attachments together may be downloaded at once."""
    part, size = [], 0
    for invoice in invoices:
        more = sum(one["file_size"] or 0 for one in found[invoice.id])
        if part and size + more > MAX_BYTES:
            yield part
            part, size = [], 0
        part.append(invoice)
        size += more
    if part:
        yield part


def _is_report(attachment):
    return attachment["res_field"] == versions.REPORT_FIELD


def _is_pdf(content):
    return content[:5] == b"%PDF-"


def _none(invoice, trouble, way_out):
    return Document(invoice, invoice.file_name, trouble=trouble, way_out=way_out)
