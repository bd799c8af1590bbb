"""What has passed with the same files is told, and not run again.

A file of tests is kept when all of it passed and nothing was left out; it runs again
once any file changed that it could read.  That is meant widely: of an addon's tests all
of the addons it needs, of `house` and `system` everything.  The pure tests draw
examples at random and take seconds: they always run.
"""

import functools
import hashlib
import json
import sys
from pathlib import Path

from troc_dev import paths
from troc_dev.needs import database

FILE = paths.LOCAL / "test-passes.json"
SAMPLES = paths.ROOT.parent / "shared"
OF_ALL = ("scripts/troc_dev", "pyproject.toml", "requirements*.txt")
OF_THE_SYSTEM = ("addons", "scripts", "benchmarks", "docs", "README.md", "tests")
NOT_READ = ("__pycache__", "readme")


class Passes:
    """The files of tests that passed before, as they and all they read are now.

    `identity`: whatever else the tests depend on; texts.
    """

    def __init__(self, *identity):
        self._identity = (sys.version, SAMPLES.exists(), *identity)
        self._known = json.loads(paths.read(FILE) or "{}")
        self._digests = {}  # as it was when the tests began

    def left(self, targets, again=False):
        """Return (targets still to be run, how many tests of the others passed)."""
        to_run, count = [], 0
        for target in targets:
            if "::" in target:  # a part of a file, of which nothing is kept
                to_run.append(target)
                continue
            files = tests_of(target)
            passed = {file: self._passed(file) for file in files}
            left = [str(file) for file in files if again or not passed[file]]
            to_run += [target] if len(left) == len(files) else left
            count += sum(passed[file] for file in files if str(file) not in left)
        return to_run, count

    def _passed(self, file):
        read = (_content(path) for path in (*inputs(file), file))
        self._digests[_name(file)] = digest = paths.digest(*self._identity, *read)
        before, count = self._known.get(_name(file), ("", 0))
        return count if digest == before else 0

    def remember(self, results):
        """Keep what passed of these results of parts, which ran to their end."""
        for result in results:
            for name in {*result["passed_of"], *result["not_passed_of"]}:
                if name in self._digests:
                    sound = name not in result["not_passed_of"]
                    count = result["passed_of"].get(name, 0)
                    told = (self._digests[name], count)
                    self._known[name] = told if sound else ("", 0)
        paths.write(FILE, json.dumps(self._known, indent=0))


def tests_of(target):
    """Return the files of tests of a folder or a file."""
    path = Path(target)
    return sorted(path.rglob("test_*.py")) if path.is_dir() else [path]


def inputs(file):
    """Return all files that the tests of a file may read, but for other tests."""
    own = file.relative_to(paths.ROOT).parts
    if own[0] == "addons":
        addons = database.needs(own[1])
        return _files((*OF_ALL, *(f"addons/{name}" for name in addons)))
    return _files((*OF_ALL, *OF_THE_SYSTEM))


@functools.cache
def _files(patterns):
    found = {path for pattern in patterns for path in paths.ROOT.glob(pattern)}
    for folder in [path for path in found if path.is_dir()]:
        found |= set(folder.rglob("*"))
    return sorted(path for path in found if path.is_file() and _is_read(path))


def _is_read(path):
    skipped = any(part in path.parts for part in NOT_READ)
    return not skipped and not path.name.startswith("test_")


@functools.cache
def _content(path):
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{_name(path)} {content}"


def _name(path):
    return path.relative_to(paths.ROOT).as_posix()
