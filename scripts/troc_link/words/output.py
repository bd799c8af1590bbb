"""What is shown: results on the standard output, all the rest on the error output.

With --json, one object is all that goes to the standard output.
"""

import contextlib
import datetime
import json
import os
import sys
import time
from decimal import Decimal

from troc_link.ends import without_secrets

BAR = 24
HEARTBEAT = 10  # seconds between two lines where there is no terminal
MARKS = {"ok": "✓", "warning": "!", "error": "✗", "none": "·"}
COLOURS = {"ok": "32", "warning": "33", "error": "31", "none": "2"}


class Output:
    """The words of one run of the command."""

    def __init__(self, as_json=False, out=None, err=None):
        self.as_json = as_json
        self._out = out or sys.stdout
        self._err = err or sys.stderr

    def line(self, text=""):
        """Print a line of the result, unless JSON was asked for."""
        if not self.as_json:
            print(without_secrets(text), file=self._out, flush=True)

    def note(self, text="", end="\n"):
        """Print a line beside the result: what is being done, what to do next."""
        with contextlib.suppress(OSError):
            print(without_secrets(text), end=end, file=self._err, flush=True)

    def object(self, value):
        """Print the result as JSON, where that was asked for."""
        if self.as_json:
            text = json.dumps(value, ensure_ascii=False, default=str, indent=2)
            print(without_secrets(text), file=self._out, flush=True)

    def part(self, name, told):
        """Return an Output for one part of a run, whose result goes to told[name]."""
        return _Part(self, name, told)

    def table(self, heads, rows, right=()):
        """Print rows under their heads; the columns named in `right` hold amounts."""
        rows = [[str(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
        signed = [-w if h in right else w for h, w in zip(heads, widths, strict=True)]
        self.line(self.bold(_row(heads, signed)))
        for row in rows:
            self.line(_row(row, signed))

    def mark(self, state):
        """Return the sign of ok, warning, error or none."""
        return self._coloured(MARKS[state], COLOURS[state])

    def bold(self, text):
        """Return a heading."""
        return self._coloured(text, "1")

    def progress(self, title, total):
        """Return a bar: `with out.progress("Envoi", 12) as bar: bar.step()`."""
        return Progress(title, total, self._err)

    def _coloured(self, text, code):
        if not self._out.isatty() or "NO_COLOR" in os.environ:
            return text
        return f"\x1b[{code}m{text}\x1b[0m"


class _Part(Output):
    """The words of one part; its JSON is a part of the whole."""

    def __init__(self, whole, name, told):
        super().__init__(whole.as_json, whole._out, whole._err)
        self._name, self._into = name, told

    def object(self, value):
        self._into[self._name] = value


class Progress:
    """A bar on a terminal; elsewhere a line now and then."""

    def __init__(self, title, total, stream):
        self.title, self.total, self.done = title, total, 0
        self._stream = stream
        self._live = stream.isatty()

    def __enter__(self):
        self._started = self._told = time.monotonic()
        self._show("")
        return self

    def __exit__(self, kind, error, trace):
        seconds = time.monotonic() - self._started
        mark = "✓" if kind is None else "✗"
        total = f" sur {self.total}" if self.total else ""
        text = f"{mark} {self.title} : {self.done}{total}"
        self._print(f"{text} ({seconds:.1f} s)\n".replace(".", ","))

    def step(self, detail="", count=1):
        """Count what is done."""
        self.done += count
        now = time.monotonic()
        if self._live or now - self._told > HEARTBEAT:
            self._told = now
            self._show(detail)

    def _show(self, detail):
        part = BAR * self.done // self.total if self.total else BAR
        bar = "█" * part + "░" * (BAR - part)
        text = f"  {self.title} {bar} {self.done}/{self.total}  {detail}"[:100]
        if self._live:
            self._print(text)
        elif self.done:
            self._print(f"{text}\n")

    def _print(self, text):
        with contextlib.suppress(OSError):
            clear = "\r\x1b[2K" if self._live else ""
            print(f"{clear}{without_secrets(text)}", end="", file=self._stream)
            self._stream.flush()


def _row(cells, widths):
    padded = [
        cell.rjust(-width) if width < 0 else cell.ljust(width)
        for cell, width in zip(cells, widths, strict=True)
    ]
    return "  ".join(padded).rstrip()


def money(amount):
    """Return an amount (Decimal, or as it came over the wire) as the French write it.

    >>> money("-1234.50").replace("\u202f", " ")
    '-1 234,50'
    """
    return f"{Decimal(str(amount)):,.2f}".replace(",", "\u202f").replace(".", ",")


def day(text):
    """Return an ISO date as 22/11/2026, nothing for none."""
    return f"{datetime.date.fromisoformat(text[:10]):%d/%m/%Y}" if text else ""


def plural(count, one, many=None):
    """Return a count with its noun.

    >>> plural(2, "facture")
    '2 factures'
    """
    return f"{count} {one if abs(count) < 2 else many or f'{one}s'}"
