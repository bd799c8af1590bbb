"""Runs of pytest: one that is seen live, or several at once that share the tests.

A call is one run of pytest over some tests, wherever they need to run.  Several workers
share all calls of a command, so that none waits for another: each takes the next call
that nobody has begun, then helps with one that is not finished, whose tests they share
class by class (`part.py`).
"""

import collections
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from troc_dev import paths, proc, say
from troc_dev.needs import venv

DURATIONS = paths.LOCAL / "test-durations.json"
ALONE = ("--pdb", "--trace", "-s", "--capture=no")
MOST_JOBS = 4
TABLES = ("durations", "passed_of", "not_passed_of")
ENDED = (0, 1, 5)  # of pytest: passed, failed, nothing to do


@dataclass(frozen=True, eq=False)
class Call:
    """One run of pytest: `place(worker)` is a context that yields its environment.

    `arguments(environment)` are those of pytest.
    """

    part: str
    name: str
    targets: tuple
    arguments: Callable
    place: Callable


class Queue:
    """Calls that several workers share; see the module."""

    def __init__(self, calls):
        self._begun = dict.fromkeys(calls, 0)
        self._ended = set()
        self._lock = threading.Lock()

    def next(self, own):
        """Return the call that is next for a worker who had `own`, None at the end."""
        with self._lock:
            left = [c for c in self._begun if c not in self._ended and c not in own]
            call = min(left, key=self._begun.get, default=None)
            if call:
                self._begun[call] += 1
            return call

    def close(self):
        """Hand out nothing more."""
        with self._lock:
            self._begun.clear()

    def ended(self, call):
        """All tests of a call are done, or in another worker's hands."""
        with self._lock:
            self._ended.add(call)


def jobs(targets, options):
    """Return how many runs are worth while for these tests."""
    if not any(map(os.path.isdir, targets)) or set(ALONE) & set(options):
        return 1
    return int(os.environ.get("TROC_JOBS") or min(MOST_JOBS, os.cpu_count() or 1))


def in_order(calls):
    """Return calls, the pure ones first, which need no database; then the slowest."""
    known = json.loads(paths.read(DURATIONS) or "{}")
    return sorted(calls, key=lambda c: (c.part != "rules", -_seconds(c, known)))


def _seconds(call, known):
    """Return how long the tests of a call took last time."""
    places = [Path(t.partition("::")[0]).relative_to(paths.ROOT) for t in call.targets]
    files = {name: paths.ROOT / name.partition("::")[0] for name in known}
    return sum(
        known[name]
        for name, file in files.items()
        if file.exists() and any(file.is_relative_to(paths.ROOT / p) for p in places)
    )


def run(calls, workers):
    """Make these calls; return the counts of each part, in the order of the calls."""
    paths.LOGS.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        if workers == 1:
            done = [_ran(stack, call, 0) for call in calls]
        else:
            done = _together(stack, calls, workers)
    parts = dict.fromkeys(call.part for call in calls)
    found = [_counts(p, [one for one in done if one[0].part == p]) for p in parts]
    _remember(found)
    return found


def _ran(stack, call, worker, claims=None):
    """Make a call; return (call, status, path of its report)."""
    name = f"{call.part}-{os.getpid()}-{call.name}-{worker}"
    report, log = paths.LOGS / f"{name}.json", paths.LOGS / f"{name}.log"
    with contextlib.ExitStack() as inner:
        env = inner.enter_context(call.place(worker))
        if not claims:
            say.line(_title(call))
        output = inner.enter_context(open(log, "w")) if claims else None
        arguments = call.arguments(env)
        status = _start(stack, arguments, env, report, claims, output).wait()
    if claims:
        print(f"{_title(call)}\n{log.read_text()}", flush=True)
    return call, status, report


def _title(call):
    title = f"── {call.part} {call.name if call.name != call.part else ''}".rstrip()
    return f"\n{title} " + "─" * (78 - len(title))


def _start(stack, arguments, env, report, claims, output):
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


def _together(stack, calls, workers):
    claims = stack.enter_context(tempfile.TemporaryDirectory(prefix="troc-claims-"))
    pool = stack.enter_context(ThreadPoolExecutor(workers))
    queue = Queue(calls)
    own = [pool.submit(_work, stack, queue, n, claims) for n in range(workers)]
    with say.Step(f"Tests in {workers} processes") as step, _closed(queue):
        while not all(job.done() for job in own):
            step.tell(f"{len(os.listdir(claims))} classes")
            time.sleep(0.5)
    return [one for job in own for one in job.result()]


@contextlib.contextmanager
def _closed(queue):
    """Close the queue where something goes wrong."""
    try:
        yield
    except BaseException:
        queue.close()
        raise


def _work(stack, queue, worker, claims):
    """Make calls as one of several workers, until none is left."""
    done = {}
    with _closed(queue):
        while call := queue.next(done):
            done[call] = _ran(stack, call, worker, claims)
            if done[call][1] in ENDED:
                queue.ended(call)
    return list(done.values())


def _counts(part, done):
    """Add up the reports of a part; a run that left none has failed."""
    reports = [report for _call, _status, report in done]
    found = [json.loads(paths.read(report) or "null") for report in reports]
    statuses = [status for _call, status, _report in done]
    counts = {"part": part, "statuses": statuses, "reasons": []}
    counts |= {name: collections.Counter() for name in TABLES}
    counts["crashed"] = found.count(None)
    for report in filter(None, found):
        for name, value in report.items():
            if name in TABLES:
                counts[name].update(value)
            else:
                counts[name] = counts.get(name, type(value)()) + value
    for report in reports:
        report.unlink(missing_ok=True)
    return counts


def _remember(found):
    known = json.loads(paths.read(DURATIONS) or "{}")
    for counts in found:
        known |= counts.pop("durations")
    paths.write(DURATIONS, json.dumps(known, indent=0))
