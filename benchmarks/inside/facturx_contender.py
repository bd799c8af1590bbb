"""What every contender has in common: files in, one JSON object a line out.

A contender is a process of its own: paths of files come in on the standard input, one
a line; for each it tells what it read, the seconds that its parts took, and the most
memory it ever had. It may take 4 GB.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

MAX_BYTES = 4 * 1024**3


class Parts:
    """The seconds of the parts of one reading, by name."""

    def __init__(self):
        self.seconds = {}
        self._start = time.perf_counter()

    def done(self, name):
        """End a part; what comes next belongs to the next one."""
        now = time.perf_counter()
        self.seconds[name] = now - self._start
        self._start = now


def answer(read, children=lambda: 0):
    """Serve until the input ends.

    `read(content, parts)` returns the facts as a dict of texts, or raises; `children`
    returns the most memory of helping processes, in bytes.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))
    # Whatever a library prints must not get between the lines.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    print(json.dumps({"ready": True}), file=out, flush=True)
    for line in sys.stdin:
        print(json.dumps(_answer(read, children, line.rstrip("\n"))), file=out)
        out.flush()


def _answer(read, children, path):
    content, parts = Path(path).read_bytes(), Parts()
    start = time.perf_counter()
    try:
        told = {"facts": read(content, parts)}
    except Exception as error:  # whatever a library raises is "not read"
        told = {"error": f"{type(error).__name__}: {error}"[:200]}
    told["seconds"] = {**parts.seconds, "whole": time.perf_counter() - start}
    told["bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    told["child_bytes"] = children()
    return told


def facts(number, day, currency, untaxed, total):
    """The facts that all contenders are compared by; amounts with two decimals."""
    return {
        "number": str(number),
        "date": str(day),
        "currency": str(currency),
        "untaxed": f"{float(untaxed):.2f}",
        "total": f"{float(total):.2f}",
    }


def is_pdf(content):
    """Tell a PDF from an XML, whatever the latter's encoding and byte order mark."""
    return b"%PDF-" in content[:1024]
