"""Run in the Python environment by ./scripts/read-invoice: read files side by side."""

import collections
import dataclasses
import datetime
import errno
import json
import os
import stat
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from actif_rules.errors import RuleError
from actif_rules.facturx.judge import judge
from actif_rules.facturx.protocol import MAX_FILE_BYTES
from actif_rules.facturx.reader import read_document
from troc_dev.read_invoice import command, french, summary

ENDINGS = (".pdf", ".xml")
WORKERS = os.cpu_count() or 1
AHEAD = 4 * WORKERS


@dataclasses.dataclass(frozen=True)
class Result:
    """What one file gave: the object of its line, and the seconds it took."""

    line: dict
    seconds: float


def main():
    """Print a line a file, in order; exit with 1 if any could not be read."""
    options = command.parsed(sys.argv[1:])
    # Names that are not UTF-8 come out as JSON's own escapes.
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    files = [file for path in options.paths for file in files_in(path)]
    results = read_all(files)
    if options.summary:
        results = summary.told(results, len(files))
    quiet = options.summary and sys.stdout.isatty()
    verdicts = {show(result, quiet) for result in results}
    sys.exit(1 if False in verdicts else 0)


def files_in(path):
    """Yield what is to be read, in order: the path, and why not if a folder is shut.

    Links to folders are not followed, so that no loop has to be.
    """
    waiting = [path]
    while waiting:
        path = waiting.pop()
        if not os.path.isdir(path):
            yield path, None
            continue
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as error:
            yield path, error
            continue
        waiting += [entry.path for entry in reversed(entries) if _is_wanted(entry)]


def _is_wanted(entry):
    if os.path.isdir(entry.path):
        return not entry.is_symlink()
    return entry.name.lower().endswith(ENDINGS)


def read_all(files):
    """Yield a Result for each file, in order; some are read ahead."""
    with ThreadPoolExecutor(WORKERS) as pool:
        waiting = collections.deque()
        for file in files:
            waiting.append(pool.submit(read, *file))
            if len(waiting) == AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def read(path, trouble):
    """Return the Result for one file."""
    started = time.perf_counter()
    try:
        if trouble:
            raise trouble
        found = _invoice(_content(path))
    except RuleError as refusal:
        found = _refused(refusal.code, french.sentence(refusal, path))
    except OSError as error:
        found = _refused("unreadable", french.trouble(error, path))
    return Result({"path": path, **found}, time.perf_counter() - started)


def _content(path):
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(errno.ENOTSUP, "no regular file")  # a pipe would never end
    with open(path, "rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


def _invoice(content):
    parsed = read_document(content)
    today = datetime.datetime.now(datetime.timezone.utc).astimezone().date()
    faults = judge(parsed, today=today)
    codes = list(dict.fromkeys(fault.code for fault in faults))
    return {"ok": True, **dataclasses.asdict(parsed), "judgement": codes}


def _refused(code, sentence):
    return {"ok": False, "refusal": {"code": code, "sentence": sentence}}


def show(result, quiet=False):
    """Print the line, unless quiet; return whether the file could be read."""
    if not quiet:
        print(json.dumps(result.line, ensure_ascii=False, default=str), flush=True)
    return result.line["ok"]


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        # Whoever read has seen enough; Python would complain again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
