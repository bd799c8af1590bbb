"""Runs of pytest: one that is seen live, or several at once that share the tests."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

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


def run(part, workers):
    """Run pytest for each worker's (arguments, environment), one after the other.

    Several workers run at the same time and share the tests.  Returns all counts.
    """
    say.line(f"\n── {part} " + "─" * (76 - len(part)))
    paths.LOGS.mkdir(parents=True, exist_ok=True)
    reports = [
        [_log(part, f"{n}-{m}", "json") for m in range(len(calls))]
        for n, calls in enumerate(workers)
    ]
    with contextlib.ExitStack() as stack:
        if len(workers) == 1:
            pairs = zip(workers[0], reports[0], strict=True)
            statuses = [_start(stack, call, path).wait() for call, path in pairs]
        else:
            outputs = [_log(part, n, "log") for n in range(len(workers))]
            statuses = _together(stack, workers, reports, outputs)
    return _counts(part, statuses, [path for paths in reports for path in paths])


def _log(part, name, suffix):
    return paths.LOGS / f"{part}-{os.getpid()}-{name}.{suffix}"


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


def _together(stack, workers, reports, outputs):
    claims = stack.enter_context(tempfile.TemporaryDirectory(prefix="troc-claims-"))
    pool = stack.enter_context(ThreadPoolExecutor(len(workers)))
    files = [stack.enter_context(open(path, "w")) for path in outputs]
    jobs = [
        pool.submit(_one_after_the_other, stack, calls, own, claims, file)
        for calls, own, file in zip(workers, reports, files, strict=True)
    ]
    with say.Step(f"Tests in {len(workers)} processes") as step:
        while not all(job.done() for job in jobs):
            step.tell(f"{len(os.listdir(claims))} classes")
            time.sleep(0.5)
    for path in outputs:
        print(path.read_text(), flush=True)
    return [status for job in jobs for status in job.result()]


def _one_after_the_other(stack, calls, reports, claims, output):
    return [
        _start(stack, call, report, claims, output).wait()
        for call, report in zip(calls, reports, strict=True)
    ]


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
