"""Runs of pytest: one that is seen live, or several at once that share the tests."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

from troc_dev import paths, proc, say
from troc_dev.needs import venv

DURATIONS = paths.LOCAL / "test-durations.json"
ALONE = ("--pdb", "--trace", "-s", "--capture=no")
MOST_JOBS = 4


def jobs(targets, options):
    """Return how many runs are worth while for these tests."""
    if not all(os.path.isdir(target) for target in targets) or set(ALONE) & set(
        options
    ):
        return 1
    return int(os.environ.get("TROC_JOBS") or min(MOST_JOBS, os.cpu_count() or 1))


def run(part, calls):
    """Run pytest for each (arguments, environment); return the counts of all."""
    say.line(f"\n── {part} " + "─" * (76 - len(part)))
    paths.LOGS.mkdir(parents=True, exist_ok=True)
    names = [paths.LOGS / f"{part}-{os.getpid()}-{n}" for n in range(len(calls))]
    reports = [name.with_suffix(".json") for name in names]
    with contextlib.ExitStack() as stack:
        if len(calls) == 1:
            statuses = [_start(stack, calls[0], reports[0]).wait()]
        else:
            outputs = [name.with_suffix(".log") for name in names]
            statuses = _together(stack, calls, reports, outputs)
    return _counts(part, statuses, reports)


def _start(stack, call, report, claims=None, output=None):
    arguments, env = call
    debugging = bool(set(ALONE) & set(arguments))
    hypothesis = os.environ.get("HYPOTHESIS_STORAGE_DIRECTORY")
    ours = {
        "TROC_PART_REPORT": str(report),
        "TROC_PART_CLAIMS": str(claims or ""),
        "TROC_PART_DURATIONS": str(DURATIONS),
        "HYPOTHESIS_STORAGE_DIRECTORY": hypothesis or f"{paths.LOCAL}/hypothesis",
    }
    process = proc.start(
        [venv.BIN / "pytest", "-p", "troc_dev.testing.part", *arguments],
        cwd=paths.ROOT,
        env=env | ours,
        stdin=sys.stdin if debugging else subprocess.DEVNULL,
        stdout=output,
        stderr=output and subprocess.STDOUT,
        start_new_session=not debugging,
    )
    stack.callback(proc.stop, process, signal.SIGINT, patience=40)
    return process


def _together(stack, calls, reports, outputs):
    processes = []
    claims = stack.enter_context(tempfile.TemporaryDirectory(prefix="troc-claims-"))
    for call, report, path in zip(calls, reports, outputs, strict=True):
        output = stack.enter_context(open(path, "w"))
        processes.append(_start(stack, call, report, claims, output))
    with say.Step(f"Tests in {len(calls)} processes") as step:
        while any(process.poll() is None for process in processes):
            step.tell(f"{sum(map(_last_percentage, outputs))} %")
            time.sleep(0.5)
    for path in outputs:
        print(path.read_text(), flush=True)
    return [process.returncode for process in processes]


def _last_percentage(path):
    """Return how much of the part a process has done (they share it)."""
    before, found, _ = path.read_text(errors="replace").rpartition("%]")
    return int(before.rpartition("[")[2]) if found else 0


def _counts(part, statuses, reports):
    """Add up the reports of all runs; a run that left none has failed."""
    found = [json.loads(paths.read(report) or "null") for report in reports]
    counts = {"part": part, "statuses": statuses, "reasons": [], "durations": {}}
    counts["crashed"] = found.count(None)
    for report in filter(None, found):
        for name, value in report.items():
            if name == "durations":
                counts[name].update(value)
            else:
                counts[name] = counts.get(name, type(value)()) + value
    for report in reports:
        report.unlink(missing_ok=True)
    known = json.loads(paths.read(DURATIONS) or "{}")
    paths.write(DURATIONS, json.dumps(known | counts.pop("durations"), indent=0))
    return counts
