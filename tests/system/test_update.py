"""An update to the present version, from each that was released, with its own story.

`./scripts/keep-release` has kept what the demonstration of each version was: drafts,
what waits, what was validated, refused and reversed, of hosted and portal members,
and what its version brought: listings and deals, transfers, fees, links.
"""

import functools
import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from odoo_log import warnings

from troc_dev import demo as demonstration
from troc_dev import paths
from troc_dev.needs import database, venv
from troc_dev.needs import server as servers
from troc_dev.releases import dumps as releases

PRESENT = "present"
VERSIONS = [*releases.versions(), PRESENT]
HISTORY = paths.ADDONS / "troc_actif/readme/HISTORY.md"
# figures of an account, which the member's record held itself until 19.0.1.6.0
AMOUNTS = ("balance", "reserved_amount", "credit_limit", "balance_limit")
AMOUNTS = (*AMOUNTS, "credit_override", "balance_override")
WORDS = ("override_reason", "override_by_id", "temporary_until", "dormant_since")
FIGURES = [
    *(f"round(COALESCE((to_jsonb(held) ->> '{n}')::numeric, 0), 2)" for n in AMOUNTS),
    *(f"to_jsonb(held) ->> '{name}'" for name in WORDS),
]
ACCOUNTS = f"SELECT member.id, {', '.join(FIGURES)} FROM troc_member member, "
HELD = {
    "troc_account": "troc_account held WHERE held.id = member.account_id",
    "troc_member": "troc_member held WHERE held.id = member.id",
}
HAS_ACCOUNTS = "SELECT 1 FROM pg_class WHERE relname = 'troc_account'"
# what no update may change
FACTS = {
    "compensations": "SELECT id, state, actif_amount FROM troc_compensation",
    "members": "SELECT id, kind, state FROM troc_member",
    "accounts": ACCOUNTS,
    "register": "SELECT id, name, state, amount_total FROM account_move",
    "balances": "SELECT company_id, account_id, partner_id, sum(balance)"
    " FROM account_move_line WHERE parent_state = 'posted' GROUP BY 1, 2, 3",
    "shares": "SELECT id, actif_share FROM account_move WHERE actif_share != 0",
    "companies": "SELECT id, troc_journal_id, troc_account_id, troc_penalty_note"
    " FROM res_company",
    "journals": "SELECT id, troc_role, name FROM account_journal",
    "methods": "SELECT id, payment_method_id, journal_id, payment_account_id, name"
    " FROM account_payment_method_line",
}
# disputes that no demonstration has: an open one, and where that was kept a settled one
OPEN_DISPUTE = """
    UPDATE troc_compensation SET is_disputed = true, dispute_reason = 'Not delivered'
    WHERE id = (SELECT min(id) FROM troc_compensation WHERE state = 'submitted')
"""
SETTLED_DISPUTE = """
    UPDATE troc_compensation SET dispute_reason = 'Twice', disputed_by_id = 2,
        disputed_on = '2026-01-02', dispute_resolution = 'Once', lifted_by_id = 2,
        lifted_on = '2026-01-03'
    WHERE id = (SELECT min(id) FROM troc_compensation WHERE state = 'validated')
"""
RECORDED_DISPUTE = """
    INSERT INTO troc_dispute (compensation_id, reason, disputed_by_id, disputed_on,
                              resolution, settled_by_id, settled_on)
    SELECT min(id), 'Twice', 2, '2026-01-02', 'Once', 2, '2026-01-03'
    FROM troc_compensation WHERE state = 'validated'
"""
COLUMNS = (
    "SELECT column_name FROM information_schema.columns"
    " WHERE table_name = 'troc_compensation'"
)
# what was said of disputes, by columns of a compensation or by records of their own
DISPUTED = """
    SELECT id, c->>'dispute_reason', c->>'disputed_on', c->>'disputed_by_id',
        CASE WHEN (c->>'is_disputed')::bool THEN NULL ELSE c->>'dispute_resolution' END
    FROM (SELECT id, to_jsonb(troc_compensation) AS c FROM troc_compensation) AS found
    WHERE c->>'dispute_reason' IS NOT NULL
"""
DISPUTES = """
    SELECT compensation_id, reason, to_jsonb(d)->>'disputed_on', disputed_by_id,
        resolution
    FROM troc_dispute AS d JOIN troc_compensation AS c ON c.id = compensation_id
    WHERE COALESCE(c.is_disputed, false) = (settled_on IS NULL)
"""
# what a network may have changed of the records that came with our addons
OURS = "SELECT {} FROM ir_model_data WHERE module LIKE 'troc_actif%' AND noupdate"
NAMES = OURS.format("name, model, res_id")
CHANGED = "Changed by the network"
CHANGE = [
    f"UPDATE mail_template SET name = jsonb_build_object('en_US', '{CHANGED}')"
    f" WHERE id IN ({OURS.format('res_id')} AND model = 'mail.template')",
    f"UPDATE account_payment_method SET name = jsonb_build_object('en_US', '{CHANGED}')"
    f" WHERE id IN ({OURS.format('res_id')} AND model = 'account.payment.method')",
    "UPDATE ir_cron SET active = false"
    f" WHERE id IN ({OURS.format('res_id')} AND model = 'ir.cron')",
]
KEPT = {
    "mail.template": "SELECT count(*) FROM mail_template"
    f" WHERE id = ANY(%s) AND name->>'en_US' = '{CHANGED}'",
    "account.payment.method": "SELECT count(*) FROM account_payment_method"
    f" WHERE id = ANY(%s) AND name->>'en_US' = '{CHANGED}'",
    "ir.cron": "SELECT count(*) FROM ir_cron WHERE id = ANY(%s) AND NOT active",
}


@dataclass
class Updated:
    """A database before and after its update, and what Odoo said of it."""

    before: dict
    after: dict
    names: tuple
    kept: list
    disputes: tuple
    said: str
    found: dict


@pytest.fixture(scope="session")
def updates(request, databases):
    """The updates that the chosen tests ask for, some at the same time."""
    chosen = {item.callspec.params.get("version") for item in _parametrized(request)}
    if PRESENT in chosen:
        demonstration.told(databases)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        act = functools.partial(_updated, databases)
        yield {v: pool.submit(act, v) for v in VERSIONS if v in chosen}


def _parametrized(request):
    return [item for item in request.session.items if hasattr(item, "callspec")]


def _updated(databases, version):
    with databases.name_of(f"update{VERSIONS.index(version)}") as name:
        if version == PRESENT:
            databases.clone(demonstration.told(databases), name)
        else:
            releases.restore(databases, name, version)
        for query in CHANGE:
            databases.postgres.sql(query, name)
        _dispute(databases, name)
        before = _facts(databases, name)
        names = _names(databases, name)
        disputes = _disputes(databases, name)
        # as who clicks "Upgrade" on the core: whatever else is needed comes with it
        said = databases.install(name, "troc_actif", f"{version}, updated", "-u")
        missing = set(database.our_addons()) - databases.installed_modules(name)
        assert not missing, "not loaded by the update"
        return Updated(
            before,
            _facts(databases, name),
            (names, _names(databases, name)),
            _kept(databases, name, names),
            (disputes, _disputes(databases, name)),
            said,
            _found(databases, name),
        )


def _names(databases, name):
    return sorted(map(tuple, databases.postgres.sql(NAMES, name)))


def _dispute(databases, name):
    apart = databases.postgres.sql("SELECT to_regclass('troc_dispute')", name)
    if apart[0][0]:
        databases.postgres.sql(RECORDED_DISPUTE, name)
    columns = {column for (column,) in databases.postgres.sql(COLUMNS, name)}
    if "dispute_reason" in columns:
        databases.postgres.sql(OPEN_DISPUTE, name)
    if {"dispute_reason", "lifted_on"} <= columns:
        databases.postgres.sql(SETTLED_DISPUTE, name)


def _disputes(databases, name):
    """Return what was disputed, why and how it was settled, wherever it stands."""
    table = databases.postgres.sql("SELECT to_regclass('troc_dispute')", name)
    return sorted(databases.postgres.sql(DISPUTES if table[0][0] else DISPUTED, name))


def _kept(databases, name, names):
    """Return (how many there were, how many are as the network left them)."""
    counts = []
    for model, query in KEPT.items():
        ids = sorted({int(found) for _name, of, found in names if of == model})
        array = f"ARRAY[{', '.join(map(str, ids))}]::int[]"
        rows = databases.postgres.sql(query.replace("%s", array), name)
        counts.append((len(ids), int(rows[0][0])))
    return counts


def _facts(databases, name):
    apart = databases.postgres.sql(HAS_ACCOUNTS, name)
    held = HELD["troc_account" if apart else "troc_member"]
    queries = FACTS | {"accounts": ACCOUNTS + held}
    return {
        what: sorted(databases.postgres.sql(query, name))
        for what, query in queries.items()
    }


def _found(databases, name):
    config = servers.command(databases)[-2:]
    inside = Path(__file__).with_name("updated_inside.py")
    done = subprocess.run(
        [str(venv.PYTHON), str(inside), *map(str, config), "-d", name],
        env=servers.environment(databases),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout) | {"said": done.stderr}


@pytest.fixture
def updated(updates, version):
    """A version that was updated; fails with the cause where that could not be."""
    return updates[version].result()


def test_every_released_version_is_kept():
    told = re.findall(r"^## (\S+)", HISTORY.read_text(), re.MULTILINE)
    missing = set(told[1:]) - set(VERSIONS)
    assert not missing, "./scripts/keep-release makes what is missing"


@pytest.mark.parametrize("version", VERSIONS)
class TestUpdate:
    def test_there_is_a_draft_and_one_in_each_other_state(self, updated):
        states = {state for _id, state, _amount in updated.before["compensations"]}
        assert states == {"draft", "submitted", "validated", "refused", "reversed"}
        kinds = {kind for _id, kind, *_rest in updated.before["members"]}
        assert {"hosted", "portal"} <= kinds

    def test_the_eight_invariants_hold(self, updated):
        for report in updated.found["reports"]:
            breaches = [breach for c in report["checks"] for breach in c["breaches"]]
            assert not breaches
            assert report["held"] == report["total"] == 8
        assert updated.found["reports"]

    @pytest.mark.parametrize("what", FACTS)
    def test_nothing_is_lost_or_changed(self, updated, what):
        assert updated.before[what]
        assert updated.after[what] == updated.before[what]

    def test_records_are_those_of_before_whichever_addon_has_them_now(self, updated):
        before, after = updated.names
        assert before
        assert set(before) <= set(after)
        assert len({name for name, *_rest in after}) == len(after), "one is doubled"

    def test_what_the_network_changed_of_them_stays(self, updated):
        for there, kept in updated.kept:
            assert there > 0
            assert kept == there

    def test_what_was_disputed_stays_to_be_read(self, updated, version):
        before, after = updated.disputes
        assert before or version == PRESENT
        assert after == before

    def test_each_field_is_known_by_the_addons_that_declare_it(self, updated):
        assert updated.found["strays"] == [], "\n".join(updated.found["strays"])

    def test_nothing_is_warned_of(self, updated):
        assert not warnings(updated.said)

    def test_everybody_may_do_what_he_did_before(self, updated):
        assert not updated.found["powerless"]

    def test_every_screen_opens(self, updated):
        assert not updated.found["faults"]
        assert not warnings(updated.found["said"])
