"""What is logged: calls and their durations, never what they carry; no secrets."""

import functools
import logging
import sys
import time

from troc_link.ends import without_secrets

logger = logging.getLogger("troc_link")


def logged(call):
    """Decorate a client's `call`: say what was called, how long, how it ended."""

    @functools.wraps(call)
    def timed(self, model, method, *args, **params):
        started, ended = time.monotonic(), "ok"
        try:
            return call(self, model, method, *args, **params)
        except Exception as error:
            ended = type(error).__name__
            raise
        finally:
            taken = time.monotonic() - started
            logger.debug(
                "%s %s.%s %.3f s %s", self.end.name, model, method, taken, ended
            )

    return timed


class _Discreet(logging.Formatter):
    def format(self, record):
        return without_secrets(super().format(record))


def start(verbose):
    """Log to the error output: everything when `verbose`, else what matters."""
    logging.raiseExceptions = False  # it would print what could not be logged
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet("%(asctime)s %(message)s", "%H:%M:%S"))
    logger.handlers[:] = [handler]
    logger.propagate = False
    logger.setLevel(logging.DEBUG if verbose else logging.WARNING)
