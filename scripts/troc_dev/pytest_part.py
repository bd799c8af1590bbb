"""A pytest plugin: leaves the counts of a part in a file, for one total of all."""

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


def pytest_terminal_summary(terminalreporter):
    """Write down how many tests had which outcome, and why some did not run."""
    stats = terminalreporter.stats
    counts = {kind: len(stats.get(kind, [])) for kind in KINDS}
    counts["reasons"] = sorted({_reason(report) for report in stats.get("skipped", [])})
    Path(os.environ["TROC_PART_REPORT"]).write_text(json.dumps(counts))


def _reason(report):
    text = report.longrepr
    text = text[2] if isinstance(text, tuple) else str(text)
    return text.removeprefix("Skipped: ")
