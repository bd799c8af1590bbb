"""The whole way as a new user goes it: the real command, two Odoos, real people.

An accountant links her own Odoo, sends an invoice, sees it validated, and finds the
entry reconciled in her books; then the same with Troc Actif installed at hers.
"""

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
from pathlib import Path

import pytest
from link_seller import today
from link_world import Firm, api_key, company, settings_file

from troc_demo import data
from troc_dev.needs import server as servers

COMMAND = Path(__file__).parents[2] / "scripts" / "troc-link"
BUYER = "marchetti"


class Person:
    """Who types commands, with settings of her own."""

    def __init__(self, folder, **environment):
        self.config = folder / "link.ini"
        self.environment = {**os.environ, "TZ": data.TIME_ZONE, **environment}

    def types(self, *words, status=0):
        """Run a command; return what it prints, its JSON where it was asked for."""
        done = subprocess.run(
            [str(COMMAND), *words, "--config", str(self.config)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        told = done.stdout + done.stderr
        assert done.returncode == status, told
        for secret in re.findall(r"[0-9a-f]{40}", " ".join(self.secrets)):
            assert secret not in told
        return json.loads(done.stdout) if "--json" in words else told

    def starts(self, *words):
        """Start a command that goes on; return its process."""
        return subprocess.Popen(
            [str(COMMAND), *words, "--config", str(self.config)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def secrets(self):
        """The keys that nothing may print."""
        return [v for k, v in self.environment.items() if k.endswith("_KEY")]


@pytest.fixture(scope="module")
def own_server(databases):
    """The Odoo of this member alone, without any addon of ours."""
    with databases.scratch("journey", databases.with_companies) as db:
        with servers.serving(databases, db) as odoo:
            yield odoo


@pytest.fixture(scope="module")
def addon_server(databases):
    """The Odoo of a member who installed Troc Actif for himself."""
    with databases.scratch("addon", databases.for_tests) as db:
        with servers.serving(databases, db) as odoo:
            yield odoo


def links(person, office, firm, key, login, password=None):
    """Link as the accountant does: two keys, one command."""
    own = company(key)
    environment = {
        "TROC_LINK_NETWORK_KEY": api_key(office.databases, office.odoo.db, own.login),
        "TROC_LINK_BOOKS_KEY": api_key(firm.databases, firm.odoo.db, login),
    }
    person.environment.update(environment)
    return person.types(
        *("init", "--yes"),
        *("--network-url", office.odoo.url, "--network-db", office.odoo.db),
        *("--network-login", own.login),
        *("--books-url", firm.odoo.url, "--books-db", firm.odoo.db),
        *("--books-login", login, "--company", own.name),
    )


def compensation_of(office, number, seller):
    """Return the number of the compensation of an invoice."""
    (compensation,) = office.found(number, seller)
    row = office.admin["troc.compensation"].read([compensation], ["name"])
    return row[0]["name"]


@pytest.fixture
def animator(office, tmp_path):
    """An animator at a command line."""
    folder = tmp_path / "animator"
    folder.mkdir()
    login = f"gestion@{data.DOMAIN}"
    return Person(
        folder,
        TROC_LINK_NETWORK_URL=office.odoo.url,
        TROC_LINK_NETWORK_DB=office.odoo.db,
        TROC_LINK_ANIMATOR_LOGIN=login,
        TROC_LINK_ANIMATOR_KEY=api_key(office.databases, office.odoo.db, login),
    )


def test_an_odoo_without_our_addon(databases, office, own_server, animator, tmp_path):
    firm = Firm(databases, own_server, "roulevite", "Test Agence Campagne")
    person = Person(tmp_path)
    said = links(person, office, firm, "roulevite", "admin")
    assert "doctor" in said or "push" in said
    # from now on, as the one who bills: the key of another user
    person.environment["TROC_LINK_BOOKS_KEY"] = api_key(
        databases, firm.odoo.db, firm.login
    )
    person.environment["TROC_LINK_BOOKS_LOGIN"] = firm.login
    found = person.types("doctor", "--json")
    assert "error" not in json.dumps(found.get("checks", found))
    term = firm.ask("account.payment.term", "search", [("name", "like", "50% Actif")])
    move, number = firm.document(BUYER, 300, invoice_payment_term_id=term[0])
    said = person.types("push", "--dry-run")
    assert number in said
    assert office.found(number, "roulevite") == []
    told = person.types("sync", "--json")
    assert told["push"]["invoices"][0]["result"] == "submitted"
    assert number in animator.types("animator", "waiting")
    name = compensation_of(office, number, "roulevite")
    assert name in animator.types("animator", "validate", name)
    said = person.types("sync")
    assert number in said
    told = firm.read(move, "payment_state", "amount_residual")
    assert (told["payment_state"], told["amount_residual"]) == ("partial", 180.0)
    assert "180,00" in person.types("status").replace("\u202f", " ")
    again = person.types("sync", "--json")
    assert again["pull"]["posted"] == 0
    assert again["verify"]["differences"] == []
    said = person.types("statement", "--from", today())
    assert number in said


def test_an_odoo_with_our_addon(databases, office, addon_server, animator, tmp_path):
    """Its own field says the share, its own account takes the Actifs."""
    firm = Firm(databases, addon_server, "octopluie", "Test Agence Campagne")
    firm.ask("res.company", "action_troc_setup", [firm.company_id])
    (own,) = firm.ask("res.company", "read", [firm.company_id], ["troc_account_id"])
    person = Person(tmp_path)
    links(person, office, firm, "octopluie", "admin")
    move, number = firm.document(BUYER, 200, actif_share=100)
    told = person.types("sync", "--json")
    assert told["push"]["invoices"][0]["result"] == "submitted", told
    name = compensation_of(office, number, "octopluie")
    animator.types("animator", "validate", name)
    person.types("sync")
    told = firm.read(move, "payment_state", "amount_residual")
    assert told["payment_state"] in ("paid", "in_payment")
    lines = firm.ask(
        "account.move.line",
        "search_read",
        [("account_id", "=", own["troc_account_id"][0])],
        ["balance", "journal_id"],
    )
    assert [line["balance"] for line in lines] == [240.0]
    assert person.types("verify", "--json")["differences"] == []


# -- sync, left alone ---------------------------------------------------------


@pytest.fixture
def alone(office, firm, refs, linked, tmp_path):
    """A person whose link is set up, and where both ends are."""
    person = Person(tmp_path)
    settings_file(tmp_path, office, firm)
    return person


def test_nobody_answers(alone, tmp_path):
    """A server that is down is no failure of the link: the next run goes on."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
        alone.environment["TROC_LINK_NETWORK_URL"] = nowhere
        said = alone.types("sync", status=75)
    assert nowhere in said
    assert "Réessayez plus tard" in said


def test_one_run_at_a_time_on_a_machine(alone, tmp_path):
    with open(tmp_path / "link.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "en cours" in alone.types("sync")


def test_watch_goes_on_until_interrupted(alone):
    """It repeats, survives a server that is away, and stops when told to."""
    process = alone.starts("watch", "--every", "1s")
    said = []
    for line in process.stderr:
        said.append(line)
        if "Prochaine fois" in line and len(said) > 1:
            if sum("Prochaine fois" in one for one in said) == 2:
                break
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 130, said
    assert not any("✗" in one for one in said), said


def test_watch_waits_longer_while_nobody_answers(alone):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
        alone.environment["TROC_LINK_NETWORK_URL"] = nowhere
        process = alone.starts("watch", "--every", "1s")
        said = []
        for line in process.stderr:
            said += re.findall(r"Prochaine fois dans (\d+)", line)
            if len(said) == 2:
                break
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 130
    assert said == ["2", "4"]


def test_a_register_that_went_back_is_told(alone, linked, tmp_path):
    alone.types("pull")
    state = tmp_path / "link.state"
    kept = json.loads(state.read_text())
    assert list(kept.values()) == [linked.hello()["link"]["cursor"]]
    state.write_text(json.dumps({key: value + 1 for key, value in kept.items()}))
    assert "revenu en arrière" in alone.types("pull")
    assert "revenu en arrière" not in alone.types("pull")
