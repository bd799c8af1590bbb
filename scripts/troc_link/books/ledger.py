"""The member's end: entries in his books, through standard models of Odoo alone.

An entry is created by `load` with its key as external id, in one transaction: Odoo's
own UNIQUE on external ids makes it stand there once, whoever runs at the same time and
whatever breaks in between.  The key also stands in the entry's origin, to be searched.
"""

from dataclasses import dataclass
from decimal import Decimal

from troc_link.errors import Refused, sentence

# With these two `load` creates what is missing and touches nothing that is there;
# without, a second load would append its lines to the first.
ONCE = {"mode": "update", "noupdate": True}
COLUMNS = (
    *("id", "journal_id/.id", "move_type", "date", "ref", "invoice_origin"),
    *("line_ids/account_id/.id", "line_ids/partner_id/.id", "line_ids/name"),
    *("line_ids/debit", "line_ids/credit"),
)
MOVE_FIELDS = ["name", "state", "date", "ref", "invoice_origin"]
LINE_FIELDS = [
    *("move_id", "account_id", "partner_id", "balance", "amount_residual"),
    *("reconciled", "date"),
]
BY_HAND = "id "  # an entry without key is named by its id
BUSY = "could not serialize"
PAGE = 500


def cents(value):
    """Return an amount of Odoo's (a float) as a Decimal of cents.

    >>> cents(0.1 + 0.2)
    Decimal('0.30')
    """
    return Decimal(repr(value or 0.0)).quantize(Decimal("0.01"))


@dataclass
class Booked:
    """An entry of ours in the books: `actif` is its balance on the Actif account."""

    id: int
    key: str
    name: str
    state: str
    date: str
    reference: str
    actif: Decimal
    counterparts: list  # of journal items, dicts of LINE_FIELDS

    @property
    def is_posted(self):
        """True when it counts."""
        return self.state == "posted"

    @property
    def is_keyed(self):
        """True when the link made it; False for entries made by hand."""
        return not self.key.startswith(BY_HAND)


class Books:
    """The books of one company, and where entries of the link go in them."""

    def __init__(self, client, company_id, refs):
        self.client = client
        self.company_id = company_id
        self.refs = refs

    def call(self, model, method, ids=None, context=None, **params):
        """Call a public method of the member's Odoo."""
        return self.client.call(model, method, ids, context=context, **params)

    def read(self, model, domain, fields, **options):
        """Return the records found, as dicts."""
        return self.call(model, "search_read", domain=domain, fields=fields, **options)

    # -- what is there ---------------------------------------------------------------

    def booked(self, keys):
        """Return {key: Booked} of the entries that are there, drafts too."""
        if not keys:
            return {}
        return self._booked([("invoice_origin", "in", list(keys))])

    def booked_by_id(self, ids):
        """Return {id: Booked}, whatever their origin says by now."""
        found = self._booked([("id", "in", list(ids))]) if ids else {}
        return {booked.id: booked for booked in found.values()}

    def _booked(self, domain):
        domain = [("journal_id", "=", self.refs.journal_id), *domain]
        moves = self.read("account.move", domain, MOVE_FIELDS, order="id")
        return {b.key: b for b in self._with_lines(moves) if b.state != "cancel"}

    def _with_lines(self, moves):
        lines = self.lines([("move_id", "in", [move["id"] for move in moves])])
        by_move = {}
        for line in lines:
            by_move.setdefault(line["move_id"][0], []).append(line)
        return [self._one(move, by_move.get(move["id"], [])) for move in moves]

    def _one(self, move, lines):
        account = self.refs.account_id
        own = [line for line in lines if line["account_id"][0] == account]
        return Booked(
            id=move["id"],
            key=move["invoice_origin"] or f"{BY_HAND}{move['id']}",
            name=move["name"] or "",
            state=move["state"],
            date=str(move["date"]),
            reference=move["ref"] or "",
            actif=sum((cents(line["balance"]) for line in own), Decimal("0.00")),
            counterparts=[line for line in lines if line not in own],
        )

    def lines(self, domain, **options):
        """Return journal items as dicts of LINE_FIELDS."""
        return self.read("account.move.line", domain, LINE_FIELDS, **options)

    def pages(self, domain=()):
        """Yield lists of Booked: all entries of the link's journal, oldest first."""
        domain = [("journal_id", "=", self.refs.journal_id), *domain]
        last = 0
        while True:
            moves = self.read(
                "account.move",
                [*domain, ("id", ">", last)],
                MOVE_FIELDS,
                order="id",
                limit=PAGE,
            )
            if not moves:
                return
            last = moves[-1]["id"]
            yield self._with_lines(moves)

    # -- written -----------------------------------------------------------------------

    def create(self, planned):
        """Create drafts; return ({key: id}, {key: why not}).

        `planned`: a list of plan.Planned.  All at once; where one of them is refused,
        one by one, so that it stops no other.
        """
        if not planned:
            return {}, {}
        ids, why = self._load(planned)
        if ids:
            return dict(zip((p.entry.key for p in planned), ids, strict=True)), {}
        if len(planned) == 1:
            return {}, {planned[0].entry.key: why}
        made, refused = {}, {}
        for one in planned:
            new, wrong = self.create([one])
            made.update(new)
            refused.update(wrong)
        return made, refused

    def _load(self, planned):
        rows = [row for one in planned for row in self._rows(one)]
        told = self.call(
            "account.move", "load", context=ONCE, fields=list(COLUMNS), data=rows
        )
        if told["ids"]:
            return told["ids"], ""
        why = sentence(" ".join(str(m["message"]) for m in told["messages"]))
        if BUSY in why:  # another run writes the same: look again what is there
            raise Refused(why)
        return None, why

    def _rows(self, planned):
        """Return the two lines of an entry, the debit first (see ACCOUNTING table)."""
        entry, actif = planned.entry, self.refs.account_id
        sides = [actif, planned.account_id]
        debited, credited = sides if entry.balance > 0 else reversed(sides)
        head = [
            *(entry.xmlid, str(self.refs.journal_id), "entry", entry.date),
            *(entry.reference, entry.key),
        ]
        party = str(planned.partner_id or "")
        amount, none = f"{entry.amount:.2f}", "0.00"
        return [
            [*head, str(debited), party, entry.label, amount, none],
            [*[""] * len(head), str(credited), party, entry.label, none, amount],
        ]

    def post(self, ids):
        """Post drafts; return {id: why not} of those that Odoo refuses."""
        if not ids:
            return {}
        try:
            self.call("account.move", "action_post", list(ids))
            return {}
        except Refused as error:
            drafts = self._drafts(ids)
            if len(ids) == 1:
                return {ids[0]: str(error)} if drafts else {}
        refused = {}
        for one in drafts:
            refused.update(self.post([one]))
        return refused

    def _drafts(self, ids):
        domain = [("id", "in", list(ids)), ("state", "=", "draft")]
        return [move["id"] for move in self.read("account.move", domain, ["id"])]

    def reconcile(self, line_ids):
        """Set items off against each other, as far as they go."""
        if len(line_ids) > 1:
            self.call("account.move.line", "reconcile", list(line_ids))

    def release(self, line_ids):
        """Undo what reconciles these items."""
        if line_ids:
            self.call("account.move.line", "remove_move_reconcile", list(line_ids))
