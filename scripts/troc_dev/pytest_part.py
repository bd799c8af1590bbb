"""A pytest plugin: does its share of a part, and leaves the counts in a file."""

import collections
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
    """Keep the share of this process, class by class, by what they took last time."""
    mine, processes = map(int, os.environ["TROC_PART_SHARE"].split("/"))
    if processes == 1:
        return
    sizes = collections.Counter(_group(item.nodeid) for item in items)
    durations = Path(os.environ["TROC_PART_DURATIONS"])
    known = json.loads(durations.read_text()) if durations.exists() else {}
    weights = {group: known.get(group, size) for group, size in sizes.items()}
    kept, loads = set(), [0] * processes
    for group in sorted(weights, key=lambda group: (-weights[group], group)):
        share = loads.index(min(loads))
        loads[share] += weights[group]
        if share == mine:
            kept.add(group)
    items[:] = [item for item in items if _group(item.nodeid) in kept]


def pytest_terminal_summary(terminalreporter):
    """Write down how many tests had which outcome, and why some did not run."""
    stats = terminalreporter.stats
    found = {kind: len(stats.get(kind, [])) for kind in KINDS}
    found["reasons"] = [_reason(report) for report in stats.get("skipped", [])]
    found["durations"] = collections.Counter()
    for report in (report for reports in stats.values() for report in reports):
        if hasattr(report, "duration"):
            found["durations"][_group(report.nodeid)] += round(report.duration, 3)
    Path(os.environ["TROC_PART_REPORT"]).write_text(json.dumps(found))


def _group(nodeid):
    return nodeid.partition("[")[0].rpartition("::")[0]


def _reason(report):
    text = report.longrepr
    text = text[2] if isinstance(text, tuple) else str(text)
    return text.removeprefix("Skipped: ")
