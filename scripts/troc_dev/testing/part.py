"""A pytest plugin: does its share of a part, and leaves the counts in a file."""

import collections
import contextlib
import hashlib
import itertools
import json
import os
from pathlib import Path

import pytest

KINDS = ("passed", "failed", "error", "skipped", "xfailed", "xpassed", "deselected")


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    """Leave the last line to the total of all parts."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter:
        reporter.summary_stats = lambda: None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Shuffle the files, the classes and their tests, where there is a seed.

    The place of a test is drawn from the seed and its name, so that of any two tests
    the same one comes first in a run of a part as well.
    """
    if seed := os.environ.get("TROC_PART_SHUFFLE"):
        names = lambda item: (_group(item.nodeid), item.nodeid)  # noqa: E731
        items.sort(key=lambda item: [_draw(seed, name) for name in names(item)])


def _draw(seed, name):
    return hashlib.sha256(f"{seed}\0{name}".encode()).hexdigest()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """Run what no other process of this part has taken, class by class.

    None waits for another: whoever is free takes the next class.  What took longest
    last time comes first, so that all end at about the same time; what is shuffled
    keeps the order that was drawn.
    """
    claims = os.environ.get("TROC_PART_CLAIMS")
    if not claims or session.testsfailed or session.config.option.collectonly:
        return None
    items = _claimed(session.items, Path(claims))
    for item, following in itertools.pairwise(itertools.chain(items, [None])):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
    return True


def _claimed(items, claims):
    """Yield the tests of each class that this process comes to first."""
    classes = collections.defaultdict(list)
    for item in items:
        classes[_group(item.nodeid)].append(item)
    durations = Path(os.environ["TROC_PART_DURATIONS"])
    known = json.loads(durations.read_text()) if durations.exists() else {}
    weights = {name: known.get(name, len(tests)) for name, tests in classes.items()}
    by_weight = sorted(classes, key=lambda name: (-weights[name], name))
    for name in classes if os.environ.get("TROC_PART_SHUFFLE") else by_weight:
        mark = hashlib.sha256(name.encode()).hexdigest()
        with contextlib.suppress(FileExistsError):
            (claims / mark).touch(exist_ok=False)
            yield from classes[name]


def pytest_terminal_summary(terminalreporter):
    """Write down how many tests had which outcome, and why some did not run."""
    stats = terminalreporter.stats
    found = {kind: len(stats.get(kind, [])) for kind in KINDS}
    found["reasons"] = [_reason(report) for report in stats.get("skipped", [])]
    found["durations"] = collections.Counter()
    reports = [one for some in stats.values() for one in some if hasattr(one, "nodeid")]
    for report in reports:
        seconds = round(getattr(report, "duration", 0), 3)
        found["durations"][_group(report.nodeid)] += seconds
    found["passed_of"] = _by_file(stats.get("passed", []))
    others = [one for kind in KINDS[1:] for one in stats.get(kind, [])]
    found["not_passed_of"] = _by_file(others)
    Path(os.environ["TROC_PART_REPORT"]).write_text(json.dumps(found))


def _by_file(reports):
    return collections.Counter(one.nodeid.partition("::")[0] for one in reports)


def _group(nodeid):
    return nodeid.partition("[")[0].rpartition("::")[0]


def _reason(report):
    text = report.longrepr
    text = text[2] if isinstance(text, tuple) else str(text)
    return text.removeprefix("Skipped: ")
