"""./scripts/read-invoice: what Factur-X files say, one JSON object a line.

A line holds "path", "ok", what the invoice says (dates ISO, amounts as texts) and
"judgement", the codes of what speaks against it, members aside. A file that cannot be
read has a "refusal" instead: its code and its French sentence. With --summary, counts,
times and a progress bar go to the error output, and lines only to a file or a pipe.
The exit status is 0 when all could be read, 1 when not, 2 for a path not there.
"""

import argparse
import os

from troc_dev import paths, proc, say
from troc_dev.needs import venv

LIB = paths.ADDONS / "troc_actif_invoice" / "lib"
NO_SUCH_PATH = 2


def main(arguments):
    """Read all that is named, with the libraries at hand; return the exit status."""
    missing = [path for path in parsed(arguments).paths if _is_missing(path)]
    if missing:
        say.line(f"✗ There is no {', '.join(f'“{path}”' for path in missing)}.")
        return NO_SUCH_PATH
    venv.ensure()
    return proc.wait(
        [venv.PYTHON, "-m", "troc_dev.read_invoice.inside", *arguments],
        env=venv.environment(paths.ROOT / "scripts", LIB),
    )


def _is_missing(path):
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False  # it is there, and will be told not to be readable
    return False


def parsed(arguments):
    """Return the options: `paths` and `summary`."""
    parser = argparse.ArgumentParser(
        prog="./scripts/read-invoice",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("paths", nargs="+", metavar="FILE|FOLDER", help="of folders: .pdf and .xml")
    add("--summary", action="store_true", help="tell counts and times")
    return parser.parse_args(arguments)
