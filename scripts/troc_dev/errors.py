"""Failures that a user can do something about, told in one sentence."""

import errno
import re
import shutil

from troc_dev import paths, say

DISK_WAY_OUT = "Free about 4 GB and run the same command again."
FULL_BYTES = 50e6
NETWORK_WAY_OUT = "Check the network or the proxy and run the same command again."
KNOWN_CAUSES = {
    "no space left on device|disk quota exceeded": ("the disk is full", DISK_WAY_OUT),
    "could not resolve|name resolution|failure resolving": (
        "a server name cannot be resolved",
        NETWORK_WAY_OUT,
    ),
    "connection refused|network is unreachable": (
        "no connection could be made",
        NETWORK_WAY_OUT,
    ),
    "timed out": ("a connection timed out", NETWORK_WAY_OUT),
    "hash sum mismatch": ("a download is broken", NETWORK_WAY_OUT),
}
ERROR_LINE = r"^[\w.]*(Error|Exception|Invalid\w*)\b|^(E|fatal|error|ERROR):"


class Stop(Exception):
    """What went wrong, in one sentence, and the way out, in another."""

    def __init__(self, what, way_out):
        super().__init__(what)
        self.way_out = way_out


def lacking(what, way_out, strict):
    """Say which tool lacks; stop there where everything must be tried."""
    if strict:
        raise Stop(what, way_out)
    say.line(f"! {what} {way_out}")


def from_output(what, text, log):
    """Return a Stop for a command that failed with this output."""
    if shutil.disk_usage(paths.LOCAL).free < FULL_BYTES:
        text += "no space left on device"  # few programs say so themselves
    for trace, (cause, way_out) in KNOWN_CAUSES.items():
        if re.search(trace, text, re.IGNORECASE):
            return Stop(f"{what} failed: {cause}.", way_out)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if re.search(ERROR_LINE, line)] or lines
    return Stop(
        f"{what} failed: {told[-1][:300] if told else 'no message'}",
        f"See {log}; running the same command again is safe.",
    )


def from_os_error(error):
    """Return a Stop for an error of the operating system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Stop("The disk is full.", DISK_WAY_OUT)
    return Stop(
        f"{error.strerror or error}: {error.filename or 'no file named'}",
        "Check that this user may write there, then run the same command again.",
    )
