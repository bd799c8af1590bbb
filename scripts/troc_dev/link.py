"""./scripts/troc-link: the member's end of the link, in a small environment of its own.

Neither Odoo nor PostgreSQL is needed: it speaks to servers that run elsewhere.
"""

import os
import sys

from troc_dev import paths
from troc_dev.needs import venv

SCRIPTS = paths.ROOT / "scripts"
LIB = paths.ADDONS / "troc_actif_invoice" / "lib"


def main(arguments):
    """Become the command: it owns the terminal, its signals and its exit status."""
    venv.LINK.ensure()
    debug = {"TROC_DEBUG": "1"} if "--debug" in sys.argv else {}
    environment = venv.environment(SCRIPTS, LIB, venv=venv.LINK, **debug)
    program = [str(venv.LINK.python), "-m", "troc_link", *arguments]
    sys.stderr.flush()
    os.execve(program[0], program, environment)
