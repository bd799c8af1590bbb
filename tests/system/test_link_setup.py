"""`troc-link setup` in a member's own Odoo, without any addon of ours."""

import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from link_seller import HELLO, today
from link_world import ROOT, Firm

from actif_rules.facturx.reader import read_document
from troc_dev.needs import server as servers
from troc_link.clients.odoo import connect
from troc_link.commands.setup import ensure, refs
from troc_link.ends import Secret
from troc_link.errors import SETTINGS, LinkError
from troc_link.invoices import candidates
from troc_link.invoices.documents import Documents
from troc_link.invoices.invoice import Invoices

MODELS = ("account.account", "account.journal", "account.payment.term")


@pytest.fixture(scope="module")
def odoo(databases):
    """An Odoo where nothing was set up."""
    with databases.scratch("setup", databases.with_companies) as db:
        with servers.serving(databases, db) as running:
            yield running


@pytest.fixture(scope="module")
def with_addon(databases):
    """A member whose own Odoo has Troc Actif."""
    with databases.scratch("addon", databases.for_tests) as db:
        with servers.serving(databases, db) as running:
            yield Firm(databases, running, "palissandre")


@pytest.fixture(scope="module")
def joinery(databases, odoo):
    return Firm(databases, odoo, "palissandre", "Test Menuiserie Solidaire")


@pytest.fixture(scope="module")
def agency(databases, odoo):
    return Firm(databases, odoo, "marchetti", "Test Agence Campagne")


@pytest.fixture(scope="module")
def operator(databases, odoo):
    return Firm(databases, odoo, "octopluie", "Test Réseau Actif")


def administrator(firm):
    """Return the end of the administrator of that Odoo."""
    return replace(firm.end(), login="admin", secret=Secret("admin"))


def counted(firm):
    """Return how many of each there are in a company."""
    return [firm.ask(model, "search_count", []) for model in MODELS]


def states(steps):
    return [step.state for step in steps]


def test_who_only_bills_is_told_who_can(joinery):
    before = counted(joinery)
    with pytest.raises(LinkError) as refused:
        ensure(connect(joinery.end()), joinery.company_id, HELLO)
    assert refused.value.status == SETTINGS
    assert "administrateur de la comptabilité" in refused.value.way_out
    assert counted(joinery) == before


def test_before_setup_daily_runs_say_to_run_it(joinery):
    with pytest.raises(LinkError) as refused:
        refs(connect(joinery.end()), joinery.company_id)
    assert "setup" in refused.value.way_out


def test_a_dry_run_shows_all_and_writes_nothing(joinery):
    before = counted(joinery)
    client = connect(administrator(joinery))
    steps = ensure(client, joinery.company_id, HELLO, dry_run=True)
    assert states(steps) == ["missing"] * 4
    assert steps[0].values["code"] == "467800"
    assert steps[2].values["name"] == "Paiement par compensation en 100% Actif"
    assert counted(joinery) == before


def test_two_at_once_make_one_and_again_changes_nothing(joinery):
    before = counted(joinery)
    clients = [connect(administrator(joinery)) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda c: ensure(c, joinery.company_id, HELLO), clients))
    assert len({tuple(step.id for step in steps) for steps in runs}) == 1
    after = counted(joinery)
    assert after == [before[0] + 1, before[1] + 1, before[2] + 2]
    again = ensure(clients[0], joinery.company_id, HELLO)
    assert states(again) == ["found"] * 4
    assert counted(joinery) == after
    assert [step.id for step in again] == [step.id for step in runs[0]]


def test_what_is_made_is_what_was_meant(joinery):
    found = refs(connect(joinery.end()), joinery.company_id)
    (account,) = joinery.ask(
        "account.account", "read", [found.account_id], ["code", "account_type"]
    )
    assert (account["code"], account["account_type"]) == ("467800", "asset_current")
    (journal,) = joinery.ask(
        "account.journal",
        "read",
        [found.journal_id],
        ["code", "type", "restrict_mode_hash_table", "company_id"],
    )
    assert (journal["code"], journal["type"]) == ("TROC", "general")
    assert journal["restrict_mode_hash_table"]
    assert journal["company_id"][0] == joinery.company_id
    (line,) = joinery.ask(
        "account.payment.term.line",
        "search_read",
        [("payment_id", "=", found.term_ids["50"])],
        ["value", "value_amount", "nb_days"],
    )
    assert (line["value"], line["value_amount"], line["nb_days"]) == (
        "percent",
        100,
        30,
    )
    assert not found.has_addon


@pytest.mark.parametrize("kind", ["odoorpc", "json2"])
def test_who_bills_finds_it_again(joinery, kind):
    end = joinery.end(kind=kind, is_key=kind == "json2")
    found = refs(connect(end), joinery.company_id)
    assert sorted(found.term_ids) == ["100", "50"]
    assert found.company_domain == ("company_ids", "in", [joinery.company_id])


KILLED = """
    import os, signal
    from troc_link.clients.odoo import connect
    from troc_link.ends import End, Secret
    from troc_link.commands.setup import ensure
    client = connect(End("books", {url!r}, {db!r}, "admin", Secret("admin"),
                         is_key=False, kind="odoorpc", company={company}))
    call = client.call
    def until(model, method, *args, **params):
        told = call(model, method, *args, **params)
        if method == "load":
            os.kill(os.getpid(), signal.SIGKILL)
        return told
    client.call = until
    ensure(client, {company}, {hello!r})
"""


@pytest.mark.parametrize("made", ["account", "journal", "term"])
def test_a_run_is_killed_after_what_it_creates(agency, made):
    """Each goes on where the one before was killed."""
    script = KILLED.format(
        url=agency.odoo.url,
        db=agency.odoo.db,
        company=agency.company_id,
        hello=HELLO,
    )
    lib = ROOT / "addons/troc_actif_invoice/lib"
    path = os.pathsep.join([str(ROOT / "scripts"), str(lib)])
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    )
    assert run.returncode == -signal.SIGKILL


def test_after_the_kills_nothing_is_there_twice(agency):
    before = counted(agency)
    steps = ensure(connect(administrator(agency)), agency.company_id, HELLO)
    assert states(steps) == ["found", "found", "found", "created"]
    assert counted(agency) == [*before[:2], before[2] + 1]
    assert refs(connect(agency.end()), agency.company_id).journal_id == steps[1].id


def test_a_code_that_is_taken_is_left(operator):
    """With Actif nowhere in its name, 467800 is somebody else's account."""
    values = {"code": "467800", "name": "Autre", "account_type": "asset_current"}
    operator.ask("account.account", "create", values)
    client = connect(administrator(operator))
    steps = ensure(client, operator.company_id, HELLO, dry_run=True)
    assert steps[0].values["code"] == "467801"


def test_an_account_and_a_journal_of_his_own_are_left_as_they_are(operator):
    values = {"code": "467850", "name": "En Actif", "account_type": "asset_current"}
    own = operator.ask("account.account", "create", values)
    values = {"code": "TROC", "name": "Trocs de 2019", "type": "general"}
    operator.ask(
        "account.journal", "create", {**values, "company_id": operator.company_id}
    )
    hello = {**HELLO, "shares": ["100"], "share_base": "untaxed"}
    client = connect(administrator(operator))
    steps = ensure(client, operator.company_id, hello)
    assert states(steps) == ["found", "created", "created"]
    assert steps[0].id == own
    assert steps[1].values["code"] == "TROC1"
    assert steps[2].name.endswith("du montant HT (TVA en euros)")
    (account,) = operator.ask("account.account", "read", [own], ["name", "code"])
    assert (account["name"], account["code"]) == ("En Actif", "467850")
    found = refs(connect(operator.end()), operator.company_id)
    assert (found.account_id, list(found.term_ids)) == (own, ["100"])
    # whatever he calls it later
    operator.ask("account.account", "write", [own], {"name": "Compensation"})
    assert states(ensure(client, operator.company_id, hello)) == ["found"] * 3


def test_with_troc_actif_its_account_is_used_and_shares_are_its_own(with_addon):
    firm = with_addon
    client = connect(administrator(firm))
    steps = ensure(client, firm.company_id, HELLO, dry_run=True)
    assert states(steps) == ["note", "missing", "missing"]
    assert "Paramétrer" in steps[0].name
    settings = firm.ask(
        "res.config.settings", "create", {"company_id": firm.company_id}
    )
    firm.ask("res.config.settings", "action_troc_setup", [settings])
    steps = ensure(client, firm.company_id, HELLO)
    assert states(steps) == ["found", "created"]
    (company,) = firm.ask(
        "res.company", "read", [firm.company_id], ["troc_account_id", "troc_journal_id"]
    )
    found = refs(connect(firm.end()), firm.company_id)
    assert found.has_addon
    assert found.term_ids == {}
    assert found.account_id == company["troc_account_id"][0]
    # its own journal takes no entry made by hand
    assert found.journal_id != company["troc_journal_id"][0]


def test_with_troc_actif_the_share_of_an_invoice_is_its_own(with_addon):
    firm = with_addon
    firm.refs = refs(connect(firm.end()), firm.company_id)
    move, number = firm.document("marchetti", actif_share=33.33)
    plain, _number = firm.document("marchetti")
    client = connect(firm.end())
    terms = candidates.terms(client, firm.refs)
    found = candidates.find(client, firm.company_id, today(), terms)
    assert move in found
    assert plain not in found
    reader = Invoices(client, firm.company_id, terms)
    (document,) = Documents(client, reader, HELLO).of(reader.read([move]))
    assert (document.trouble, document.invoice.number) == ("", number)
    assert str(read_document(document.content).actif_claim.share) == "33.33"
