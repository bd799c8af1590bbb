"""The demonstration, as a newcomer runs it: against a server, over RPC, twice."""

import os
import subprocess
import sys

from troc_dev import paths
from troc_dev import server as servers

MODELS = ("troc.compensation", "troc.member", "troc.territory", "res.partner")


def counts(rpc):
    """Return how many records of each kind there are, for an administrator."""
    odoo = rpc()
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
    before = counts(rpc)
    again = demo.tell()
    assert again.returncode == 0, again.stdout[-2000:]
    assert counts(rpc) == before


def test_verify_says_eight_of_eight(demo, databases):
    environment = servers.environment(databases)
    config = servers.command(databases)[-2:]
    done = subprocess.run(
        [sys.executable, "-m", "troc_dev.verify_inside", *config, "-d", demo.db],
        env={**os.environ, **environment},
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 sur 8" in done.stdout
