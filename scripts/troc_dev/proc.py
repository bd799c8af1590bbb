"""Child processes: logged, followed, and always stopped with us."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading

from troc_dev import errors, paths

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def _stop_with_parent():
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command, **options):
    """Start a process in a group of its own, so that Ctrl-C reaches only us."""
    options.setdefault("start_new_session", True)
    options.setdefault("stdin", subprocess.DEVNULL)
    command = [str(word) for word in command]
    return subprocess.Popen(command, preexec_fn=_stop_with_parent, **options)


def stop(process, first=signal.SIGTERM, patience=20):
    """Stop a process and its group: politely, then not."""
    for how, seconds in ((first, patience), (signal.SIGKILL, 5)):
        if process.poll() is not None:
            return
        try:
            os.killpg(process.pid, how)
        except ProcessLookupError:  # it shares our group, for a debugger
            process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)


def wait(command, *, first=signal.SIGTERM, **options):
    """Run a command that shows its own output; return its exit status."""
    child = start(command, **options)
    try:
        return child.wait()
    finally:
        stop(child, first, patience=40)


def run(what, command, *, follow=None, timeout=None, **options):
    """Run a command to its end; its output goes to a log and to `follow`.

    Raises a Stop that names the cause when the command fails.
    """
    log = paths.LOGS / f"{what.split()[0].lower()}-{os.getpid()}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    options.update(stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    process = start(command, errors="replace", bufsize=1, **options)
    timer = threading.Timer(timeout or 3600, stop, (process, signal.SIGKILL))
    timer.daemon = True
    timer.start()
    try:
        text = _drain(process, log, follow or (lambda text: None))
    finally:
        timer.cancel()
        stop(process)
    if process.returncode:
        raise errors.from_output(what, text, log)
    log.unlink(missing_ok=True)
    return text


def _drain(process, log, follow):
    lines = []
    with open(log, "w") as copy:
        for text in process.stdout:
            copy.write(text)
            lines.append(text)
            follow(text)
    process.wait()
    return "".join(lines)


def tool(name, why, way_out):
    """Return the path of a program, or stop with a sentence."""
    found = shutil.which(name)
    if not found:
        raise errors.Stop(f"“{name}” is missing, which {why}.", way_out)
    return found
