"""What a network may do without can be uninstalled, also once it was used.

One after the other from the demonstration, which has listings, deals that set Actifs
aside, fees, confirmations and members' own Odoos; the core and the portal go on.
"""

import json
import subprocess
from pathlib import Path

import pytest

from troc_dev import demo as demonstration
from troc_dev.needs import server as servers
from troc_dev.needs import venv

HERE = Path(__file__).parent
LEAVES = ("dashboard", "exchange", "link", "accounting", "market", "fees")
SET_ASIDE = "SELECT count(*) FROM troc_account WHERE reserved_amount != 0"


def inside(databases, name, program, *arguments):
    """Run a program inside Odoo on a database; return the finished process."""
    config = servers.command(databases)[-2:]
    return subprocess.run(
        [str(venv.PYTHON), str(HERE / program), *map(str, config), "-d", name]
        + list(arguments),
        env=servers.environment(databases),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def bare(databases):
    """The demonstration after all of them went, and what was said of it."""
    said = []
    with databases.scratch("bare", lambda: demonstration.told(databases)) as name:
        assert databases.postgres.sql(SET_ASIDE, name) != [["0"]]
        for leaf in LEAVES:
            addon = f"troc_actif_{leaf}"
            done = inside(databases, name, "uninstalled_inside.py", addon)
            assert done.returncode == 0, done.stderr[-3000:]
            assert addon not in databases.installed_modules(name)
            said.append(done.stderr)
        core = inside(databases, name, "uninstalled_inside.py", "troc_actif")
        found = inside(databases, name, "updated_inside.py")
        assert found.returncode == 0, found.stderr[-3000:]
        set_aside = databases.postgres.sql(SET_ASIDE, name)
        yield json.loads(found.stdout) | {
            "said": said,
            "set_aside": set_aside,
            "core": core,
        }


def test_the_eight_invariants_hold(bare):
    for report in bare["reports"]:
        breaches = [breach for c in report["checks"] for breach in c["breaches"]]
        assert not breaches
        assert report["held"] == report["total"] == 8
    assert bare["reports"]


def test_the_core_stays_with_its_proofs(bare):
    assert bare["core"].returncode != 0
    assert "kept for ten years" in bare["core"].stderr


def test_every_screen_opens(bare):
    assert bare["faults"] == {}


def test_nothing_stays_set_aside_for_deals_that_are_no_more(bare):
    assert bare["set_aside"] == [["0"]]


def test_nothing_is_said_of_it(bare):
    """But for what Odoo tries by record before it drops the table of all of them."""
    errors = [
        line
        for text in bare["said"]
        for line in text.splitlines()
        if " ERROR " in line and "bad query: b'DELETE" not in line
    ]
    assert errors == []
