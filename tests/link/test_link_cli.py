"""The command line: help that teaches, options anywhere, one status for each end."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from troc_dev import paths
from troc_dev.needs import venv
from troc_link import cli
from troc_link.words import parser
from troc_link.words.help import PROGRAM

COMMANDS = (
    "init doctor setup push pull verify sync watch submit status statement entries"
).split()
ACTS = ["animator waiting", "animator validate", "animator refuse", "animator import"]
KEY = "c0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ff"


def helped(capsys, *words):
    with pytest.raises(SystemExit) as caught:
        parser.parse([*words, "--help"])
    assert caught.value.code == 0
    return capsys.readouterr().out


def test_the_help_tells_the_story_in_order(capsys):
    told = helped(capsys)
    found = [
        told.index(f"{PROGRAM} {name}")
        for name in "init doctor setup push sync".split()
    ]
    assert found == sorted(found)
    for name in COMMANDS:
        assert re.search(rf"^ +{name} ", told, re.MULTILINE)


@pytest.mark.parametrize("command", [*COMMANDS, *ACTS])
def test_each_help_has_an_example_that_parses(capsys, command):
    told = helped(capsys, *command.split())
    example = re.split(r"exemple\s:\n", told)[1].strip()
    assert example.startswith(f"{PROGRAM} {command}")
    words = example.removeprefix(PROGRAM).replace("'", "").split()
    if command == "animator refuse":
        words = [*words[: words.index("--reason")], "--reason", "x"]
    assert parser.parse(words).command == command.split()[0]


@pytest.mark.parametrize(
    "words", [["--json", "--config", "x", "pull"], ["pull", "--config", "x", "--json"]]
)
def test_common_options_stand_anywhere(words):
    options = parser.parse(words)
    assert (options.json, options.config, options.dry_run) == (True, "x", False)


def test_options_of_the_commands():
    assert parser.parse(["watch"]).every == 900
    assert parser.parse(["watch", "--every", "2h"]).every == 7200
    assert parser.parse(["push", "--again", "FA-1"]).again == "FA-1"
    refuse = parser.parse(["animator", "refuse", "C/1", "C/2", "--reason", "Non"])
    assert (refuse.act, refuse.numbers, refuse.reason) == (
        "refuse",
        ["C/1", "C/2"],
        "Non",
    )


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nope"],
        ["submit"],
        ["watch", "--every", "x"],
        ["statement", "--from", "1/1"],
    ],
)
def test_what_makes_no_sense_is_told_in_french(capsys, words):
    with pytest.raises(SystemExit) as caught:
        parser.parse(words)
    assert caught.value.code == 2
    told = capsys.readouterr().err
    assert re.match(r"emploi\s: ", told)
    assert not re.search(r"error|invalid|required|choose", told)


@pytest.fixture
def environment(tmp_path):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TROC_LINK")}
    places = (paths.ROOT / "scripts", paths.ADDONS / "troc_actif_invoice/lib")
    python_path = os.pathsep.join(map(str, places))
    config = str(tmp_path / "link.ini")
    return {**kept, "PYTHONPATH": python_path, "TROC_LINK_CONFIG": config}


def run(environment, *words, **options):
    return subprocess.run(
        [sys.executable, "-m", "troc_link", *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


def test_without_settings_it_says_where_to_start(environment):
    done = run(environment, "status")
    assert done.returncode == 3
    assert "✗ Il manque [network] url, db, key" in done.stderr
    assert "init" in done.stderr
    assert done.stdout == ""


def test_failures_for_programs(environment):
    done = run(environment, "status", "--json")
    told = json.loads(done.stdout)
    assert told["status"] == done.returncode == 3
    assert "init" in told["way_out"]


def unreachable(environment):
    names = {"URL": "http://127.0.0.1:9", "DB": "x", "LOGIN": "x", "KEY": KEY}
    return environment | {f"TROC_LINK_NETWORK_{k}": v for k, v in names.items()}


def test_an_end_that_does_not_answer(environment):
    done = run({**unreachable(environment), "TROC_LINK_NETWORK_TIMEOUT": "1"}, "status")
    assert done.returncode == 75
    assert "connexion refusée" in done.stderr


def test_no_secret_even_when_debugging(environment):
    env = {**unreachable(environment), "TROC_DEBUG": "1"}
    done = run({**env, "TROC_LINK_NETWORK_TIMEOUT": "1"}, "-v", "status")
    assert "Traceback" in done.stderr
    assert KEY not in done.stdout + done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted(environment, number):
    # It connects again after a while: time enough to be interrupted
    process = subprocess.Popen(
        [sys.executable, "-m", "troc_link", "-v", "status"],
        env=unreachable(environment),
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1.5)
    process.send_signal(number)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Interrompu" in told


def test_init_does_not_wait_for_answers_without_a_terminal(environment):
    done = run(environment, "init", stdin=subprocess.DEVNULL)
    assert done.returncode == 3
    assert "--yes" in done.stderr


def test_each_command_has_its_module():
    ours = [*COMMANDS, "animator"]
    names = {cli.MODULES.get(name, name) for name in ours}
    assert {"member", "doctor", "init", "animator"} <= names


def test_it_is_pinned_to_what_the_project_runs():
    listed = {
        name: {line for line in paths.read(paths.ROOT / name).splitlines()}
        for name in ("requirements.txt", "requirements-link.txt")
    }
    own = {line.partition(" ;")[0] for line in listed["requirements-link.txt"]}
    assert own <= {line.partition(" ;")[0] for line in listed["requirements.txt"]}
    assert {"odoorpc", "factur-x"} <= {line.partition("==")[0] for line in own}


def test_it_has_an_environment_of_its_own():
    assert venv.LINK.python.parts[-3:-1] == ("link", "bin")
    assert venv.LINK.folder != venv.PROJECT.folder
    found = venv.environment(venv=venv.LINK)
    assert found["PATH"].startswith(str(venv.LINK.bin))
