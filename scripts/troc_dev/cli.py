"""What all commands share: interruptions, failures in one sentence, exit status."""

import importlib
import os
import signal
import sys
import traceback

from troc_dev import errors, paths, say

# The module of a command, where it is not called as the command is.
COMMANDS = {
    "keep_release": "releases.command",
    "read_invoice": "read_invoice.command",
    "screenshots": "screenshots.command",
    "test": "testing.command",
    "translate": "translate.command",
    "verify": "verify.command",
}
IGNORED_REPEATS = 2


class _Interruptions:
    """Turn SIGINT, SIGTERM and SIGHUP into one clean exit; ignore impatience."""

    def __init__(self):
        self.received = []
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.handle)

    def handle(self, number, frame):
        self.received.append(number)
        if len(self.received) == 1 or len(self.received) > 1 + IGNORED_REPEATS:
            raise KeyboardInterrupt


def main(command):
    """Run a command; return its exit status."""
    name = COMMANDS.get(command, command)
    return guarded(
        lambda words: importlib.import_module(f"troc_dev.{name}").main(words)
    )


def guarded(function):
    """Call a function with the arguments; turn all that may happen into a status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    interruptions = _Interruptions()
    arguments = [word for word in sys.argv[1:] if word != "--debug"]
    debug = len(arguments) < len(sys.argv) - 1 or bool(os.environ.get("TROC_DEBUG"))
    try:
        return function(arguments)
    except KeyboardInterrupt:
        say.line("\nInterrupted. The same command goes on where this one stopped.")
        return 128 + (interruptions.received or [signal.SIGINT])[0]
    except Exception as error:
        return _report(error, debug)


def _report(error, debug):
    if debug:
        traceback.print_exc()
    if isinstance(error, OSError):
        error = errors.from_os_error(error)
    if not isinstance(error, errors.Stop):
        error = _unexpected(error)
    say.line(f"\n✗ {error}\n→ {error.way_out}")
    return 1


def _unexpected(error):
    trace = paths.LOGS / "error.log"
    paths.write(trace, traceback.format_exc())
    return errors.Stop(
        f"Unexpected {type(error).__name__}: {error}",
        f"This is a fault of ours: please report it with {trace}.",
    )
