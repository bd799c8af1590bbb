"""Progress and messages, all on the error output: results alone go to standard."""

import contextlib
import sys
import threading
import time

HEARTBEAT = 10


def line(text=""):
    """Print one line."""
    with contextlib.suppress(OSError):  # nobody listens, or the disk is full
        print(text, file=sys.stderr, flush=True)


class Step:
    """A long step: says what is done, shows it is alive, says how long it took."""

    def __init__(self, title):
        self.title = title
        self.detail = ""
        self.done = threading.Event()
        self.live = sys.stderr.isatty()

    def __enter__(self):
        self.started = time.monotonic()
        self.thread = threading.Thread(target=self._beat, daemon=True)
        if not self.live:
            line(f"· {self.title}…")
        self.thread.start()
        return self

    def __exit__(self, kind, error, trace):
        self.done.set()
        self.thread.join()
        seconds = time.monotonic() - self.started
        verdict = "✓" if kind is None else "✗"
        line(f"{self._clear()}{verdict} {self.title} ({seconds:.0f} s)")

    def tell(self, detail):
        """Say how far the step is; shown with the next heartbeat."""
        self.detail = detail.strip()

    def _beat(self):
        while not self.done.wait(0.2 if self.live else HEARTBEAT):
            seconds = time.monotonic() - self.started
            text = f"  {self.title}… {seconds:.0f} s  {self.detail}"[:100]
            if self.live:
                print(self._clear() + text, end="", file=sys.stderr, flush=True)
            else:
                line(text)

    def _clear(self):
        return "\r\x1b[2K" if self.live else ""
