"""Measures a link between two Odoos; runs with odoorpc and the tests' two ends."""

import base64
import functools
import json
import sys
import time

import psutil
from link_naive import NaivePull, NaivePush
from link_seller import Counted
from link_world import Firm, Office, factur_x

from troc_dev import demo, say, setup
from troc_dev.bench import link, link_table
from troc_dev.needs import server
from troc_link.books.ledger import Books
from troc_link.books.refs import refs
from troc_link.clients.network import Network
from troc_link.clients.odoo import connect
from troc_link.commands.pull import Puller
from troc_link.commands.push import Pusher
from troc_link.commands.setup import ensure

KINDS = {"odoorpc": "palissandre", "json2": "roulevite"}
COMPANIES = {
    "palissandre": "Test Menuiserie Solidaire",
    "roulevite": "Test Agence Campagne",
}
BUYER = "marchetti"
AMOUNT = 10
BATCH = 100
VALIDATED = 25


def main(arguments):
    """Measure both clients; print."""
    options = link.parsed(arguments)
    with setup.ready() as databases:
        template = functools.partial(demo.told, databases)
        with (
            databases.scratch("benchnet", template) as network,
            databases.scratch("benchown", databases.with_companies) as own,
            server.serving(databases, network) as there,
            server.serving(databases, own) as here,
        ):
            office = Office(databases, there)
            raw = {
                kind: _kind(office, databases, here, kind, options) for kind in KINDS
            }
    ratios = link.ratios(raw)
    found = {"ratios": ratios, "targets": link.TARGETS, "raw": raw}
    print(json.dumps(found) if options.json else link_table.table(found))


def _kind(office, databases, here, kind, options):
    """Return what each way costs with one kind of client, a member for each."""
    key = KINDS[kind]
    with say.Step(f"{kind}: the member"):
        for member in (key, BUYER):
            office.allow(member, 10_000_000)
        firm = Firm(databases, here, key, COMPANIES[key])
        bench = Bench(office, firm, kind)
        bench.made(options.documents + options.naive)
    return {
        "push": bench.push(options.documents),
        "naive_push": bench.naive_push(options.naive),
        **bench.validated(),
        "naive_pull": bench.naive_pull(options.naive),
        "pull": bench.pull(),
    }


class Bench:
    """One member, linked by one kind of client."""

    def __init__(self, office, firm, kind):
        self.office, self.firm = office, firm
        options = {"kind": kind, "is_key": kind == "json2"}
        self.there = Counted(connect(office.end(firm.key, **options)))
        self.here = Counted(connect(firm.end(**options)))
        self.network = Network(self.there)
        # what the demonstration did before is not measured
        self.hello = hello = self.network.open(since="2099-01-01")
        self.codes = hello["accounts"]
        administrator = firm.end_of("admin", "admin")
        ensure(connect(administrator), firm.company_id, hello)
        self.where = refs(self.here, firm.company_id)
        self.invoices = []

    def made(self, count):
        """Make invoices with their Factur-X at hand, as an accountant sent them."""
        term = self.where.term_ids["100"]
        while len(self.invoices) < count:
            few = min(BATCH, count - len(self.invoices))
            made = self.firm.documents(BUYER, few, AMOUNT, invoice_payment_term_id=term)
            self.firm.ask(
                "ir.attachment", "create", [self._attached(*one) for one in made]
            )
            self.invoices += made

    def _attached(self, move, number):
        content = factur_x(self.firm.key, BUYER, AMOUNT, number=number)
        return {
            "name": f"{number}.xml",
            "datas": base64.b64encode(content).decode(),
            "res_model": "account.move",
            "res_id": move,
            "mimetype": "application/xml",
        }

    # -- measured ---------------------------------------------------------------------

    def measured(self, documents, act):
        """Return what `act(page)` costs; `page` is to be called after each page."""
        memory, before = [], self._calls()
        started = time.perf_counter()
        act(lambda *_args, **_more: memory.append(psutil.Process().memory_info().rss))
        return {
            "documents": documents,
            "seconds": round(time.perf_counter() - started, 2),
            "calls": self._calls() - before,
            "memory": [memory[0], memory[-1]] if memory else [1, 1],
        }

    def _calls(self):
        return len(self.there.calls) + len(self.here.calls)

    def push(self, count):
        """Send the first invoices in bulk."""
        ids = [move for move, _number in self.invoices[:count]]
        with say.Step(f"push {count}"):
            pusher = Pusher(self.network, self._books(), self.hello)
            return self.measured(count, lambda page: pusher.push(ids, progress=page))

    def naive_push(self, count):
        """Send the last ones, one call a field."""
        naive = NaivePush(self.network, self.here)
        last = [move for move, _number in self.invoices[-count:]]
        with say.Step(f"naive push {count}"):
            return self.measured(count, lambda page: [naive.push(one) for one in last])

    def validated(self):
        """Let the animator validate all; costs nothing here."""
        domain = [("seller_id", "=", self.office.member(self.firm.key))]
        waiting = [*domain, ("state", "=", "submitted")]
        found = self.office.admin["troc.compensation"].search(waiting, order="id")
        with say.Step(f"validation of {len(found)}"):
            for start in range(0, len(found), VALIDATED):
                self.office.validate(found[start : start + VALIDATED])
        return {}

    def _books(self):
        return Books(self.here, self.firm.company_id, self.where)

    def naive_pull(self, count):
        """Book the first entries one call a field."""
        naive = NaivePull(self.network, self._books())
        with say.Step(f"naive pull {count}"):
            return self.measured(
                count, lambda page: [naive.pull() for _ in range(count)]
            )

    def pull(self):
        """Book the rest in bulk."""
        link = self.network.hello()["link"]
        puller = Puller(self.network, self._books(), self.codes)
        with say.Step(f"pull {link['waiting']}"):
            return self.measured(link["waiting"], puller.pull)


if __name__ == "__main__":
    main(sys.argv[1:])
