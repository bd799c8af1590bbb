"""Which tests a change runs."""

import pytest

from troc_dev import paths
from troc_dev.needs import database
from troc_dev.testing import changed


def test_nothing_changed_nothing_runs():
    assert changed.targets([]) == []


@pytest.mark.parametrize(
    ("file", "runs", "not_runs"),
    [
        (
            "addons/troc_actif_fees/models/troc_fee.py",
            ["addons/troc_actif_fees/tests", "tests/house"],
            ["addons/troc_actif/tests", "addons/troc_actif_market/tests"],
        ),
        (
            "addons/troc_actif_portal/views/portal_layout.xml",
            ["addons/troc_actif_link/tests", "addons/troc_actif_exchange/tests"],
            ["addons/troc_actif_fees/tests"],
        ),
        (
            "addons/troc_actif_invoice/lib/actif_rules/money.py",
            ["rules", "odoo", "system"],
            [],
        ),
        (
            "addons/troc_actif/tests/test_limits.py",
            ["addons/troc_actif/tests/test_limits.py"],
            ["tests/house"],
        ),
        (
            "addons/troc_actif/tests/common.py",
            ["addons/troc_actif/tests", "tests/house"],
            [],
        ),
        ("scripts/troc_link/books/found.py", ["tests/link"], ["odoo", "tests/house"]),
        ("docs/lien.md", ["tests/setup/test_documents.py"], ["odoo", "system"]),
        ("tests/system/test_market.py", ["tests/system/test_market.py"], ["system"]),
        ("tests/corpus/test_corpus.py", ["tests/corpus"], ["rules"]),
        ("requirements.txt", ["rules", "odoo", "system"], []),
        ("pyproject.toml", ["rules", "odoo", "system"], []),
    ],
)
def test_what_a_file_can_touch(file, runs, not_runs):
    found = changed.targets([file])
    assert set(runs) <= set(found)
    assert not set(not_runs) & set(found)


def test_the_core_touches_every_addon():
    found = changed.targets(["addons/troc_actif_invoice/seal.py"])
    for addon in database.our_addons():
        assert f"addons/{addon}/tests" in found


def test_every_row_names_tests_that_are_here():
    for prefix, tests in changed.TOUCHES:
        assert (paths.ROOT / prefix).exists() or list(paths.ROOT.glob(f"{prefix}*"))
        for test in tests:
            assert "{" in test or changed._places(test), test
