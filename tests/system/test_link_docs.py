"""The examples of docs/api.md run as they stand, as the portal user they are for."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from link_world import api_key, company, factur_x

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
MEMBER, BUYER = "novarive", "marchetti"
EXAMPLES = re.findall(r"```(sh|python)\n(.*?)```", DOCS.read_text(), re.DOTALL)
PROGRAMS = {"sh": ["bash", "-e", "-c"], "python": [sys.executable, "-c"]}


@pytest.fixture(scope="module")
def environment(office, tmp_path_factory):
    """What the examples ask for: URL, DB, LOGIN, KEY and a FILE to send."""
    file = tmp_path_factory.mktemp("docs") / "facture.xml"
    file.write_bytes(factur_x(MEMBER, BUYER, 100, number="DOC-1"))
    login = company(MEMBER).login
    return {
        **os.environ,
        "URL": office.odoo.url,
        "DB": office.odoo.db,
        "LOGIN": login,
        "KEY": api_key(office.databases, office.odoo.db, login),
        "FILE": str(file),
        "no_proxy": "127.0.0.1",
    }


def run(environment, kind, code):
    done = subprocess.run(
        [*PROGRAMS[kind], code],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_are_examples_of_both():
    assert [kind for kind, _code in EXAMPLES] == ["sh"] * 3 + ["python"]


def test_curl(environment):
    told = [json.loads(run(environment, "sh", code)) for _kind, code in EXAMPLES[:3]]
    assert told[0]["member"]["siren"] == company(MEMBER).siren
    assert told[1]["link"]["state"] == "active"
    assert told[2]["more"] is False


def test_odoorpc(environment, office):
    said = run(environment, *EXAMPLES[3])
    assert said.startswith(company(MEMBER).name)
    assert "submitted COMP/" in said
    assert len(office.found("DOC-1", MEMBER)) == 1
    # as all methods may be repeated, so may the example
    assert "known COMP/" in run(environment, *EXAMPLES[3])
    assert len(office.found("DOC-1", MEMBER)) == 1


def test_every_public_method_is_documented():
    source = (
        Path(__file__).parents[2] / "addons/troc_actif/models/troc_link_api.py"
    ).read_text()
    methods = re.findall(r"^    def ([a-z]\w+)\(", source, re.MULTILINE)
    documented = re.findall(r"^### `(\w+)\(", DOCS.read_text(), re.MULTILINE)
    assert sorted(methods) == sorted(documented)
