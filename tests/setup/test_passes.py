"""What passed before with the same files is not run again, and nothing else is."""

import pytest

from troc_dev import paths
from troc_dev.needs import database
from troc_dev.testing import passes

CORE, FEES = "addons/core/tests/test_core.py", "addons/fees/tests/test_fees.py"
HOUSE, SYSTEM = "tests/house/test_all.py", "tests/system/test_screens.py"
TARGETS = ("addons/core/tests", "addons/fees/tests", "tests/house", "tests/system")
MODEL, HELPER = "addons/fees/models/fee.py", "tests/system/screens.py"


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A clone with two addons, one of which needs the other, and tests of each."""
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(passes, "FILE", tmp_path / "passes.json")
    needs = {"core": ("core",), "fees": ("core", "fees")}
    monkeypatch.setattr(database, "needs", needs.get)
    for name in (CORE, FEES, HOUSE, SYSTEM, MODEL, HELPER, "addons/core/a.py"):
        paths.write(tmp_path / name, "pass")
    return tmp_path


def asked(clone, *identity, targets=TARGETS, **options):
    """Return what a new command would run, by name, and the passes it knows."""
    passes._files.cache_clear(), passes._content.cache_clear()
    known = passes.Passes(*identity)
    left, kept = known.left([f"{clone}/{name}" for name in targets], **options)
    return {one.removeprefix(f"{clone}/") for one in left}, kept, known


def passed(known, *names, failed=()):
    known.remember(
        [
            {
                "passed_of": dict.fromkeys(names, 2),
                "not_passed_of": dict.fromkeys(failed, 1),
            }
        ]
    )


@pytest.fixture
def known(clone):
    left, kept, known = asked(clone)
    assert (left, kept) == (set(TARGETS), 0)
    passed(known, CORE, FEES, HOUSE, SYSTEM)
    return known


def test_what_passed_is_kept(clone, known):
    left, kept, _known = asked(clone)
    assert (left, kept) == (set(), 8)
    left, kept, _known = asked(clone, again=True)
    assert (left, kept) == (set(TARGETS), 0)


@pytest.mark.parametrize(
    ("changed", "runs"),
    [
        (MODEL, {TARGETS[1], TARGETS[2], TARGETS[3]}),
        ("addons/core/a.py", set(TARGETS)),
        (FEES, {TARGETS[1]}),
        (SYSTEM, {TARGETS[3]}),
        (HELPER, {TARGETS[2], TARGETS[3]}),
        ("scripts/troc_dev/new.py", set(TARGETS)),
        ("requirements.txt", set(TARGETS)),
        ("docs/guide.md", {TARGETS[2], TARGETS[3]}),
    ],
)
def test_what_could_read_a_changed_file_runs_again(clone, known, changed, runs):
    paths.write(clone / changed, "changed")
    left, _kept, _known = asked(clone)
    assert left == runs


def test_another_odoo_or_browser_is_another_matter(clone, known):
    left, kept, _known = asked(clone, "another Odoo")
    assert (left, kept) == (set(TARGETS), 0)


def test_what_failed_or_was_left_out_runs_again(clone, known):
    _left, _kept, again = asked(clone, again=True)
    passed(again, CORE, FEES, failed=[FEES])
    left, kept, _known = asked(clone)
    assert (left, kept) == ({TARGETS[1]}, 6)


def test_a_file_that_changes_meanwhile_has_not_passed(clone):
    _left, _kept, known = asked(clone)
    paths.write(clone / CORE, "changed while the tests ran")
    passed(known, CORE)
    left, _kept, _known = asked(clone)
    assert TARGETS[0] in left


def test_others_of_a_folder_are_kept(clone, known):
    paths.write(clone / "addons/core/tests/test_new.py", "pass")
    left, kept, _known = asked(clone)
    assert (left, kept) == ({"addons/core/tests/test_new.py"}, 8)


def test_a_test_that_is_named_runs(clone, known):
    left, _kept, _known = asked(clone, targets=[f"{CORE}::TestCore"])
    assert left == {f"{CORE}::TestCore"}
