"""The first minutes: init at a terminal and without one, then doctor."""

import argparse
import io
import os
import pty
import re
import select
import stat
import subprocess
import sys
import time

import pytest
from link_world import LINK_PATH, Firm, Office, api_key

from troc_link.clients import settings
from troc_link.clients.both import Ends
from troc_link.commands import doctor, init
from troc_link.errors import SETTINGS, LinkError, Misconfigured, NotAllowed
from troc_link.words import parser
from troc_link.words.output import Output

MEMBER = "clairnet"
PATIENCE = 60


@pytest.fixture(scope="module")
def office(databases, server):
    return Office(databases, server)


@pytest.fixture(scope="module")
def firm(databases, plain_server):
    return Firm(databases, plain_server, MEMBER, name="My Company")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "troc-actif" / "link.ini"


@pytest.fixture
def run(path):
    """Return a function that runs init with an environment: (status, its notes)."""

    def run(*words, **environ):
        options = parser.parse(["init", "--yes", *map(str, words)])
        options.out = Output(options.json, io.StringIO(), io.StringIO())
        environ = {f"TROC_LINK_{name}": value for name, value in environ.items()}
        status = init.run(options, Ends(settings.load(path, environ)))
        return status, options.out._err.getvalue()

    return run


def words(end):
    name = end.name
    return (
        *(f"--{name}-url", end.url, f"--{name}-db", end.db),
        *(f"--{name}-login", end.login),
    )


class Terminal:
    """Someone at a terminal who waits for a prompt, then types."""

    def __init__(self, *command, **environ):
        self.screen = ""
        own, theirs = pty.openpty()
        self._own = own
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environ,
            start_new_session=True,
        )
        os.close(theirs)

    def answer(self, prompt, text):
        """Wait for a prompt, type a line."""
        self._until(lambda: re.search(prompt, self.screen))
        self.screen = self.screen[re.search(prompt, self.screen).end() :]
        os.write(self._own, f"{text}\n".encode())

    def _until(self, done):
        deadline = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < deadline, self.screen
            if select.select([self._own], [], [], 1)[0]:
                self.screen += os.read(self._own, 4096).decode()

    def rest(self):
        """Return all that is shown until it ends, and the status."""
        while True:
            try:
                data = os.read(self._own, 4096)
            except OSError:  # the other side is closed
                break
            if not data:
                break
            self.screen += data.decode()
        os.close(self._own)
        return self.process.wait(PATIENCE), self.screen


def test_at_a_terminal(office, firm, databases, path):
    """An accountant with an Odoo of her own: addresses, keys, and she is linked."""
    network = office.end(MEMBER, is_key=True)
    key = api_key(databases, firm.odoo.db, "admin")
    terminal = Terminal(
        *(sys.executable, "-m", "troc_link", "--config", str(path), "init"),
        PYTHONPATH=os.pathsep.join(LINK_PATH),
        PATH=os.environ["PATH"],
        TERM="xterm",
    )
    terminal.answer(r"Adresse\s: $", network.url)
    terminal.answer(r"Base de données\s: $", network.db)
    terminal.answer(r"Utilisateur\s: $", network.login)
    terminal.answer(r"Clé API, ou mot de passe\s: $", "f" * 40)
    terminal.answer(r"n'accepte pas[\s\S]*Adresse \[http.*\]\s: $", "")
    terminal.answer(r"Base de données \[.*\]\s: $", "")
    terminal.answer(r"Utilisateur \[.*\]\s: $", "")
    terminal.answer(r"celle qui est connue\)\s: $", network.secret.reveal())
    terminal.answer(r"Votre Odoo[\s\S]*Adresse\s: $", f"{firm.odoo.url}/odoo/apps")
    terminal.answer(r"Base de données\s: $", firm.odoo.db)
    terminal.answer(r"Utilisateur\s: $", "admin")
    terminal.answer(r"Clé API, ou mot de passe\s: $", key)
    terminal.answer(r"conditions de paiement\s\? \(o/n\) \[o\]\s: $", "n")
    status, screen = terminal.rest()
    assert status == 0, screen
    assert "doctor" in screen
    assert key not in screen and network.secret.reveal() not in screen
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    known = settings.load(path, {})
    assert known.end("books").company == firm.company_id
    assert known.end("books").kind == known.end("network").kind == "json2"
    assert office.network(MEMBER).hello()["link"]["state"] == "active"
    options = argparse.Namespace(fix=False, dry_run=False)
    found = doctor.examine(options, Ends(known))
    assert ("both", "siren", "ok") in {(c.end, c.name, c.state) for c in found}


def test_without_a_terminal(office, firm, run, path):
    network, books = office.end(MEMBER, is_key=True), firm.end(is_key=True)
    keys = {
        "NETWORK_KEY": network.secret.reveal(),
        "BOOKS_KEY": books.secret.reveal(),
    }
    status, told = run(*words(network), *words(books), "--dry-run", **keys)
    assert not path.exists()
    run(*words(network), *words(books), **keys)
    text = path.read_text()
    assert not any(key in text for key in keys.values())
    assert f"company = {firm.company_id}" in text
    run(*words(network), *words(books), "--keep-keys", **keys)
    kept = settings.load(path, {})
    assert kept.end("books").secret == books.secret
    assert kept.end("network").secret == network.secret


def test_who_may_only_invoice_is_told_who_prepares(office, firm, run):
    """The link is open all the same; the accountant's administrator does the rest."""
    network, books = office.end(MEMBER, is_key=True), firm.end(is_key=True)
    status, told = run(
        *(*words(network), *words(books)),
        NETWORK_KEY=network.secret.reveal(),
        BOOKS_KEY=books.secret.reveal(),
    )
    assert status in (0, SETTINGS)
    assert "La liaison est ouverte" in told
    assert told.rstrip().endswith("doctor")


def test_a_company_by_its_name(office, firm, run, path):
    network, books = office.end(MEMBER, is_key=True), firm.end(is_key=True)
    ends = (*words(network), *words(books))
    keys = {
        "NETWORK_KEY": network.secret.reveal(),
        "BOOKS_KEY": books.secret.reveal(),
    }
    run(*ends, "--company", firm.own.name, **keys)
    assert settings.load(path, keys_for(keys)).end("books").company == firm.company_id
    with pytest.raises(Misconfigured, match="Une autre"):
        run(*ends, "--company", "Une autre", **keys)


def keys_for(keys):
    return {f"TROC_LINK_{name}": value for name, value in keys.items()}


def test_what_is_refused_is_not_kept(office, run, path):
    network = office.end(MEMBER)
    with pytest.raises(NotAllowed):
        run(*words(network), "--network-only", NETWORK_KEY="f" * 40)
    assert not path.exists()


def test_an_odoo_that_is_not_the_networks(firm, run, path):
    end = firm.end(is_key=True)
    network = ("--network-url", end.url, "--network-db", end.db)
    with pytest.raises(LinkError, match="n'est pas l'Odoo d'un réseau") as caught:
        run(*network, "--network-only", NETWORK_KEY=end.secret.reveal())
    assert caught.value.status == SETTINGS
    assert not path.exists()
