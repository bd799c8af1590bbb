"""Invoices of a member's own Odoo reach the network: once, and nothing stops the rest.

Two real servers: the network with the demonstration, and a member's Odoo without any
addon of ours, its accountant allowed to bill and no more.
"""

import functools
import io
import json
from types import SimpleNamespace

import pytest
from link_seller import Counted, ready, sold, today
from link_world import Firm, Office, company

from troc_dev import demo as demonstration
from troc_dev.needs import server as servers
from troc_link.books.ledger import Books
from troc_link.clients.network import Network
from troc_link.clients.odoo import connect
from troc_link.commands import push
from troc_link.errors import LinkError, Misconfigured, Unreachable
from troc_link.words.output import Output

SELLER, BUYER = "palissandre", "marchetti"
MADE = 6  # Odoo prints each


@pytest.fixture(scope="module")
def office(databases):
    """The network, told the demonstration, on a server of its own."""
    template = functools.partial(demonstration.told, databases)
    with databases.scratch("pushed", template) as db:
        with servers.serving(databases, db) as odoo:
            made = Office(databases, odoo)
            made.allow(BUYER)
            yield made


@pytest.fixture(scope="module")
def firm(databases):
    """The seller's own Odoo."""
    with databases.scratch("pushing", databases.with_companies) as db:
        with servers.serving(databases, db) as odoo:
            made = Firm(databases, odoo, SELLER)
            ready(made)
            # numbers that the demonstration does not know
            values = {"code": "VT"}
            journal = [("type", "=", "sale"), ("company_id", "=", made.company_id)]
            found = made.ask("account.journal", "search", journal)
            made.ask("account.journal", "write", found, values)
            yield made


@pytest.fixture(scope="module", autouse=True)
def opened(office):
    office.network(SELLER).open(since=today())


def pusher(office, firm, network=None, client=None):
    """Return what pushes, as the portal user here and the accountant there."""
    network = network or office.network(SELLER)
    client = client or connect(firm.end())
    books = Books(client, firm.company_id, firm.refs)
    return push.Pusher(network, books, network.hello())


def pushed(office, firm, **options):
    """Return {number: Sent} of a run."""
    one = pusher(office, firm, **options)
    return {sent.number: sent for sent in one.push(one.find())}


def run(office, firm, *, as_json=False, dry_run=False, again=None):
    """Run the command; return its status and what it printed."""
    out = io.StringIO()
    options = SimpleNamespace(
        out=Output(as_json, out, io.StringIO()), dry_run=dry_run, again=again
    )
    ends = SimpleNamespace(
        network=connect(office.end(SELLER)),
        books=connect(firm.end()),
        company=firm.company_id,
        has_books=True,
    )
    return push.run(options, ends), out.getvalue()


def number_of(firm, move):
    return firm.read(move, "name")


def test_a_dry_run_shows_what_would_be_sent(office, firm):
    half = number_of(firm, sold(firm, share=50))
    whole = number_of(firm, sold(firm, product=True))
    status, shown = run(office, firm, dry_run=True)
    assert status == 0
    line = next(line for line in shown.splitlines() if half in line)
    assert line.replace("\u202f", " ").split("  ")[-1].strip() == "600,00"
    assert "50\N{NO-BREAK SPACE}%" in line
    assert "à faire par Odoo" in line
    assert whole in shown
    assert not office.found(half)
    assert not office.found(whole)


def test_invoices_are_sent_once(office, firm, printer):
    moves = [sold(firm, share=50), sold(firm, product=True)]
    numbers = [number_of(firm, move) for move in moves]
    sent = pushed(office, firm)
    assert [sent[number].result for number in numbers] == ["submitted"] * 2
    assert [sent[number].source for number in numbers] == ["built", "odoo"]
    for number in numbers:
        (found,) = office.found(number)
        (told,) = office.admin["troc.compensation"].read([found], ["name", "state"])
        assert (told["name"], told["state"]) == (sent[number].compensation, "submitted")
    assert pushed(office, firm) == {}


def test_one_that_is_refused_stops_no_other(office, firm):
    stranger = firm.ask(
        "res.partner",
        "create",
        {
            "name": "Pas membre",
            "company_registry": "443061841",
            "country_id": firm._id("base.fr"),
        },
    )
    unknown = number_of(firm, sold(firm, share=50, partner_id=stranger))
    nobody = firm.ask("res.partner", "create", {"name": "Sans SIREN"})
    without = number_of(firm, sold(firm, share=50, partner_id=nobody))
    fine = number_of(firm, sold(firm, share=50))
    status, shown = run(office, firm, as_json=True)
    assert status == 1
    told = {one["number"]: one for one in json.loads(shown)["invoices"]}
    assert told[fine]["result"] == "submitted"
    for number in (unknown, without):
        assert told[number]["result"] == "refused"
        assert told[number]["message"]
        assert told[number]["way_out"]
    assert "Sans SIREN" in told[without]["message"]
    # they were for this test alone
    for number in (unknown, without):
        moves = firm.ask("account.move", "search", [("name", "=", number)])
        firm.ask("account.move", "button_draft", moves)


def test_what_an_animator_refused_goes_again_only_when_asked(office, firm):
    number = number_of(firm, sold(firm, share=50))
    pushed(office, firm)
    office.animator["troc.compensation"].action_refuse(office.found(number), "Trop")
    # told at each run, until somebody acts on it
    for _ in "12":
        told = pushed(office, firm)[number]
        assert (told.result, told.message) == ("rejected", "Trop")
        assert f"push --again {number}" in told.way_out
    assert len(office.found(number)) == 1
    status, _shown = run(office, firm, again=number)
    assert status == 0
    assert len(office.found(number)) == 2
    _status, shown = run(office, firm, again=number, as_json=True)
    (told,) = json.loads(shown)["invoices"]
    assert told["result"] == "known"
    assert len(office.found(number)) == 2


def test_a_number_that_is_none_is_told(office, firm):
    with pytest.raises(LinkError) as refused:
        run(office, firm, again="VT/1999/00001")
    assert "VT/1999/00001" in str(refused.value)


class Cut:
    """The network, whose line breaks before or after it did what was asked."""

    def __init__(self, client, *, after, times=1):
        self._client, self._after, self.left = client, after, times

    def __getattr__(self, name):
        return getattr(self._client, name)

    def call(self, model, method, *args, **params):
        if method == "push" and self.left:
            self.left -= 1
            if self._after:
                self._client.call(model, method, *args, **params)
            raise Unreachable("coupé")
        return self._client.call(model, method, *args, **params)


@pytest.mark.parametrize(("after", "result"), [(False, "submitted"), (True, "known")])
def test_a_cut_line_loses_and_doubles_nothing(office, firm, after, result):
    number = number_of(firm, sold(firm, share=50))
    network = Network(Cut(connect(office.end(SELLER)), after=after))
    sent = pushed(office, firm, network=network)
    assert sent[number].result == result
    assert len(office.found(number)) == 1


def test_two_at_once_send_each_once(office, firm):
    from concurrent.futures import ThreadPoolExecutor

    numbers = [number_of(firm, sold(firm, share=50)) for _ in range(4)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _n: pushed(office, firm), range(2)))
    assert [len(office.found(number)) for number in numbers] == [1] * 4


def test_the_credit_note_of_what_was_sent(office, firm):
    move = sold(firm, share=100, product=True)
    pushed(office, firm)
    office.validate(office.found(number_of(firm, move)))
    context = {"active_model": "account.move", "active_ids": [move]}
    values = {"journal_id": firm.read(move, "journal_id")[0]}
    wizard = firm.ask("account.move.reversal", "create", values, context=context)
    firm.ask("account.move.reversal", "reverse_moves", [wizard], context=context)
    note = firm.ask("account.move", "search", [("reversed_entry_id", "=", move)])
    firm.ask("account.move", "action_post", note)
    number = number_of(firm, note[0])
    sent = pushed(office, firm)
    assert (sent[number].result, sent[number].message) == ("submitted", "")


def test_an_invoice_without_share_stays(office, firm):
    kept = sold(firm, share=None, product=True, narration="<p>Charbon actif</p>")
    assert number_of(firm, kept) not in pushed(office, firm)


def test_a_page_costs_few_calls(office, firm):
    """Some that Odoo has to make: two calls each, and those of the page."""
    pushed(office, firm)
    for _ in range(MADE):
        sold(firm, share=50, product=True)
    books = Counted(connect(firm.end()))
    network = Counted(connect(office.end(SELLER)))
    sent = pushed(office, firm, client=books, network=Network(network))
    assert len(sent) == MADE
    assert {one.result for one in sent.values()} == {"submitted"}
    assert len(books.calls) + len(network.calls) <= 2 * MADE + 20


def test_without_an_open_link_nothing_is_sent(office, firm):
    with pytest.raises(Misconfigured) as refused:
        pusher(office, firm, network=office.network("octopluie"))
    assert "init" in refused.value.way_out


def test_the_books_of_another_company_are_left_alone(office, firm):
    other = office.network("octopluie")
    other.open(since=today())
    with pytest.raises(Misconfigured) as refused:
        pusher(office, firm, network=other)
    for key in (SELLER, "octopluie"):
        assert company(key).siren in str(refused.value)
