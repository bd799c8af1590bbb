"""./scripts/lint: ruff, pylint-odoo and the OCA checks, all of them to their end."""

import subprocess

from troc_dev import paths, say
from troc_dev.needs import venv

PYTHON = ("addons", "benchmarks", "scripts", "tests")
OCA_OFF = "--disable=xml-header-wrong"  # it is about the letter case of "utf-8"


def main(arguments):
    """Run every linter that has something to read; return 1 if one complains."""
    venv.ensure()
    complaints = [name for name, command in _linters() if not _passes(name, command)]
    if complaints:
        say.line(f"✗ To correct: {', '.join(complaints)}")
    return 1 if complaints else 0


def _linters():
    folders = [name for name in PYTHON if (paths.ROOT / name).exists()]
    yield "ruff check", ["ruff", "check", *folders]
    yield "ruff format", ["ruff", "format", "--check", *folders]
    addons = sorted(path.parent for path in paths.ADDONS.glob("*/__manifest__.py"))
    if addons:
        yield "pylint-odoo", ["pylint", *addons]
        yield "oca-checks-odoo-module", ["oca-checks-odoo-module", OCA_OFF, *addons]
    translations = sorted(paths.ADDONS.glob("*/i18n/*.po*"))
    if translations:
        yield "oca-checks-po", ["oca-checks-po", *translations]


def _passes(name, command):
    say.line(f"· {name}")
    words = [str(venv.BIN / command[0]), *map(str, command[1:])]
    return subprocess.call(words, cwd=paths.ROOT, env=venv.environment()) == 0
