"""`troc-link push`: the member's Actif invoices that the network does not know, sent.

What is sent is what the network does not know: no mark is kept here, so that a killed
run, a lost answer or a restored database only make the next run send what is missing.
"""

from dataclasses import asdict, dataclass

from actif_rules.errors import RuleError
from actif_rules.share import split
from troc_link.commands.opened import check, opened
from troc_link.commands.pull import patiently
from troc_link.commands.push_shown import Sent, show
from troc_link.errors import OK, TO_DO, LinkError, Misconfigured
from troc_link.invoices import candidates, files
from troc_link.invoices.documents import PAGE, Documents
from troc_link.invoices.invoice import Invoices
from troc_link.words.help import PROGRAM

ASKED = 100  # invoices of one question to the network
MAX_BYTES = 15_000_000  # of one batch
BAD = ("refused", "rejected")
LIVE = ("draft", "submitted", "validated")
AGAIN = "Corrigez-la dans votre Odoo, puis relancez push."


def run(options, ends):
    """Send what is to be sent; return the exit status."""
    out, both = options.out, opened(ends)
    pusher = Pusher(both.network, both.books, both.hello, dry_run=options.dry_run)
    ids = pusher.find(options.again)
    with out.progress("Factures regardées", len(ids)) as bar:
        sent = pusher.push(ids, again=bool(options.again), progress=bar.step)
    show(out, sent, options.dry_run)
    out.object({"invoices": [asdict(one) for one in sent]})
    return TO_DO if any(one.result in BAD for one in sent) else OK


def push(network, books, hello=None, *, progress=None, dry_run=False):
    """Send all that the network does not know; return the list of Sent.

    `books` is a books.Books, `hello` what the network told; `progress` is called with
    count=.
    """
    pusher = Pusher(network, books, hello or network.hello(), dry_run=dry_run)
    return pusher.push(pusher.find(), progress=progress)


class Pusher:
    """Finds, gets and sends the invoices of one company."""

    def __init__(self, network, books, hello, *, dry_run=False):
        """`books`: a books.Books; raises LinkError where the link is not open."""
        check(hello)
        client = books.client
        self._network, self._books, self._hello = network, books, hello
        self._dry_run = dry_run
        self._terms = candidates.terms(client, books.refs)
        self._invoices = Invoices(client, books.company_id, self._terms)
        self._check_seller()
        self._documents = Documents(client, self._invoices, hello, dry_run)

    def _check_seller(self):
        """Refuse the books of another company, before Odoo makes anything there."""
        member, seller = self._hello["member"], self._invoices.seller
        if member["siren"] and seller.siren and member["siren"] != seller.siren:
            raise Misconfigured(
                f"La société « {seller.name} » (SIREN {seller.siren}) n'est pas le"
                f" membre « {member['name']} » (SIREN {member['siren']}).",
                f"{PROGRAM} init choisit une autre société, ou un autre membre.",
            )

    def find(self, number=None):
        """Return the ids of the invoices with an Actif share, or of that one."""
        since = self._hello["link"]["since"]
        company_id = self._books.company_id
        found = candidates.find(
            self._books.client, company_id, since, self._terms, number
        )
        if number and not found:
            raise LinkError(
                f"{number} n'est pas une facture validée avec une part en Actifs.",
                "Vérifiez son numéro et sa condition de paiement.",
            )
        return found

    def push(self, ids, again=False, progress=None):
        """Send what the network does not know of these; return the list of Sent."""
        sent = {}
        for page in _chunks(ids, ASKED):
            # what a lost answer left in doubt, the network knows at the next try
            patiently(lambda page=page: self._page(page, again, sent))
            if progress:
                progress(count=len(page))
        return [sent[one] for one in sorted(sent)]

    def _page(self, ids, again, sent):
        """Send one page; `sent` keeps what became of each over several tries."""
        invoices = [i for i in self._invoices.read(ids) if i.is_actif]
        known = self._network.known([invoice.asked for invoice in invoices])
        waiting = []
        for invoice, told in zip(invoices, known, strict=True):
            in_doubt = sent.get(invoice.id, told) is None
            if told is None or (again and told["state"] not in LIVE):
                waiting.append(invoice)
            elif told["state"] == "refused" and not again:
                sent[invoice.id] = _rejected(invoice, told)
            elif again or in_doubt:
                sent[invoice.id] = _result(invoice, {**told, "result": "known"})
        waiting = [i for i in waiting if sent.get(i.id) is None]
        for chunk in _chunks(waiting, PAGE):
            for batch in _batches(self._documents.of(chunk)):
                self._send(batch, sent)

    def _send(self, batch, sent):
        good = [document for document in batch if not document.trouble]
        for document in batch:
            if document.trouble:
                sent[document.invoice.id] = _trouble(document)
        if self._dry_run:
            for document in good:
                sent[document.invoice.id] = self._sending(document)
        elif good:
            for document in good:
                sent[document.invoice.id] = None  # in doubt until there is an answer
            wire = [files.document(_File(d.name, d.content)) for d in good]
            answers = self._network.push(wire)
            for document, told in zip(good, answers, strict=True):
                sent[document.invoice.id] = _result(document.invoice, told, document)

    def _sending(self, document):
        invoice = document.invoice
        return Sent(
            number=invoice.number,
            result="sending",
            file=document.name,
            source=document.source,
            total=str(invoice.total),
            share=f"{invoice.share.normalize():f}" if invoice.share else "",
            actif=self._actif(invoice),
        )

    def _actif(self, invoice):
        if not invoice.share:
            return ""  # a credit note gives back what its invoice took
        base = self._hello["share_base"]
        try:
            made = split(
                invoice.total, invoice.share, base=base, untaxed=invoice.untaxed
            )
        except RuleError:
            return ""
        return str(made.actif)


@dataclass(frozen=True)
class _File:
    name: str
    content: bytes


def _trouble(document):
    invoice = document.invoice
    return Sent(
        number=invoice.number,
        result="refused",
        total=str(invoice.total),
        message=document.trouble,
        way_out=document.way_out,
    )


def _result(invoice, told, document=None):
    return Sent(
        number=invoice.number,
        result=told["result"],
        file=document.name if document else "",
        source=document.source if document else "",
        total=str(invoice.total),
        compensation=told["compensation"] or "",
        message=told["message"] or "",
        way_out=AGAIN if told["result"] == "refused" else "",
    )


def _rejected(invoice, told):
    """What an animator decided is told until somebody acts on it."""
    return Sent(
        number=invoice.number,
        result="rejected",
        total=str(invoice.total),
        compensation=told["compensation"],
        message=told["message"] or "",
        way_out=f"Corrigez, puis : {PROGRAM} push --again {invoice.number}",
    )


def _chunks(items, size):
    return [items[start : start + size] for start in range(0, len(items), size)]


def _batches(documents):
    """Yield lists of Documents that the network takes at once; one is in memory."""
    batch, size = [], 0
    for document in documents:
        full = len(batch) == PAGE or size + len(document.content) > MAX_BYTES
        if batch and full:
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += len(document.content)
    if batch:
        yield batch
