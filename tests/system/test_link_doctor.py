"""What doctor finds at two real ends: when all is well, and one thing at a time."""

import argparse
import dataclasses

import pytest
from link_world import Firm, Office, api_key

from troc_link.clients import settings
from troc_link.clients.both import Ends
from troc_link.commands import doctor
from troc_link.words.output import Output

MEMBER = "jardins"


@pytest.fixture(scope="module")
def office(databases, server):
    return Office(databases, server)


@pytest.fixture(scope="module")
def firm(databases, plain_server):
    return Firm(databases, plain_server, MEMBER, name="Test Réseau Actif")


@pytest.fixture
def known(tmp_path, office, firm):
    """Settings with which all is well."""
    office.network(MEMBER).open()
    found = settings.load(tmp_path / "link.ini", {})
    for end in (office.end(MEMBER, is_key=True), firm.end(is_key=True)):
        found.set(
            end.name,
            url=end.url,
            db=end.db,
            login=end.login,
            key=end.secret.reveal(),
            company=end.company,
        )
    return found


def examined(known, **options):
    """Return {(end, name): check}."""
    given = {"fix": False, "dry_run": False, **options}
    found = doctor.examine(argparse.Namespace(**given), Ends(known))
    assert all(check.remedy or check.state == "ok" for check in found)
    return {(check.end, check.name): check for check in found}


def wrong(checks):
    return {where: one.state for where, one in checks.items() if one.state != "ok"}


def concluded(known, capsys):
    options = argparse.Namespace(fix=False, dry_run=False, out=Output())
    return doctor.run(options, Ends(known)), capsys.readouterr().out


def test_all_is_well_but_for_the_set_up(known, capsys):
    checks = examined(known)
    assert wrong(checks) == {("books", "setup"): "warning"}
    looked = "connection version client key clock rights least_rights one_company"
    more = "company country chart currency locked setup"
    assert {name for end, name in checks if end == "books"} - {"tls"} == set(
        f"{looked} {more}".split()
    )
    status, told = concluded(known, capsys)
    assert status == 0
    assert "setup" in told


def test_no_books_is_fine_for_a_member_without_odoo(known):
    known.sections.pop("books")
    assert wrong(examined(known)) == {}


def test_passwords_are_less_good(known, office):
    end = office.end(MEMBER)
    known.set("network", key=None, password=end.secret.reveal())
    found = wrong(examined(known))
    assert found["network", "key"] == found["network", "client"] == "warning"


def test_the_better_client_is_kept_where_asked(known):
    known.set("books", kind="odoorpc")
    assert wrong(examined(known))["books", "client"] == "warning"
    assert ("books", "client") not in wrong(examined(known, fix=True))
    assert settings.load(known.path, {}).end("books").kind == "json2"


@pytest.mark.parametrize("name", ["network", "books"])
def test_a_wrong_key(known, name, capsys):
    known.set(name, key="f" * 40, kind="json2")
    assert wrong(examined(known))[name, "connection"] == "error"
    status, told = concluded(known, capsys)
    assert status == 3
    assert "init" in told


def test_an_end_that_does_not_answer(known):
    known.set("books", url="http://127.0.0.1:9", timeout=1)
    checks = examined(known)
    assert "connexion refusée" in checks["books", "connection"].text
    assert checks["network", "link"].state == "ok"


def test_the_ends_swapped(known, firm):
    end = firm.end(is_key=True)
    known.set("network", url=end.url, db=end.db, login=end.login)
    known.set("network", key=end.secret.reveal())
    checks = examined(known)
    assert checks["network", "protocol"].state == "error"
    assert "pas l'Odoo d'un réseau" in checks["network", "protocol"].text


def test_staff_of_the_network_is_not_a_member(known, databases, office):
    key = api_key(databases, office.odoo.db, "admin")
    known.set("network", login="admin", key=key)
    assert examined(known)["network", "protocol"].state == "error"


def test_too_many_rights(known, databases, firm):
    key = api_key(databases, firm.odoo.db, "admin")
    known.set("books", login="admin", key=key)
    checks = examined(known)
    assert checks["books", "least_rights"].state == "warning"
    assert "Paramètres" in checks["books", "least_rights"].text
    assert checks["books", "one_company"].state == "warning"


@pytest.fixture
def changed(firm):
    """Return a function that changes a record until the end of the test."""
    undo = []

    def change(model, record, **values):
        (old,) = firm.ask(model, "read", [record], list(values))
        plain = {k: v[0] if isinstance(v, list) else v for k, v in old.items()}
        plain.pop("id")
        undo.append((model, record, plain))
        firm.ask(model, "write", [record], values)

    yield change
    for model, record, values in reversed(undo):
        firm.ask(model, "write", [record], values)


def test_no_right_to_book(known, firm):
    (user,) = firm.ask("res.users", "search", [("login", "=", firm.login)])
    (old,) = firm.ask("res.users", "read", [user], ["group_ids"])
    group = firm.admin.ids("base.group_user")
    firm.ask(
        "res.users", "write", [user], {"group_ids": [(6, 0, list(group.values()))]}
    )
    try:
        assert wrong(examined(known))["books", "rights"] == "error"
    finally:
        ids = [(6, 0, old["group_ids"])]
        firm.ask("res.users", "write", [user], {"group_ids": ids})


def test_the_siren_of_somebody_else(known, firm, changed, capsys):
    changed("res.company", firm.company_id, company_registry="552100554", vat=False)
    found = examined(known)["both", "siren"]
    assert found.state == "error"
    assert "552100554" in found.text
    assert concluded(known, capsys)[0] == 3


def test_no_siren_at_all(known, firm, changed):
    changed("res.company", firm.company_id, company_registry=False, vat=False)
    assert examined(known)["both", "siren"].state == "warning"


def test_books_that_are_locked(known, firm, changed):
    changed("res.company", firm.company_id, fiscalyear_lock_date="2099-12-31")
    found = examined(known)["books", "locked"]
    assert found.state == "error"
    assert "31/12/2099" in found.text


def test_a_company_that_is_not_his(known, firm):
    known.set("books", company=1)
    assert examined(known)["books", "company"].state == "error"
    known.set("books", company=None)
    assert examined(known)["books", "company"].state == "warning"


def test_a_foreign_company(known, databases, firm):
    key = api_key(databases, firm.odoo.db, "admin")
    known.set("books", login="admin", key=key, company=1)
    found = wrong(examined(known))
    assert found["books", "currency"] == "error"
    assert found["books", "country"] == found["books", "chart"] == "warning"


def test_a_link_that_was_closed(known, office):
    member = office.member(MEMBER)
    (link,) = office.admin["troc.link"].search([("member_id", "=", member)])
    own = office.server.connect(office.end(MEMBER).login)
    own["troc.link"].action_revoke([link], reason="Changement d'Odoo")
    try:
        found = examined(known)["network", "link"]
        assert found.state == "error"
        assert "Changement d'Odoo" in found.text
    finally:
        office.network(MEMBER).open()


def test_nothing_secret_in_what_it_finds(known):
    known.set("books", key="5ecret" * 7, kind="json2")
    told = " ".join(str(dataclasses.asdict(c)) for c in examined(known).values())
    assert "5ecret" not in told
    assert known.end("network").secret.reveal() not in told
