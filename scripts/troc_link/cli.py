"""./scripts/troc-link: finds the module of a command, and turns all into a status."""

import contextlib
import importlib
import os
import signal
import sys
import traceback

from troc_link.clients import log, settings
from troc_link.clients.both import Ends
from troc_link.ends import without_secrets
from troc_link.errors import INTERRUPTED, TO_DO, LinkError
from troc_link.words import parser
from troc_link.words.output import Output

MEMBER = ("submit", "status", "statement", "entries")
# Commands whose module is not called as they are
MODULES = {**dict.fromkeys(MEMBER, "member"), "watch": "sync"}


def main(arguments):
    """Run the command; return its exit status.

    Each module has `run(options, ends)`: `options.out` is where it speaks.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    signal.signal(signal.SIGTERM, _interrupt)
    options = parser.parse(arguments)
    options.out = Output(options.json)
    try:
        return _run(options)
    except KeyboardInterrupt:
        options.out.note("\nInterrompu. La même commande reprend où elle en était.")
        return INTERRUPTED
    except BrokenPipeError:
        # Who read has seen enough; Python would complain again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return TO_DO
    except Exception as error:
        return _told(error, options)


def _run(options):
    log.start(options.verbose)
    name = MODULES.get(options.command, options.command)
    module = importlib.import_module(f"troc_link.commands.{name}")
    known = settings.load(options.config, insecure=options.insecure)
    return module.run(options, Ends(known))


def _interrupt(_number, _frame):
    raise KeyboardInterrupt


def _told(error, options):
    """Say what went wrong and what to do; return the exit status."""
    if os.environ.get("TROC_DEBUG"):
        options.out.note(traceback.format_exc())
    if not isinstance(error, LinkError):
        error = _unexpected(error)
    with contextlib.suppress(OSError):
        options.out.object(
            {"error": str(error), "way_out": error.way_out, "status": error.status}
        )
    way_out = f"\n→ {error.way_out}" if error.way_out else ""
    options.out.note(without_secrets(f"✗ {error}{way_out}"))
    return error.status


def _unexpected(error):
    if isinstance(error, OSError) and error.filename:
        reason = f"{error.filename} : {error.strerror}."
        return LinkError(reason, "Vérifiez ce fichier et vos droits.")
    return LinkError(
        f"Erreur inattendue ({type(error).__name__} : {error}).",
        "C'est un défaut du programme : relancez avec --debug et signalez-le.",
    )
