"""Whatever breaks on the way, each entry stands in the member's books once.

Every call of the protocol is lost before and after it was done, done twice, done late,
or refused by a busy server; runs are killed, and meet each other; databases come back
from yesterday.
"""

import contextlib
import os
import signal
import threading
from decimal import Decimal

import pytest
from link_fixtures import BUYER, SELLER, sold_many
from link_proxy import Proxy
from link_world import Firm, Office, yesterday

from troc_dev.needs import server as servers
from troc_link.books.entry import Entry
from troc_link.commands import pull as pulling
from troc_link.commands.pull import Puller
from troc_link.commands.verify import Verifier

MODES = ("before", "after", "twice", "busy", "late")
KINDS = ("odoorpc", "json2")
HALF = 60.0  # in Actifs, of each invoice of `sold_many`


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Wait less between two tries."""
    monkeypatch.setattr(pulling, "FIRST_PAUSE", 0.05)


@pytest.fixture
def proxied(office, firm, refs, linked):
    """Return (puller, proxy of the network, proxy of the books) of a kind of client."""
    with contextlib.ExitStack() as stack:

        def make(kind="odoorpc"):
            proxies = [Proxy(office.odoo.url, 0.3), Proxy(firm.odoo.url, 0.3)]
            for proxy in proxies:
                stack.callback(proxy.close)
            options = {"kind": kind, "is_key": kind == "json2", "timeout": 20}
            network = office.network(SELLER, url=proxies[0].url, **options)
            books = firm.books(refs, url=proxies[1].url, **options)
            codes = linked.hello()["accounts"]
            return Puller(network, books, codes), *proxies

        yield make


def waiting(linked):
    return [Entry.read(told) for page in linked.pages() for told in page]


def assert_once(office, firm, refs, entries, invoices):
    """Each entry stands in the books once, pays its half, and is known as posted."""
    booked = firm.keyed(refs)
    for entry in entries:
        assert booked[entry.key] == [HALF], entry
    for move, _number in invoices:
        assert firm.read(move, "amount_residual") == HALF
    told = {one["key"]: one["state"] for one in office.entries(SELLER)}
    assert {told[entry.key] for entry in entries} == {"posted"}


@pytest.mark.parametrize(
    ("kind", "mode"),
    [*(("odoorpc", mode) for mode in MODES), ("json2", "after"), ("json2", "late")],
)
def test_each_call_breaks_once(kind, mode, office, firm, refs, linked, proxied, verify):
    puller, network, books = proxied(kind)
    (first,) = sold_many(office, firm, 1)
    network.reset(), books.reset()
    puller.page(waiting(linked))
    calls = [("books", n) for n in range(len(books.calls))]
    calls += [("network", n) for n in range(len(network.calls))]
    invoices = sold_many(office, firm, len(calls))
    entries = waiting(linked)
    assert len(entries) == len(calls) > 5
    for (end, number), entry in zip(calls, entries, strict=True):
        books.reset(**({f"n{number}": mode} if end == "books" else {}))
        network.reset(**({f"n{number}": mode} if end == "network" else {}))
        (result,) = puller.page([entry])
        assert result.state == "posted", (end, number, result)
        assert not books.faults and not network.faults, "the call was not made"
        books.wait(), network.wait()
    assert_once(office, firm, refs, entries, [first, *invoices][1:])


@pytest.mark.parametrize("kind", KINDS)
def test_two_runs_at_once(kind, office, firm, refs, linked, proxied, verify):
    pullers = [proxied(kind)[0] for _ in "123"]
    invoices = sold_many(office, firm, 12)
    entries = waiting(linked)
    start = threading.Barrier(len(pullers))
    errors = []

    def run(puller):
        start.wait()
        try:
            puller.pull()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(one,)) for one in pullers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert_once(office, firm, refs, entries, invoices)


def test_a_page_with_one_bad_entry(office, firm, refs, linked, puller, verify):
    """One that the books refuse is told with the reason; the others are posted."""
    invoices = sold_many(office, firm, 3)
    entries = waiting(linked)
    move, _number = invoices[1]
    (line,) = firm.ask(
        "account.move.line",
        "search",
        [("move_id", "=", move), ("display_type", "=", "payment_term")],
    )
    (account,) = firm.ask("account.move.line", "read", [line], ["account_id"])
    archived = account["account_id"][0]
    firm.ask("account.account", "write", [archived], {"active": False})
    try:
        pulled = puller.pull()
    finally:
        firm.ask("account.account", "write", [archived], {"active": True})
    states = {result.entry.key: result.state for result in pulled.results}
    assert set(states.values()) == {"failed"}, "all go to that account"
    told = {one["key"]: one["reason"] for one in office.entries(SELLER)}
    assert all(told[entry.key] for entry in entries)
    assert puller.pull().posted == 3
    assert_once(office, firm, refs, entries, invoices)


# -- killed ---------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_each_call(when, office, firm, refs, linked, proxied, verify):
    """SIGKILL, just before each call arrives and just after it is done."""
    puller, network, books = proxied()
    (first,) = sold_many(office, firm, 1)
    network.reset(), books.reset()
    puller.page(waiting(linked))
    points = [(proxy, n) for proxy in (network, books) for n in range(len(proxy.calls))]
    invoices = sold_many(office, firm, len(points))
    entries = waiting(linked)
    for (proxy, number), entry in zip(points, entries, strict=True):
        network.reset(), books.reset()
        child = os.fork()
        if not child:  # a process of its own, killed as by the machine's administrator
            puller.page([entry])
            os._exit(0)

        def kill(n, moment, number=number, child=child):
            if (n, moment) == (number, when):
                os.kill(child, signal.SIGKILL)

        proxy.on_call = kill
        _pid, status = os.waitpid(child, 0)
        proxy.on_call = None
        assert os.WIFSIGNALED(status), (proxy.calls, number)
        (healed,) = puller.page([entry])
        assert healed.state == "posted"
    assert_once(office, firm, refs, entries, [first, *invoices][1:])


# -- yesterday's database -----------------------------------------------------


def test_the_members_database_is_restored(
    databases, office, firm, refs, linked, puller, verify
):
    """What was booked since the backup is missing: it is posted again, once."""
    with yesterday(databases, firm.odoo.db) as backup:
        invoices = sold_many(office, firm, 2)
        entries = waiting(linked)
        assert puller.pull().posted == 2
        with servers.serving(databases, backup) as odoo:
            restored = Firm(databases, odoo, SELLER)
            books = restored.books(refs)
            codes = linked.hello()["accounts"]
            assert Puller(linked, books, codes).pull().posted == 0
            found = Verifier(linked, books, codes).verify()
            assert (found.healed, found.differences) == (2, [])
            booked = restored.keyed(refs)
            assert [booked[entry.key] for entry in entries] == [[HALF], [HALF]]
            again = Verifier(linked, books, codes).verify()
            assert (again.healed, again.differences) == (0, [])
    assert_once(office, firm, refs, entries, invoices)


def test_the_networks_database_is_restored(
    databases, office, firm, refs, linked, puller
):
    """What the network forgot is named; done again there, nothing is doubled."""
    with yesterday(databases, office.odoo.db) as backup:
        ((move, number),) = sold_many(office, firm, 1)
        (entry,) = waiting(linked)
        puller.pull()
        with servers.serving(databases, backup) as odoo:
            restored = Office(databases, odoo)
            network = restored.network(SELLER)
            verifier = Verifier(network, firm.books(refs), linked.hello()["accounts"])
            (found,) = verifier.verify().differences
            assert (found.kind, found.books) == ("unknown", Decimal(60))
            # other work first, so that numbers and ids are other ones
            restored.validate([restored.upload(BUYER, "octopluie", 10)])
            restored.validate([restored.upload(SELLER, BUYER, 100, 50, number)])
            again = Puller(network, firm.books(refs), linked.hello()["accounts"]).pull()
            assert (again.posted, again.there) == (0, 1)
            assert verifier.verify().differences == []
            assert {one["key"]: one["state"] for one in restored.entries(SELLER)}[
                entry.key
            ] == "posted"
        assert firm.read(move, "amount_residual") == HALF
