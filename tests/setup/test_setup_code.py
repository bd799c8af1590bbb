"""The set-up code: what can be checked in milliseconds, without making anything."""

import errno
import itertools
import json
import os
import socket
import subprocess
from types import SimpleNamespace

import pytest

from troc_dev import errors, paths
from troc_dev.needs import database, debian, server
from troc_dev.testing import command as testing
from troc_dev.testing import part as pytest_part
from troc_dev.testing import runs

DEB822 = """\
Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Types: deb
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
"""
ONE_LINE = """\
# deb http://old.example/debian buster main
deb http://other.example/apt cloud-sdk main
deb [arch=amd64 signed-by=/k.gpg] https://one.example/debian trixie main
"""


@pytest.mark.parametrize(
    ("name", "text", "mirror"),
    [
        ("sources.list.d/debian.sources", DEB822, "http://mirror.example/debian"),
        ("sources.list", ONE_LINE, "https://one.example/debian"),
    ],
)
def test_the_mirror_is_the_one_of_the_machine(
    tmp_path, monkeypatch, name, text, mirror
):
    monkeypatch.delenv("TROC_DEBIAN_MIRROR", raising=False)
    paths.write(tmp_path / name, text)
    assert debian.find_mirror(str(tmp_path)) == mirror


def test_no_mirror_stops_with_a_way_out(tmp_path, monkeypatch):
    monkeypatch.delenv("TROC_DEBIAN_MIRROR", raising=False)
    with pytest.raises(errors.Stop) as stop:
        debian.find_mirror(str(tmp_path))
    assert "TROC_ODOO" in stop.value.way_out


def test_an_interrupted_folder_leaves_the_old_one(tmp_path):
    target = tmp_path / "made"
    with paths.made_whole(target) as new:
        (new / "file").write_text("old")
    with pytest.raises(KeyboardInterrupt), paths.made_whole(target) as new:
        (new / "file").write_text("half")
        raise KeyboardInterrupt
    assert (target / "file").read_text() == "old"
    assert os.listdir(tmp_path) == ["made"]


def test_what_a_killed_command_left_is_cleared(tmp_path):
    (tmp_path / "made.new-1").mkdir()
    with paths.made_whole(tmp_path / "made"):
        pass
    assert os.listdir(tmp_path) == ["made"]


@pytest.mark.parametrize(
    ("output", "cause"),
    [
        ("tar: write error: No space left on device\n", "the disk is full"),
        ("Could not resolve host: x\n", "name cannot be resolved"),
        ("first\nsecond\n\n", "second"),
        ("ValueError: wrong\nINFO connections closed\n", "ValueError: wrong"),
    ],
)
def test_a_failed_command_is_told_in_one_sentence(output, cause):
    stop = errors.from_output("The download", output, "some.log")
    assert cause in str(stop)
    assert "\n" not in str(stop) + stop.way_out


def test_a_full_disk_is_told():
    stop = errors.from_os_error(OSError(errno.ENOSPC, "No space", "file"))
    assert str(stop) == "The disk is full."


def test_a_port_that_is_taken_names_a_way_out():
    with socket.socket() as other:
        other.bind((server.HOST, 0))
        other.listen()
        with pytest.raises(errors.Stop) as stop:
            server.check_port(other.getsockname()[1], "serve")
    assert "TROC_PORT=" in stop.value.way_out


def test_arguments_are_sorted_into_parts_and_options():
    here = "tests/setup/test_setup_code.py"
    chosen, options = testing.choose([f"{here}::test_x", "-k", "rules", "-x"])
    assert chosen == {
        "rules": [f"{paths.ROOT}/{here}::test_x"],
        "odoo": [],
        "system": [],
    }
    assert options == ["-k", "rules", "-x"]


def test_a_path_that_is_not_there_stops():
    with pytest.raises(errors.Stop):
        testing.choose(["tests/rules/test_not_there.py"])


@pytest.mark.parametrize(
    ("reason", "status"), [("no browser", 1), ("../shared is not there", 0)]
)
def test_strict_tells_missing_tools_from_missing_samples(reason, status, capsys):
    part = {"part": "system", "statuses": [0], "crashed": 0}
    part |= {"skipped": 1, "reasons": [reason]}
    assert testing._total([part], strict=True, seconds=1) == status
    assert testing._total([part], strict=False, seconds=1) == 0
    assert " 1 skipped in 1.00s " in capsys.readouterr().out.splitlines()[-1]


def test_pylint_has_its_odoo_checks(tmp_path):
    """An unfit version of the plugin would pass everything in silence."""
    (tmp_path / "__init__.py").touch()
    (tmp_path / "__manifest__.py").write_text('{"name": "x", "version": "1"}')
    done = subprocess.run(
        ["pylint", f"--rcfile={paths.ROOT / '.pylintrc'}", tmp_path],
        capture_output=True,
        text=True,
    )
    assert "manifest-version-format" in done.stdout


def test_two_processes_share_all_tests_class_by_class(monkeypatch, tmp_path):
    """Whoever is free takes the next class, the slowest one of last time first."""
    names = [f"test_a.py::Class{n % 5}::test_{n}" for n in range(23)]
    durations = tmp_path / "durations.json"
    durations.write_text(json.dumps({"test_a.py::Class3": 99}))
    monkeypatch.setenv("TROC_PART_DURATIONS", str(durations))
    monkeypatch.delenv("TROC_PART_SHUFFLE", raising=False)
    claims = tmp_path / "claims"
    claims.mkdir()
    items = [SimpleNamespace(nodeid=name) for name in names]
    one, other = (pytest_part._claimed(items, claims) for _process in range(2))
    taken = [next(one).nodeid, next(other).nodeid]
    assert taken[0].startswith("test_a.py::Class3")
    assert not taken[1].startswith("test_a.py::Class3")
    rest = [
        item.nodeid
        for turn in itertools.zip_longest(one, other)
        for item in turn
        if item
    ]
    assert sorted(taken + rest) == sorted(names)


def test_a_worker_takes_what_nobody_has_begun_then_helps():
    slow, quick, last = calls = [object() for _ in range(3)]
    queue, mine, other = runs.Queue(calls), set(), set()

    def take(own):
        own.add(queue.next(own))
        return own

    assert take(mine) == {slow}
    assert take(other) == {quick}
    queue.ended(quick)
    assert take(other) == {quick, last}
    queue.ended(last)
    assert take(other) == {quick, last, slow}, "helps with the slow one"
    queue.ended(slow)
    assert queue.next(mine) is queue.next(other) is None
    queue = runs.Queue(calls)
    queue.close()
    assert queue.next(mine) is None, "something went wrong in another worker"


def test_an_order_is_drawn_from_the_seed(monkeypatch):
    """Class by class, and the same for those that are there in a smaller run."""
    names = [f"test_{n % 3}.py::Class{n % 5}::test_{n}" for n in range(60)]

    def order(seed, names=names):
        monkeypatch.setenv("TROC_PART_SHUFFLE", seed)
        items = [SimpleNamespace(nodeid=name) for name in names]
        pytest_part.pytest_collection_modifyitems(items)
        return [item.nodeid for item in items]

    assert order("") == names
    assert sorted(order("1")) == sorted(names) != order("1") != order("2")
    assert [name for name in order("1") if name in names[:9]] == order("1", names[:9])
    groups = [name.rpartition("::")[0] for name in order("1")]
    assert len(list(itertools.groupby(groups))) == len(set(groups))


@pytest.mark.parametrize(
    ("words", "seed"), [([], ""), (["--shuffle=7"], "7"), (["-x", "--shuffle"], "42")]
)
def test_shuffle_takes_or_draws_a_seed(words, seed, monkeypatch):
    monkeypatch.setattr(testing, "_drawn", lambda: "42")
    monkeypatch.setenv("TROC_PART_SHUFFLE", "")
    options = list(words)
    assert testing._seed(options) == seed
    assert options == [word for word in words if word == "-x"]
    assert os.environ["TROC_PART_SHUFFLE"] == seed


def test_only_servers_of_tests_hash_passwords_in_few_rounds(monkeypatch):
    monkeypatch.setattr(server, "command", lambda _found: ["python", "odoo", "-c", "x"])
    found = database.Databases(odoo=None, postgres=None)
    assert server._program(found) == ["python", "odoo", "-c", "x"]
    found.for_tests_alone = True
    module = ["-m", "troc_dev.needs.quick_passwords"]
    assert server._program(found) == ["python", *module, "-c", "x"]
