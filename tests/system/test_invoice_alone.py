"""Invoices in Actifs in a company's own Odoo: installed alone, and the core over it."""

import pytest
from odoo_log import warnings
from test_uninstall import inside

ADDON = "troc_actif_invoice"
CORE = "troc_actif"
METHODS = "SELECT id, name->>'en_US' FROM account_payment_method WHERE code = 'actif'"
OURS = "SELECT name FROM ir_module_module WHERE state = 'installed' AND name ~ '^troc'"
RENAMED = (
    "UPDATE account_payment_method SET name = jsonb_build_object('en_US', 'Troc')"
    " WHERE code = 'actif'"
)


@pytest.fixture(scope="module")
def alone(databases):
    """The name of a database that has it alone, and what Odoo said."""
    with databases.scratch("alone", databases.with_companies) as name:
        yield name, databases.install(name, ADDON, "Invoices in Actifs alone", "-i")


def test_it_installs_alone_and_without_a_warning(databases, alone):
    name, said = alone
    assert databases.postgres.sql(OURS, name) == [[ADDON]]
    assert f"Loading module {ADDON}" in said
    assert warnings(said) == []


def test_it_is_uninstalled_after_use(databases, alone):
    with databases.scratch("used", lambda: alone[0]) as name:
        used = inside(databases, name, "set_up_inside.py")
        assert int(used.stdout) >= 3, used.stderr[-3000:]
        gone = inside(databases, name, "uninstalled_inside.py", ADDON)
        assert gone.returncode == 0, gone.stderr[-3000:]
        assert databases.postgres.sql(OURS, name) == []
        assert warnings(gone.stderr) == []


def test_the_core_is_installed_over_it(databases, alone):
    name, _said = alone
    databases.postgres.sql(RENAMED, name)
    before = sorted(databases.postgres.sql(METHODS, name))
    said = databases.install(name, CORE, "Core", "--skip-auto-install", "-i")
    assert warnings(said) == []
    assert sorted(databases.postgres.sql(METHODS, name)) == before
    assert len(before) == 2
