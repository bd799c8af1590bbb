"""Reconciliation: an entry with the document it pays, a reversal with its entry.

Odoo sets off what is given to it together, oldest first.  So what belongs to one
document goes in two steps: first the entries among themselves (a sale less what was
taken back of it), then what is left of them with what is due of the document.
"""

from dataclasses import dataclass

from troc_link.books.entry import Document
from troc_link.books.found import Found, escaped
from troc_link.errors import Refused

BETWEEN = " - "  # a reference is "number - compensation", the network's own format
PART = "/R"


class Settler:
    """Reconciles entries of the link with documents in the member's books."""

    def __init__(self, books, found):
        self._books = books
        self._found = found

    def settle(self, entry, booked):
        """Reconcile a posted entry; return what a person should know, or nothing."""
        if not entry.document or not entry.with_party:
            return ""
        document = self._found.of(entry)
        try:
            if entry.reverses:
                return self._take_back(entry, booked, document)
            return self._pay(booked, document)
        except Refused as error:
            return f"écriture passée, mais non lettrée : {error}"

    def _pay(self, booked, document):
        if not document:
            return "pièce introuvable : le lettrage se fera à son arrivée."
        mine = [line for line in booked.counterparts if not line["reconciled"]]
        if mine and not self._set_off(mine, document):
            return "la pièce n'a plus rien à régler : lettrez cette écriture vous-même."
        return ""

    def _set_off(self, mine, document):
        """Reconcile open lines with those of a document on the same account.

        Return False where the document has nothing open.
        """
        due = [line for line in self._found.lines_of(document) if is_open(line)]
        accounts = {line["account_id"][0] for line in mine}
        due = [line for line in due if line["account_id"][0] in accounts]
        if mine and due:
            self._books.reconcile([line["id"] for line in [*mine, *due]])
        return bool(mine and due)

    def _take_back(self, entry, booked, document):
        """Set a reversal off against its entry, then the rest against the document."""
        first = self._books.booked([entry.reverses]).get(entry.reverses)
        if not first:
            return (
                "l'écriture d'origine a été passée à la main : lettrez les deux"
                " vous-même."
            )
        if not all(line["reconciled"] for line in booked.counterparts):
            self._books.release([line["id"] for line in first.counterparts])
            self._books.reconcile([line["id"] for line in self._group(entry, first)])
        rest = [line for line in self._group(entry, first) if is_open(line)]
        if rest and document:
            # what was due of the document has changed by now
            self._found.read([entry])
            self._set_off(rest, self._found.of(entry))
        return ""

    def _group(self, entry, first):
        """Return the open lines of all entries about the document, as they are now."""
        accounts = [line["account_id"][0] for line in first.counterparts]
        # two suppliers may number alike
        parties = [line["partner_id"] for line in first.counterparts]
        number = escaped(entry.document.number)
        return self._books.lines(
            [
                ("journal_id", "=", self._books.refs.journal_id),
                ("account_id", "in", accounts),
                ("partner_id", "in", [one[0] for one in parties if one]),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                "|",
                ("move_id.ref", "=like", f"{number}{BETWEEN}%"),
                ("move_id.ref", "=like", f"{number}{PART}%"),
            ],
            order="id",
        )


def is_open(line):
    """Tell whether something of a journal item is not reconciled yet."""
    return not line["reconciled"]


def settle_late(books, parties):
    """Reconcile payments whose document came after them; return these (Booked).

    Of the link's own journal, whatever stands open against a customer or a supplier.
    """
    done = []
    for booked_page in books.pages([("state", "=", "posted"), *_unmatched()]):
        open_ones = [b for b in booked_page if any(map(is_open, b.counterparts))]
        entries = {b.id: _as_entry(b, parties) for b in open_ones}
        found = Found(books, parties)
        found.read([entry for entry in entries.values() if entry])
        for booked in open_ones:
            entry = entries[booked.id]
            document = entry and found.of(entry)
            if document:
                mine = [line for line in booked.counterparts if is_open(line)]
                if Settler(books, found)._set_off(mine, document):
                    done.append(booked)
    return done


def _unmatched():
    types = ("asset_receivable", "liability_payable")
    return [
        ("line_ids.reconciled", "=", False),
        ("line_ids.account_id.account_type", "in", types),
    ]


@dataclass(frozen=True)
class _Late:
    """What an open entry pays, as its own reference tells."""

    document: Document
    role: str
    siren: str
    with_party: bool = True


def _as_entry(booked, parties):
    """Return what an open entry pays; None where its reference does not tell."""
    number, between, _rest = booked.reference.rpartition(BETWEEN)
    line = next(filter(is_open, booked.counterparts), None)
    if not between or not line or not line["partner_id"]:
        return None
    partner = line["partner_id"][0]
    parties.read([partner])
    receivable = parties.account_of(partner, "customer")
    role = "customer" if line["account_id"][0] == receivable else "supplier"
    paid = (
        line["amount_residual"] < 0
        if role == "customer"
        else (line["amount_residual"] > 0)
    )
    kind = "invoice" if paid else "credit_note"
    return _Late(Document(number, "", kind), role, parties.siren_of(partner))
