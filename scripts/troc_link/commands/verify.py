"""`troc-link verify`: the member's 4678 against the register, line by line.

Three looks: every movement of the register has its entry in the books, with the same
amount; every entry of the link's journal is known to the network; the sums agree.  What
is missing is posted (a restored database heals so); what contradicts is named, and a
person decides.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from troc_link.books.entry import Entry
from troc_link.books.ledger import PAGE, cents
from troc_link.commands.opened import opened
from troc_link.commands.pull import Puller, patiently
from troc_link.errors import OK, TO_DO
from troc_link.words.output import money, plural

NOTHING = Decimal("0.00")
UNKNOWN = (
    "le réseau ne connaît pas cette écriture : sa base a pu être restaurée ; appelez"
    " votre animateur avant de la contre-passer."
)
BY_HAND = (
    "écriture passée à la main dans le journal du lien : contre-passez-la si elle fait"
    " double emploi."
)
KINDS = {
    "missing": "manque chez vous",
    "amount": "autre montant",
    "unknown": "inconnue du réseau",
    "by_hand": "à la main",
    "account": "avant le lien",
}
MOVED = ("waiting", "failed", "posted")


def run(options, ends):
    """Compare, post what is missing unless --dry-run; return the exit status."""
    both = opened(ends)
    verifier = Verifier(both.network, both.books, both.codes)
    with options.out.progress("Vérification", 0) as bar:
        done = verifier.verify(not options.dry_run, lambda n: bar.step(count=n))
    show(options, done)
    return done.status


def show(options, done):
    """Print what differs."""
    out = options.out
    rows = [
        (KINDS[one.kind], one.reference, _money(one.register), _money(one.books))
        for one in done.differences
    ]
    if rows:
        heads = ("Écart", "Référence", "Registre", "Vos livres")
        out.table(heads, rows, right=heads[2:])
        for remedy in dict.fromkeys(one.remedy for one in done.differences):
            out.line(f"→ {remedy}")
    for note in done.notes:
        out.line(f"{out.mark('none')} {note}")
    if done.healed:
        healed = plural(
            done.healed, "écriture manquait : passée", "écritures manquaient : passées"
        )
        out.line(f"{out.mark('ok')} {healed}.")
    state = "ok" if done.agrees else "error"
    compared = plural(done.compared, "mouvement comparé", "mouvements comparés")
    out.line(
        f"{out.mark(state)} {compared} ; votre compte {money(done.account)},"
        f" le registre {money(done.register)}."
    )
    out.object(done.tell())


def _money(amount):
    return "" if amount is None else money(amount)


@dataclass
class Difference:
    """One line that differs; `remedy` says what to do."""

    kind: str  # of KINDS
    reference: str
    register: Decimal | None
    books: Decimal | None
    remedy: str


@dataclass
class Verified:
    """What was compared: counts, sums, and the lines that differ."""

    compared: int = 0
    healed: int = 0
    register: Decimal = NOTHING
    before: Decimal = NOTHING
    linked: Decimal = NOTHING
    by_hand: Decimal = NOTHING
    differences: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def status(self):
        """The exit status."""
        return OK if self.agrees else TO_DO

    def tell(self):
        """Return it as plain data."""
        sums = ("register", "before", "linked", "by_hand", "account")
        return {
            "compared": self.compared,
            "healed": self.healed,
            **{name: str(getattr(self, name)) for name in sums},
            "differences": [vars(one) for one in self.differences],
            "notes": self.notes,
        }

    @property
    def account(self):
        """The balance of the Actif account in the books, all entries together."""
        return self.linked + self.by_hand

    @property
    def agrees(self):
        """True when nothing is left for a person to decide."""
        return not self.differences


class Verifier:
    """Compares the register with the books, page by page."""

    def __init__(self, network, books, codes):
        self._network = network
        self._books = books
        self._puller = Puller(network, books, codes)

    def verify(self, heal=True, progress=None):
        """Return Verified; with `heal`, what is missing in the books is posted."""
        done = Verified()
        for told in self._network.pages(limit=PAGE // 5, everything=True):
            entries = [Entry.read(one) for one in told]
            self._compare(entries, done, heal)
            if progress:
                progress(len(entries))
        self._compare_books(done)
        self._compare_account(done)
        return done

    def _compare(self, entries, done, heal):
        """Compare a page of the register with the books."""
        done.register += sum((e.balance for e in entries), NOTHING)
        done.before += sum((e.balance for e in entries if e.state == "before"), NOTHING)
        ours = [entry for entry in entries if entry.state in MOVED]
        done.compared += len(ours)
        there = self._posted(ours)
        missing = [entry for entry in ours if entry.key not in there]
        if missing and heal:
            results = self._puller.page(missing)
            done.healed += sum(result.new for result in results)
            failed = {r.entry.key: r.reason for r in results if r.state == "failed"}
            missing = [entry for entry in missing if entry.key in failed]
        else:
            failed = {}
        for entry in missing:
            reason = failed.get(entry.key) or "lancez « troc-link pull »."
            self._differs(done, "missing", entry, None, reason)
        self._compare_each(ours, there, done)
        self._tell_posted(ours, there)

    def _posted(self, entries):
        booked = self._books.booked([entry.key for entry in entries])
        return {key: one for key, one in booked.items() if one.is_posted}

    def _compare_each(self, entries, there, done):
        for entry in entries:
            booked = there.get(entry.key)
            if not booked:
                continue
            if booked.actif != entry.balance:
                self._differs(
                    done,
                    "amount",
                    entry,
                    booked.actif,
                    f"contre-passez {booked.name}, ou appelez votre animateur.",
                )
            elif booked.date != entry.date:
                done.notes.append(
                    f"{entry.reference} : datée du {booked.date} chez vous, du"
                    f" {entry.date} au registre."
                )

    def _tell_posted(self, entries, there):
        """Tell the network what it does not know to be posted, after a restore."""
        late = [
            {
                "key": entry.key,
                "state": "posted",
                "reference": there[entry.key].name,
                "date": there[entry.key].date,
            }
            for entry in entries
            if entry.state != "posted"
            and entry.key in there
            and there[entry.key].actif == entry.balance
        ]
        if late:
            patiently(lambda: self._network.report(late))

    def _differs(self, done, kind, entry, books, remedy):
        done.differences.append(
            Difference(kind, entry.reference, entry.balance, books, remedy)
        )

    def _compare_books(self, done):
        """Compare the journal of the link with what the network knows."""
        by_hand = []
        for page in self._books.pages([("state", "=", "posted")]):
            done.linked += sum((one.actif for one in page), NOTHING)
            keyed = [one for one in page if one.is_keyed]
            unknown = set(self._network.unknown([one.key for one in keyed]))
            by_hand += [one for one in page if not one.is_keyed and one.actif]
            for one in keyed:
                if one.key in unknown:
                    self._found(done, "unknown", one, UNKNOWN)
        if sum((one.actif for one in by_hand), NOTHING):
            for one in by_hand:
                self._found(done, "by_hand", one, BY_HAND)
        elif by_hand:
            done.notes.append(
                f"{len(by_hand)} écritures passées à la main dans le journal du lien"
                " s'annulent."
            )

    def _found(self, done, kind, booked, remedy):
        name = booked.reference or booked.name
        done.differences.append(Difference(kind, name, None, booked.actif, remedy))

    def _compare_account(self, done):
        """Compare the sums: what stands on the account outside the link's journal."""
        last = 0
        while True:
            lines = self._books.read(
                "account.move.line",
                [
                    ("account_id", "=", self._books.refs.account_id),
                    ("company_id", "=", self._books.company_id),
                    ("journal_id", "!=", self._books.refs.journal_id),
                    ("parent_state", "=", "posted"),
                    ("id", ">", last),
                ],
                ["balance"],
                order="id",
                limit=PAGE,
            )
            if not lines:
                break
            last = lines[-1]["id"]
            done.by_hand += sum((cents(line["balance"]) for line in lines), NOTHING)
        if done.by_hand != done.before:
            done.differences.append(
                Difference(
                    "account",
                    "mouvements d'avant le lien",
                    done.before,
                    done.by_hand,
                    "passez à la main les mouvements d'avant le lien (page « Écritures"
                    " à passer » du portail), ou corrigez ce qui est en trop.",
                )
            )
