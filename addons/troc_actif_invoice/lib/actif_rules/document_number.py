"""Numbers of invoices as different people type them.

The seller prints "FAC/2026/00012"; the buyer enters "FAC-2026-12", "2026 00012" or
"12".  Whoever takes such numbers for the same also looks at the total and the date.
"""

import re
import unicodedata
from datetime import timedelta

_RUNS = re.compile(r"\d+|[^\W\d_]+")
# A bill is entered with its own date, or that of the day it came in.
NEAR = timedelta(days=31)


def _parts(number):
    """Return the runs of letters and of digits of a number, without leading zeros."""
    text = unicodedata.normalize("NFKC", number or "").upper()
    return [run.lstrip("0") or "0" for run in _RUNS.findall(text)]


def same(one, other):
    """Tell whether two numbers are the same text, in any case."""
    return bool(one and other) and one.strip().upper() == other.strip().upper()


def alike(one, other):
    """Tell whether two numbers may be the same one: separators, zeros, a prefix aside.

    At least a run of digits must be common to both, and be the end of both.
    """
    short, long = sorted((_parts(one), _parts(other)), key=len)
    if short and "".join(short) == "".join(long):
        return True
    ends = bool(short) and long[-len(short) :] == short
    return ends and any(run.isdigit() for run in short)


def near(one, other):
    """Tell whether two dates may be that of one invoice."""
    return abs(one - other) <= NEAR
