"""Fixtures for tests against a running Odoo: the server, RPC and a browser."""

import functools
import sys
from pathlib import Path

import odoorpc
import pytest
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from link_fixtures import (  # noqa: F401
    booked_by_hand,
    firm,
    linked,
    office,
    puller,
    refs,
    verify,
)
from screens import Windows

from troc_dev import demo as demonstration
from troc_dev import setup
from troc_dev.needs import browser as browsers
from troc_dev.needs import printing
from troc_dev.needs import server as servers

PASSWORD = "admin"


@pytest.fixture(scope="session")
def databases():
    """The databases of this clone, on a running PostgreSQL."""
    with setup.ready() as found:
        found.for_tests_alone = True
        yield found


@pytest.fixture(scope="session")
def server(databases):
    """An Odoo with the demonstration, on a database of its own: `url`, `port`, `db`."""
    template = functools.partial(demonstration.told, databases)
    with databases.scratch("system", template) as db:
        with servers.serving(databases, db) as odoo:
            yield odoo


@pytest.fixture
def other_server(databases):
    """A second Odoo, for tests with a member who has his own."""
    with databases.scratch("other") as db, servers.serving(databases, db) as odoo:
        yield odoo


@pytest.fixture(scope="session")
def plain_server(databases):
    """The Odoo of a member, without any addon of ours."""
    with databases.scratch("plain", databases.with_companies) as db:
        with servers.serving(databases, db) as odoo:
            yield odoo


@pytest.fixture
def rpc(server):
    """Return a function that logs a user in over RPC."""

    def login(user="admin", password=PASSWORD, at=server):
        odoo = odoorpc.ODOO("127.0.0.1", port=at.port, timeout=300)
        odoo.login(at.db, user, password)
        return odoo

    return login


@pytest.fixture(scope="session")
def printer():
    """Nothing but the certainty that Odoo can print."""
    if lacking := printing.lacking():
        pytest.skip(lacking)


@pytest.fixture(scope="session")
def browser():
    """A Chromium, the same for all tests."""
    path = browsers.find()
    if not path:
        pytest.skip("no browser: install chromium, or set CHROME_BIN")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=list(browsers.FLAGS)
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def shared_windows(browser, server):
    return Windows(browser, server)


@pytest.fixture
def windows(shared_windows):
    """Windows of the browser on the demonstration, forgotten after the test."""
    yield shared_windows
    shared_windows.tidy()


@pytest.fixture
def errors():
    """Errors of the console that are ours; the test fails if there is one."""
    found = []
    yield found
    assert not found
