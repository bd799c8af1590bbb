"""Progress, on the error output: what is done, how far it is, how long it took."""

import contextlib
import sys
import time

WIDTH = 62


def line(text=""):
    """Print one line."""
    print(text, file=sys.stderr, flush=True)


class Phase:
    """A list of steps of known length; those found done are counted, not shown."""

    def __init__(self, title, total):
        self.title = title
        self.total = total
        self.done = 0
        self.made = 0

    def __enter__(self):
        self.started = time.monotonic()
        self.headed = False
        return self

    def __exit__(self, kind, error, trace):
        if kind:
            return
        seconds = time.monotonic() - self.started
        how = f"{self.made} sur {self.total}" if self.made else "tout était déjà là"
        line(f"✓ {self.title} : {how} ({_french(seconds)} s)")

    def skip(self, count=1):
        """Count steps that were done by an earlier run."""
        self.done += count

    @contextlib.contextmanager
    def step(self, label):
        """Show a step while it runs, then its duration."""
        self._head()
        self.done += 1
        text = f"  [{self.done:>2}/{self.total}] {label}"[:WIDTH]
        print(f"{text:<{WIDTH}}", end="", file=sys.stderr, flush=True)
        started = time.monotonic()
        try:
            yield
        except BaseException:
            line("   ✗")
            raise
        self.made += 1
        line(f"{_french(time.monotonic() - started):>6} s")

    def _head(self):
        if not self.headed:
            line(f"· {self.title}")
            self.headed = True


def _french(seconds):
    return f"{seconds:.1f}".replace(".", ",")
