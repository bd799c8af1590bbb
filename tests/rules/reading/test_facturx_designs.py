"""The invoices that show each way to state an Actif share are read as meant."""

import json

from actif_rules.errors import RuleError
from actif_rules.facturx.extract import Worker
from actif_rules.facturx.reader import read_xml

# Designs whose name does not begin with their share; K: of the untaxed amount.
SHARES = {"K": 100, "L": 50, "M": 100}


def test_every_design_gives_its_claim(shared_files):
    for path in sorted((shared_files / "design").glob("*.xml")):
        letter, share = path.name.split("_")[:2]
        claim = read_xml(path.read_bytes()).actif_claim
        assert claim and claim.agree, path.name
        assert claim.share == (SHARES.get(letter) or int(share)), path.name
        assert (claim.base == "untaxed") == (letter == "K"), path.name


def test_the_designs_follow_their_schema_or_not_as_recorded(shared_files):
    results = json.loads((shared_files / "design" / "design_results.json").read_text())
    with Worker() as worker:
        for name, verdicts in results.items():
            valid = is_valid(worker, (shared_files / "design" / name).read_bytes())
            assert valid == (verdicts["xsd"] == "ok"), name


def is_valid(worker, content):
    try:
        worker.extract(content)
    except RuleError as error:
        assert error.code == "xsd_invalid"
        return False
    return True
