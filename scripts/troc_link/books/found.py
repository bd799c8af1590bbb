"""Which invoice or bill an entry pays: by number and by the other party's SIREN."""

from collections import defaultdict

FIELDS = ["name", "ref", "move_type", "partner_id", "commercial_partner_id", "state"]
OPEN = [("display_type", "=", "payment_term"), ("parent_state", "=", "posted")]
OUT = ("out_invoice", "out_refund")


class Found:
    """The documents that a page of entries pays, with their lines that fall due."""

    def __init__(self, books, parties):
        self._books = books
        self._parties = parties
        self._by_number = defaultdict(dict)
        self._lines = defaultdict(list)

    def read(self, entries):
        """Look for the documents of these entries, in a few calls."""
        asked = [entry for entry in entries if entry.document and entry.with_party]
        sold = [e.document.number for e in asked if e.role == "customer"]
        bought = [e.document.number for e in asked if e.role == "supplier"]
        domains = []
        if sold:
            types = ("move_type", "in", OUT)
            domains.append([types, ("name", "in", sold)])
        if bought:
            types = ("move_type", "in", ("in_invoice", "in_refund"))
            # what people type: in any case, perhaps with spaces around it
            alike = [("ref", "ilike", escaped(number)) for number in set(bought)]
            domains.append([types, *["|"] * (len(alike) - 1), *alike])
        for domain in domains:
            self._read(domain)
        self._read_lines()

    def _read(self, domain):
        own = [("company_id", "=", self._books.company_id), ("state", "=", "posted")]
        found = self._books.read("account.move", [*own, *domain], FIELDS, order="id")
        self._parties.read([move["commercial_partner_id"][0] for move in found])
        for move in found:
            number = move["name"] if move["move_type"] in OUT else move["ref"]
            key = (move["move_type"], number.strip().upper())
            self._by_number[key][move["id"]] = move

    def _read_lines(self):
        ids = [move for moves in self._by_number.values() for move in moves]
        self._lines.clear()
        if ids:
            lines = self._books.lines([("move_id", "in", ids), *OPEN], order="id")
            for line in lines:
                self._lines[line["move_id"][0]].append(line)

    def of(self, entry):
        """Return the document of an entry, None where there is none, or not just one.

        Two bills of one number from one supplier: a person decides.
        """
        if not entry.document or not entry.with_party:
            return None
        key = (entry.document.move_type(entry.role), entry.document.number.upper())
        found = [
            move
            for move in self._by_number.get(key, {}).values()
            if self._parties.siren_of(move["commercial_partner_id"][0]) == entry.siren
        ]
        return found[0] if len(found) == 1 else None

    def lines_of(self, document):
        """Return the lines of a document that fall due, all of them."""
        return self._lines[document["id"]]

    def account_of(self, document):
        """Return the account on which a document is due."""
        lines = self.lines_of(document)
        return lines[0]["account_id"][0] if lines else None


def escaped(text):
    """Return a text for `like`, in which no character stands for others."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
