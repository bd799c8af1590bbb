"""`troc-link pull`: what was validated, posted in the member's books, and told back.

A page is looked at, then what is missing is done: whatever a page met half-way (a
killed run, a cut line, another run) the next look finds, and goes on from there.
"""

import time
from dataclasses import dataclass, field

from troc_link.books.cursor import Cursor, went_back
from troc_link.books.entry import Entry, Result
from troc_link.books.found import Found
from troc_link.books.parties import Parties
from troc_link.books.plan import Planner
from troc_link.books.settle import Settler, settle_late
from troc_link.commands.opened import opened
from troc_link.errors import OK, TO_DO, Refused, Unreachable
from troc_link.words.output import day, money, plural

PAGE = 100
WENT_BACK = (
    "! Le registre du réseau est revenu en arrière : sa base a dû être restaurée."
    " Rien ne sera doublé ; « troc-link verify » nomme ce qu'il a oublié."
)
STATES = {"posted": "ok", "failed": "error"}
TRIES = 5
FIRST_PAUSE = 1.0


def run(options, ends):
    """Post what the network validated; return the exit status."""
    both = opened(ends)
    link = both.hello["link"]
    cursor = Cursor(ends.folder, both.hello["network"]["uuid"], ends.company)
    if went_back(cursor.last(), link):
        options.out.note(WENT_BACK)
    total = link["waiting"] + link["failed"]
    puller = Puller(both.network, both.books, both.codes)
    with options.out.progress("Comptabilisation", total) as bar:
        pulled = puller.pull(lambda count: bar.step(count=count), options.dry_run)
    show(options, pulled)
    if not options.dry_run:
        cursor.keep(both.network.hello()["link"]["cursor"])
    return pulled.status


def show(options, pulled):
    """Print what a run did."""
    out = options.out
    for result in pulled.results:
        out.line(f"{out.mark(STATES[result.state])} {_words(result, options.dry_run)}")
        if result.reason or result.detail:
            out.line(f"  {result.reason or result.detail}")
    said = [
        plural(pulled.posted, "écriture à passer", "écritures à passer")
        if options.dry_run
        else plural(pulled.posted, "écriture passée", "écritures passées"),
        plural(pulled.failed, "échec"),
    ]
    if pulled.late:
        late = plural(pulled.late, "écriture lettrée", "écritures lettrées")
        said.append(f"{late} avec une pièce arrivée depuis")
    nothing = not (pulled.posted or pulled.failed or pulled.late)
    out.note("Rien de nouveau." if nothing else f"{', '.join(said)}.")
    if options.dry_run:
        out.note("Rien n'a été écrit : relancez sans --dry-run.")
    out.object(pulled.tell())


def _words(result, dry_run):
    entry = result.entry
    where = f" : {result.reference}" if result.reference else ""
    sign = "" if entry.side == "earned" else "-"
    would = "serait passée, " if dry_run and result.new else ""
    return (
        f"{day(entry.date)}  {entry.reference}  {entry.other}  {would}"
        f"{sign}{money(entry.amount)} Actifs{where}"
    )


@dataclass
class Pulled:
    """What a run did: the result of each entry that was not there before or failed."""

    results: list = field(default_factory=list)
    posted: int = 0
    there: int = 0
    failed: int = 0
    late: int = 0

    @property
    def status(self):
        """The exit status."""
        return TO_DO if self.failed else OK

    def tell(self):
        """Return it as plain data."""
        rows = [
            {**one.tell(), "amount": str(one.entry.balance), "new": one.new}
            | {"reference": one.reference, "of": one.entry.reference}
            for one in self.results
        ]
        counts = ("posted", "there", "failed", "late")
        return {**{name: getattr(self, name) for name in counts}, "entries": rows}

    def add(self, results):
        """Count these; keep those that a reader wants to see."""
        for result in results:
            self.failed += result.state == "failed"
            self.posted += result.new
            self.there += result.state == "posted" and not result.new
            if result.new or result.state == "failed" or result.detail:
                self.results.append(result)


def patiently(act, tries=TRIES):
    """Return what `act` returns; where an end does not answer, wait and try again.

    For acts that may be repeated: what was asked may or may not have happened.
    """
    pause = FIRST_PAUSE
    for left in reversed(range(tries)):
        try:
            return act()
        except (Unreachable, Refused) as error:
            again = isinstance(error, Unreachable) or error.is_busy
            if not (left and again):
                raise
            time.sleep(pause)
            pause *= 2
    raise AssertionError("tries is above zero")


class Puller:
    """Brings pages of entries into the books."""

    def __init__(self, network, books, codes):
        self.network = network
        self.books = books
        self._codes = codes

    def pull(self, progress=None, dry_run=False):
        """Post all that waits; return Pulled."""
        pulled, after, more = Pulled(), 0, True
        while more:
            page = patiently(lambda after=after: self.network.pull(after, PAGE))
            entries = [Entry.read(told) for told in page["entries"]]
            pulled.add(self.page(entries, dry_run))
            if progress:
                progress(len(entries))
            after, more = page["after"], page["more"]
        if not dry_run:
            pulled.late = patiently(self.settle_late)
        return pulled

    def page(self, entries, dry_run=False):
        """Post one page of entries and report it; return their Results."""
        if not entries:
            return []
        if dry_run:
            return self._look(entries)
        results = patiently(lambda: self.post(entries))
        patiently(lambda: self.network.report([r.tell() for r in results]))
        return results

    def settle_late(self):
        """Reconcile what waited for its invoice or bill, and report it; return it."""
        done = settle_late(self.books, Parties(self.books))
        rows = [
            {"key": one.key, "state": "posted", "reference": one.name, "date": one.date}
            for one in done
            if one.is_keyed
        ]
        for start in range(0, len(rows), PAGE):
            self.network.report(rows[start : start + PAGE])
        return len(done)

    def _look(self, entries):
        """Return what would become of entries; nothing is written."""
        there = self.books.booked([entry.key for entry in entries])
        results = []
        for entry in entries:
            booked = there.get(entry.key)
            new = not (booked and booked.is_posted)
            results.append(Result(entry, state="posted", new=new))
        return results

    def post(self, entries):
        """Post entries and reconcile them; return their Results."""
        parties = Parties(self.books)
        found = Found(self.books, parties)
        found.read(entries)
        there = self.books.booked([entry.key for entry in entries])
        missing = [entry for entry in entries if entry.key not in there]
        planned, why = Planner(self.books, found, parties, self._codes).plan(missing)
        made, refused = self.books.create(planned)
        why.update(refused)
        known = {key: booked.id for key, booked in there.items()} | made
        drafts = list(made.values())
        drafts += [b.id for b in there.values() if not b.is_posted]
        unposted = self.books.post(sorted(drafts))
        why.update(
            {key: unposted[one] for key, one in known.items() if one in unposted}
        )
        now = self._now(there, known)
        settler = Settler(self.books, found)
        return [
            self._result(entry, now.get(known.get(entry.key)), why, there, settler)
            for entry in entries
        ]

    def _now(self, there, known):
        """Return {id: Booked} as the books are now."""
        as_before = {b.id: b for b in there.values() if b.is_posted}
        changed = [one for one in known.values() if one not in as_before]
        return as_before | self.books.booked_by_id(changed)

    def _result(self, entry, booked, why, there, settler):
        result = Result(entry, reason=why.get(entry.key, ""))
        if not booked or result.reason:
            result.reason = result.reason or (
                "l'écriture a été annulée dans vos livres : remettez-la en brouillon,"
                " puis relancez."
            )
        elif not booked.is_posted:
            result.reason = "l'écriture est restée en brouillon."
        elif booked.actif != entry.balance:
            result.reason = (
                f"l'écriture {booked.name} porte cette clé avec un autre montant"
                f" ({booked.actif} au lieu de {entry.balance}) : une base a été"
                " restaurée, ou l'écriture changée ; contre-passez-la, ou appelez"
                " votre animateur."
            )
        else:
            result.state = "posted"
            result.reference, result.date = booked.name, booked.date
            before = there.get(entry.key)
            result.new = not (before and before.is_posted)
            result.detail = settler.settle(entry, booked)
        return result
