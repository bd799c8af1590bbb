"""Looking at processes from outside, for tests of the extraction children."""

import os
import time
from pathlib import Path


def running(pid):
    """True for a process that is there and is no zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def wait_until_ended(pid, seconds=5):
    """A killed process still takes a moment to go."""
    wait_until(lambda: not running(pid), seconds)


def wait_until(happened, seconds=5):
    """Waits for something to come true, and fails if it does not."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def zombie():
    """What ended among our children and was never waited for; None if nothing did."""
    try:
        return os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None


def open_files():
    """How many files, pipes and sockets this process has open.

    To be compared with <=: an idle child of an earlier test may end meanwhile.
    """
    return len(os.listdir("/proc/self/fd"))


def peak_memory(pid):
    """The most memory that a running process ever held, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) * 1024
