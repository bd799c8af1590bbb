"""`troc-link sync`: push, pull, verify; `watch` repeats it, less often after a failure.

Made for cron or systemd: one run at a time on a machine, and a status that says whether
a person must look.
"""

import contextlib
import fcntl
import random
import time

from troc_link.commands import pull, push, verify
from troc_link.errors import NO_ANSWER, OK, LinkError
from troc_link.words.output import plural

STEPS = {"push": push, "pull": pull, "verify": verify}
LONGEST = 3600
SPREAD = 0.1  # so that not all members of a network call at the same second


def run(options, ends):
    """Do all three, or repeat them; return the exit status."""
    if options.command == "watch":
        return watch(options, ends)
    return once(options, ends)


def once(options, ends):
    """Do the three steps in turn; return the worst status.

    A step that needs a person stops no other; where an end does not answer, the rest
    waits for the next run.
    """
    with _alone(ends) as mine:
        if not mine:
            options.out.note("Une autre synchronisation est en cours : rien à faire.")
            return OK
        told, worst = {}, OK
        for name, step in STEPS.items():
            out = options.out.part(name, told)
            status = step.run(_with(options, out), ends)
            worst = max(worst, status)
        options.out.object(told)
        return worst


def _with(options, out):
    """Return the options of one step: it speaks to `out`."""
    own = type(options)(**vars(options))
    own.out = out
    own.again = getattr(options, "again", None)
    return own


def watch(options, ends):
    """Repeat until interrupted, waiting longer while nobody answers."""
    pause = options.every
    while True:
        status = _tried(options, ends)
        pause = (
            min(pause * 2, max(LONGEST, options.every))
            if status == NO_ANSWER
            else options.every
        )
        wait = pause * (1 + random.uniform(0, SPREAD))
        options.out.note(f"Prochaine fois dans {_spoken(wait)}.")
        time.sleep(wait)


def _spoken(seconds):
    if seconds < 90:
        return plural(round(seconds), "seconde")
    return plural(round(seconds / 60), "minute")


def _tried(options, ends):
    try:
        return once(options, ends)
    except LinkError as error:
        options.out.note(f"✗ {error}")
        ends.forget()  # a session may have ended with the server
        return error.status


@contextlib.contextmanager
def _alone(ends):
    """Yield True, or False where another run on this machine holds the lock."""
    ends.folder.mkdir(parents=True, exist_ok=True)
    with open(ends.folder / "link.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
