"""The demonstration, as a newcomer runs it: against a server, over RPC, twice."""

import base64
import copy
import functools
import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest

from actif_rules.facturx import reader as facturx_reader
from troc_demo import data
from troc_dev import demo as demonstration
from troc_dev import paths
from troc_dev.needs import postgres
from troc_dev.needs import server as servers

PASSWORD = "admin"
READER = "comptable@troc-actif.example"
MODELS = ("troc.compensation", "troc.member", "troc.territory", "res.partner")


@dataclass
class Demo:
    """The demonstration, told to a server of its own."""

    url: str
    db: str
    port: int
    environment: dict
    output: str = ""

    def tell(self):
        """Run the story as ./scripts/demo does; return the finished process."""
        return subprocess.run(
            [sys.executable, "-m", "troc_demo"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def demo(databases):
    """A server of its own, on which no other test has done anything."""
    template = functools.partial(demonstration.told, databases)
    with databases.scratch("demo", template) as db:
        with servers.serving(databases, db) as odoo:
            names = {"TROC_URL": odoo.url, "TROC_DB": db}
            env = servers.environment(databases, **names, TROC_ADMIN_PASSWORD=PASSWORD)
            found = Demo(odoo.url, db, odoo.port, env)
            done = found.tell()
            assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
            found.output = done.stdout
            yield found


def counts(rpc, demo):
    """Return how many records of each kind there are, for an administrator."""
    odoo = rpc(at=demo)
    return {model: odoo.execute(model, "search_count", []) for model in MODELS}


def test_the_account_is_complete(demo):
    told = demo.output
    assert "16 factures sur 16 comme attendu, 8 invariants sur 8" in told
    for book in ("Atelier Boisclair", "Agence Contrechamp"):
        assert f"── Livres de : {book}" in told
    assert "Registre du réseau" in told
    assert "il en manque" in told  # the purchase beyond the limit, with its reason
    assert "contre-passée le" in told


def test_a_second_run_duplicates_nothing(demo, rpc):
    before = counts(rpc, demo)
    again = demo.tell()
    assert again.returncode == 0, again.stdout[-2000:]
    assert counts(rpc, demo) == before


def test_verify_says_eight_of_eight(demo, databases):
    environment = servers.environment(databases)
    config = servers.command(databases)[-2:]
    done = subprocess.run(
        [sys.executable, "-m", "troc_dev.verify.inside", *config, "-d", demo.db],
        env={**os.environ, **environment},
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 sur 8" in done.stdout


def test_what_a_hosted_member_sends_reads_back(demo, rpc, printer):
    """The PDF that Odoo made at submission, read with its XML as anybody would."""
    odoo = rpc(READER, data.PASSWORD, at=demo)
    (found,) = odoo.execute(
        "troc.compensation",
        "search_read",
        [("document_number", "=", "FBC/2026/00003")],
        ["document_facts", "document_filename", "document", "document_sha256"],
    )
    content = base64.b64decode(found["document"])
    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() == found["document_sha256"]
    parsed = facturx_reader.read_document(content)
    assert (parsed.profile, parsed.actif_claim.share) == ("EXTENDED", 50)
    stated = {fact["code"]: fact for fact in found["document_facts"]}
    assert stated["number"]["value"] == "FBC/2026/00003"
    for code in ("number", "issue_date", "total_untaxed", "total", "actif_share"):
        assert stated[code]["on_page"] is True, code


def test_only_tests_do_not_wait_for_the_disk(databases, monkeypatch):
    """Acknowledged validations were gone after a kill of the demonstration's server."""
    monkeypatch.delenv("PGOPTIONS", raising=False)
    found, settings = copy.copy(databases), []
    for found.for_tests_alone in (False, True):
        env = servers.environment(found)
        own = postgres.Server(env, embedded=databases.postgres.embedded)
        settings += own.sql("SHOW synchronous_commit")
    assert settings[1] == ["off"]
    # a server of the environment has settings of its own
    assert settings[0] == ["on"] or not databases.postgres.embedded
