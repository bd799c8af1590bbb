"""The program with which Odoo prints: one wkhtmltopdf, the same on every machine.

Odoo hands a report's header and footer to wkhtmltopdf apart from its body, and only a
build "with patched qt" draws them.  Debian 12's is not one, Debian 13 has none.  So it
comes from a wheel, its libraries and its font from Debian 12, unpacked under `.local/`
(docs/decisions/0032-printing.md).
"""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from troc_dev import errors, paths
from troc_dev.errors import Stop
from troc_dev.needs import debian, venv

FOLDER = paths.LOCAL / "printing"
BIN = FOLDER / "bin"
PROGRAM = BIN / "wkhtmltopdf"
STAMP = FOLDER / "complete"
STYLE = FOLDER / "as-0.12.6.css"
IN_THE_WHEEL = "lib/python*/site-packages/pydf/bin/wkhtmltopdf"
# What the program links to beyond what every Debian has, and what it writes with.
PACKAGES = (
    "libxrender1 libxext6 libx11-6 libxcb1 libxau6 libxdmcp6 libbsd0 libmd0"
    " libfontconfig1 libexpat1 libfreetype6 libpng16-16 libbrotli1 fonts-dejavu-core"
).split()
SUITE = "bookworm"
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{folder}/usr/share/fonts</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""
LACKING = "No wkhtmltopdf with patched Qt: nothing is printed as PDF"
WAY_OUT = "Set TROC_WKHTMLTOPDF=<path of one>."
# What 0.12.6 does of itself: a row that begins a page stands below the repeated head.
ROWS = "tr { page-break-inside: avoid; }\n"
# Cannot be started: Odoo then says that wkhtmltopdf is not installed, and does not
# fall back on an unpatched one, whose invoices would show no seller.
NONE = "#!/there/is/no/patched/wkhtmltopdf\n"


def ensure(strict=False):
    """Make the program ready; say what lacks where there is none."""
    with paths.locked(paths.LOCAL):
        identity = _identity()
        if paths.read(STAMP) == identity:
            return
        paths.remove(FOLDER)
        why = _make()
        if not why:
            paths.write(STAMP, identity)
            return
    errors.lacking(f"{LACKING} ({why}).", WAY_OUT, strict)


def lacking():
    """Return what the tests that print lack; nothing where they can run."""
    return "" if STAMP.exists() else f"{LACKING}. {WAY_OUT}"


def _identity():
    own = os.environ.get("TROC_WKHTMLTOPDF")
    return paths.digest(FOLDER, own, PACKAGES, ROWS, paths.read(venv.PROJECT.stamp))


def _make():
    """Write the program that Odoo starts; return why there is none, if so."""
    why = "this kind of machine has none of its own"
    for program, arguments, make_environment in _candidates():
        try:
            _write([program, *arguments], make_environment())
            _check()
        except Stop as stop:
            why = str(stop).rstrip(".")
        else:
            return None
    _write_executable(NONE)
    return why


def _candidates():
    """Yield programs, their first arguments, and what makes their environment."""
    if own := os.environ.get("TROC_WKHTMLTOPDF"):
        yield Path(own).absolute(), [], dict
        return
    paths.write(STYLE, ROWS)
    for program in venv.FOLDER.glob(IN_THE_WHEEL):
        for make_environment in (_libraries, dict):
            yield program, ["--user-style-sheet", STYLE], make_environment
    if found := shutil.which("wkhtmltopdf"):
        yield Path(found), [], dict


def _libraries():
    """Fetch the libraries and the font; return the environment that points there."""
    debian.unpack("printing", [f"{name}/{SUITE}" for name in PACKAGES], SUITE, FOLDER)
    fonts = FOLDER / "fonts.conf"
    paths.write(fonts, FONTS.format(folder=FOLDER))
    folders = [*FOLDER.glob("lib/*-linux-gnu"), *FOLDER.glob("usr/lib/*-linux-gnu")]
    return {
        "LD_LIBRARY_PATH": os.pathsep.join(map(str, folders)),
        "FONTCONFIG_FILE": fonts,
    }


def _write(command, environment):
    exports = [f"export {name}={_quoted(value)}" for name, value in environment.items()]
    call = " ".join(map(_quoted, command))
    _write_executable("\n".join(["#!/bin/sh", *exports, f'exec {call} "$@"', ""]))


def _quoted(value):
    return shlex.quote(str(value))


def _write_executable(text):
    paths.write(PROGRAM, text)
    PROGRAM.chmod(0o755)


def _check():
    done = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True)
    said, *_more = (done.stdout + done.stderr).splitlines() or ["nothing"]
    if "with patched qt" not in said:
        raise Stop(f"wkhtmltopdf says: {said[:200]}", "")
