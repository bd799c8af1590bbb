"""What members without an Odoo, and animators, do from a command line."""

import io
import json

import pytest
from link_world import Office, factur_x

from troc_demo import data
from troc_link.clients import settings
from troc_link.clients.both import Ends
from troc_link.commands import animator, member
from troc_link.errors import LinkError, Misconfigured, Refused
from troc_link.words import parser
from troc_link.words.output import Output

SELLER, BUYER = "octopluie", "ruvert"


@pytest.fixture(scope="module")
def office(databases, server):
    found = Office(databases, server)
    for key in (SELLER, BUYER):
        found.allow(key, 50_000)
    return found


@pytest.fixture
def known(tmp_path, office):
    """Settings of the seller, and of the manager as an animator."""
    found = settings.load(tmp_path / "link.ini", {})
    end = office.end(SELLER, is_key=True)
    network = {"url": end.url, "db": end.db, "login": end.login}
    found.set("network", **network, key=end.secret.reveal())
    found.set("animator", login=data.MANAGER_LOGIN, password=data.PASSWORD)
    return found


@pytest.fixture
def run(known):
    """Return a function that runs a command: (status, what it printed)."""

    def run(*words):
        options = parser.parse([str(word) for word in words])
        options.out = Output(options.json, io.StringIO(), io.StringIO())
        module = animator if options.command == "animator" else member
        status = module.run(options, Ends(known))
        told = options.out._out.getvalue()
        return status, json.loads(told) if options.json else told

    return run


@pytest.fixture
def invoice(tmp_path):
    """Return a function that writes a Factur-X file: its path."""

    def write(number, amount=100, name=None, **values):
        path = tmp_path / (name or f"{number}.xml")
        path.write_bytes(factur_x(SELLER, BUYER, amount, number=number, **values))
        return path

    return write


def states(office, number):
    rows = office.admin["troc.compensation"].read(
        office.found(number, SELLER), ["state"]
    )
    return [row["state"] for row in rows]


def test_files_are_sent_once_without_a_link(run, invoice, office, tmp_path):
    good, second = invoice("LIGNE-1"), invoice("LIGNE-2")
    bad = tmp_path / "photo.pdf"
    bad.write_bytes(b"%PDF-1.4 une photo")
    absent = tmp_path / "absente.xml"
    status, told = run("submit", good, bad, second, absent)
    assert status == 1
    marks = [line[0] for line in told.splitlines() if line[0] in "✓✗!"]
    assert marks == ["✓", "✗", "✓", "✗"]
    assert "fichier introuvable" in told
    assert states(office, "LIGNE-1") == states(office, "LIGNE-2") == ["submitted"]
    status, told = run("--json", "submit", good, second)
    assert status == 0
    assert [one["result"] for one in told["files"]] == ["known", "known"]
    assert len(office.found("LIGNE-1", SELLER)) == 1


@pytest.fixture
def linked(office):
    """The link of the seller is open, until the end of the test."""
    network = office.network(SELLER)
    network.open()
    yield
    links = network.client.call(
        "troc.link", "search", domain=[["member_id", "=", office.member(SELLER)]]
    )
    network.client.call("troc.link", "action_revoke", links, reason="Fin du test")


def test_files_are_sent_once_over_a_link(run, invoice, office, linked):
    path = invoice("LIEN-1")
    for result in ("submitted", "known"):
        status, told = run("submit", "--json", path)
        assert (status, told["files"][0]["result"]) == (0, result)
    (made,) = office.found("LIEN-1", SELLER)
    (row,) = office.admin["troc.compensation"].read([made], ["source"])
    assert row["source"] == "rpc"
    _, told = run("status")
    assert "ouverte depuis" in told


def test_more_files_than_one_call_takes(run, invoice, office, linked):
    paths = [invoice(f"LOT-{number}", 1) for number in range(23)]
    status, told = run("submit", "--json", *paths)
    assert status == 0
    assert [one["file"] for one in told["files"]] == [str(path) for path in paths]
    assert {one["result"] for one in told["files"]} == {"submitted"}
    assert told["files"][22]["number"] == "LOT-22"
    assert len(office.found("LOT-22", SELLER)) == 1


def test_a_dry_run_reads_and_sends_nothing(run, invoice, office, tmp_path):
    bad = tmp_path / "texte.xml"
    bad.write_text("<a/>")
    status, told = run("submit", "--dry-run", invoice("ESSAI-1"), bad)
    assert status == 1
    good_line, bad_line = [ln for ln in told.splitlines() if ln[0] in "✓✗"]
    assert "ESSAI-1" in good_line and "serait envoyée" in good_line
    assert "serait refusée" in bad_line
    assert office.found("ESSAI-1", SELLER) == []


def test_status(run, invoice):
    run("submit", invoice("ETAT-1", 200))
    status, told = run("status")
    assert status == 0
    assert data.MEMBERS[SELLER].name in told
    (line,) = [line for line in told.splitlines() if line.startswith("ETAT-1")]
    assert data.MEMBERS[BUYER].name in line
    assert "240,00" in line and "en validation" in line
    _, told = run("--json", "status")
    assert told["hello"]["user"]["portal"] is True


def test_the_account_of_a_period(run, invoice, office):
    run("submit", invoice("RELEVE-1", 300))
    office.validate(office.found("RELEVE-1", SELLER))
    status, told = run("statement")
    assert status == 0
    (line,) = [line for line in told.splitlines() if "RELEVE-1" in line]
    assert "360,00" in line
    _, told = run("statement", "--json", "--from", "2020-01-01", "--to", "2020-12-31")
    assert (told["opening"], told["closing"], told["lines"]) == ("0.00", "0.00", [])
    with pytest.raises(LinkError, match="avant de commencer") as refused:
        run("statement", "--from", "2020-12-31", "--to", "2020-01-01")
    assert refused.value.status == 2


def test_the_entries_to_book(run, invoice, office, tmp_path):
    run("submit", invoice("ECRIT-1", 50))
    office.validate(office.found("ECRIT-1", SELLER))
    path = tmp_path / "ecritures.csv"
    status, _ = run("entries", "--format", "csv", "-o", path)
    assert status == 0
    assert "ECRIT-1" in path.read_text()
    assert list(tmp_path.glob("ecritures*")) == [path]
    for form in ("fec", "text"):
        _, told = run("entries", "--json", "--format", form)
        assert "ECRIT-1" in told["content"]
    path.unlink()
    run("entries", "--dry-run", "-o", path)
    assert not path.exists()


# -- animators ----------------------------------------------------------------------


def waiting(office, number, amount=10):
    made = office.upload(SELLER, BUYER, amount, number=number)
    (row,) = office.admin["troc.compensation"].read([made], ["name"])
    return row["name"]


def test_what_waits(run, office):
    name = waiting(office, "ATTEND-1")
    status, told = run("animator", "waiting")
    assert status == 0
    (line,) = [line for line in told.splitlines() if line.startswith(name)]
    assert "ATTEND-1" in line and "12,00" in line


def test_validate_by_number(run, office):
    first, second = waiting(office, "VALIDE-1"), waiting(office, "VALIDE-2")
    status, told = run("animator", "validate", first, "COMP/1900/1", second)
    assert status == 1
    marks = [line[0] for line in told.splitlines()]
    assert marks == ["✓", "✗", "✓"]
    assert states(office, "VALIDE-1") == states(office, "VALIDE-2") == ["validated"]
    status, told = run("animator", "validate", first, "--json")
    assert (status, told["results"][0]["message"]) == (0, "déjà validée")


def test_one_that_a_rule_stops_stops_no_other(run, office):
    dear, cheap = waiting(office, "CHER-1", 900_000), waiting(office, "CHER-2")
    status, told = run("animator", "validate", "--json", dear, cheap)
    assert status == 1
    assert [one["state"] for one in told["results"]] == ["error", "ok"]
    assert data.MEMBERS[BUYER].name in told["results"][0]["message"]
    assert states(office, "CHER-1") == ["submitted"]


def test_refuse_by_number_with_a_reason(run, office):
    name = waiting(office, "REFUS-1")
    status, _ = run("animator", "refuse", name, "--reason", "En double", "--dry-run")
    assert (status, states(office, "REFUS-1")) == (0, ["submitted"])
    status, _ = run("animator", "refuse", name, "--reason", "En double")
    assert (status, states(office, "REFUS-1")) == (0, ["refused"])
    _, told = run("status")
    (line,) = [line for line in told.splitlines() if line.startswith("REFUS-1")]
    assert "refusée\u00a0: En double" in line
    status, _ = run("animator", "refuse", name, "--reason", "Encore")
    assert status in (0, 1)


def test_a_member_is_no_animator(run, known, office):
    name = waiting(office, "INTRUS-1")
    values = known.values("network")
    known.set("animator", login=values["login"], key=values["key"], password=None)
    status, told = run("animator", "validate", name)
    assert status == 1
    assert states(office, "INTRUS-1") == ["submitted"]
    assert told.startswith("✗")


def test_an_animator_without_key(run, known):
    known.sections.pop("animator")
    with pytest.raises(Misconfigured):
        run("animator", "waiting")


def test_members_are_checked_before_they_are_imported(run, office, tmp_path):
    path = tmp_path / "membres.csv"
    path.write_text("nom;siren\nUn nouveau membre;552100554\nUn autre;12\n")
    before = office.admin["troc.member"].search_count([])
    status, told = run("animator", "import", path, "--check")
    assert status == 1
    assert any(line.startswith("✗ ligne") for line in told.splitlines())
    assert office.admin["troc.member"].search_count([]) == before


def test_import_is_for_managers(run, known, tmp_path):
    path = tmp_path / "membres.csv"
    path.write_text("nom;siren\nUn nouveau membre;552100554\n")
    known.set("animator", login=data.GRAND_PARIS)
    with pytest.raises(Refused) as caught:
        run("animator", "import", path)
    assert caught.value.is_access
