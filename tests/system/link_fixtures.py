"""The fixtures of all tests of the link: two servers, a member on both."""

import functools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from link_seller import today
from link_world import Firm, Office

from troc_dev import demo as demonstration
from troc_dev.needs import server as servers
from troc_link.books.refs import refs as find_refs
from troc_link.clients.odoo import connect
from troc_link.commands.pull import Puller
from troc_link.commands.setup import ensure
from troc_link.commands.verify import Verifier
from troc_link.ends import Secret

SELLER, BUYER = "palissandre", "marchetti"


@pytest.fixture(scope="session")
def office(databases):
    """The network, told the demonstration, on a server of its own."""
    template = functools.partial(demonstration.told, databases)
    with databases.scratch("office", template) as db:
        with servers.serving(databases, db) as odoo:
            made = Office(databases, odoo)
            for key in (SELLER, BUYER):
                made.allow(key)
            yield made


@pytest.fixture(scope="session")
def firm(databases, plain_server):
    """The seller's own books, in an Odoo without any addon of ours."""
    return Firm(databases, plain_server, SELLER)


@pytest.fixture(scope="session")
def refs(firm, linked):
    """Where the link books, made by an administrator, found by the accountant."""
    client = connect(replace(firm.end(), login="admin", secret=Secret("admin")))
    ensure(client, firm.company_id, linked.hello())
    return find_refs(connect(firm.end()), firm.company_id)


@pytest.fixture(scope="session")
def linked(office):
    """The network as the seller's portal user calls it, the link open."""
    network = office.network(SELLER)
    tomorrow = date.fromisoformat(today()) + timedelta(days=1)
    network.open(since=str(tomorrow))
    return network


@pytest.fixture(scope="session")
def booked_by_hand(linked, firm, refs):
    """What the member did before the link stands in his books already."""
    entries = [one for page in linked.pages(everything=True) for one in page]
    signs = {"earned": 1, "spent": -1}
    amount = sum(signs[one["side"]] * float(one["amount"]) for one in entries)
    (journal,) = firm.ask(
        "account.journal",
        "search",
        [("type", "=", "general"), ("id", "!=", refs.journal_id)],
        limit=1,
    )
    firm.entry(journal, refs.account_id, amount, "Avant le lien")


@pytest.fixture
def puller(linked, firm, refs, booked_by_hand):
    return Puller(linked, firm.books(refs), linked.hello()["accounts"])


@pytest.fixture
def verify(linked, firm, refs, booked_by_hand):
    """Verify without healing; nothing may differ at the end of any test."""
    verifier = Verifier(linked, firm.books(refs), linked.hello()["accounts"])
    yield verifier.verify
    found = verifier.verify(heal=False)
    assert found.differences == []


def sold_many(office, firm, count, amount=100, share=50):
    """Return [(invoice, number)] of many, validated; half of each is left to pay."""
    made = firm.documents(BUYER, count, amount)
    ids = [
        office.upload(SELLER, BUYER, amount, share, number) for _move, number in made
    ]
    for start in range(0, count, 20):
        office.validate(ids[start : start + 20])
    return made


def sold(office, firm, amount=1000, share=100):
    """Return (invoice, number) in the member's books, and validated at the network."""
    move, number = firm.document(BUYER, amount)
    office.validate([office.upload(SELLER, BUYER, amount, share, number)])
    return move, number
