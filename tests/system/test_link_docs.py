"""The examples of docs/api.md run as they stand, as the portal user they are for."""

import argparse
import json
import os
import re
import shlex
import string
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from link_world import api_key, company, factur_x

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
MEMBER, BUYER = "novarive", "marchetti"
EXAMPLES = re.findall(r"```(sh|python)\n(.*?)```", DOCS.read_text(), re.DOTALL)


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


def sent(environment, code):
    """Send what a curl command of the examples sends, on a machine without curl."""
    parser = argparse.ArgumentParser("curl", exit_on_error=False)
    parser.add_argument("-sS", action="store_true")
    parser.add_argument("-H", action="append")
    parser.add_argument("-d", type=str.encode)
    parser.add_argument("url")
    program, *words = shlex.split(code.replace("\\\n", ""))
    assert program == "curl"
    call = parser.parse_args(
        string.Template(word).substitute(environment) for word in words
    )
    headers = dict(line.split(": ") for line in call.H)
    request = urllib.request.Request(call.url, call.d, headers)
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(request, timeout=60) as answer:
        return json.load(answer)


def run(environment, code):
    done = subprocess.run(
        [sys.executable, "-c", code],
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
    told = [sent(environment, code) for _kind, code in EXAMPLES[:3]]
    assert told[0]["member"]["siren"] == company(MEMBER).siren
    assert told[1]["link"]["state"] == "active"
    assert told[2]["more"] is False


def test_odoorpc(environment, office):
    _kind, code = EXAMPLES[3]
    said = run(environment, code)
    assert said.startswith(company(MEMBER).name)
    assert "submitted COMP/" in said
    assert len(office.found("DOC-1", MEMBER)) == 1
    # as all methods may be repeated, so may the example
    assert "known COMP/" in run(environment, code)
    assert len(office.found("DOC-1", MEMBER)) == 1


def test_every_public_method_is_documented():
    source = (
        Path(__file__).parents[2] / "addons/troc_actif_link/models/troc_link_api.py"
    ).read_text()
    methods = re.findall(r"^    def ([a-z]\w+)\(", source, re.MULTILINE)
    documented = re.findall(r"^### `(\w+)\(", DOCS.read_text(), re.MULTILINE)
    assert sorted(methods) == sorted(documented)
