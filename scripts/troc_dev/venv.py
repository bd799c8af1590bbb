"""The virtual environment of the project."""

import importlib.util
import os
import sys

from troc_dev import paths, proc, say
from troc_dev.errors import Stop

FOLDER = paths.LOCAL / "python"
BIN = FOLDER / "bin"
PYTHON = BIN / "python"
STAMP = FOLDER / "complete"
REQUIREMENTS = [
    paths.ROOT / name for name in ("requirements.txt", "requirements-dev.txt")
]


def ensure():
    """Make the environment, unless it is there whole for these requirements."""
    wanted = _fingerprint()
    if _is_whole(wanted):
        return
    with paths.locked(paths.LOCAL):
        if _is_whole(wanted):
            return
        _check_python()
        paths.remove(FOLDER)
        with say.Step("Python environment") as step:
            _make(step)
        paths.write(STAMP, wanted)


def _fingerprint():
    return paths.digest(FOLDER, *[paths.read(path) for path in REQUIREMENTS])


def _is_whole(wanted):
    return paths.read(STAMP) == wanted and PYTHON.exists()


def _check_python():
    absent = [n for n in ("venv", "ensurepip") if not importlib.util.find_spec(n)]
    if absent:
        version = "{}.{}".format(*sys.version_info)
        raise Stop(
            f"This Python {version} cannot make virtual environments.",
            f"Install the package python{version}-venv, or put another Python"
            " (3.10 to 3.13) first on the PATH.",
        )


def _make(step):
    base = getattr(sys, "_base_executable", sys.executable)
    proc.run("Python environment", [base, "-m", "venv", FOLDER])
    total = len({ln for path in REQUIREMENTS for ln in paths.read(path).splitlines()})
    seen = []

    def follow(text):
        if text.startswith("Collecting "):
            seen.append(text)
            step.tell(f"{len(seen)} of at most {total} packages")
        elif text.startswith("Installing collected"):
            step.tell("unpacking")

    command = [PYTHON, "-m", "pip", "install", "--progress-bar=off", "--no-input"]
    for path in REQUIREMENTS:
        command += ["-r", path]
    temporary = FOLDER / "tmp"  # not the system's: pip leaves it full when killed
    temporary.mkdir()
    proc.run("pip", command, follow=follow, env=environment(TMPDIR=str(temporary)))
    paths.remove(temporary)


def environment(*python_path, **more):
    """Return the process environment for programs of the virtual environment."""
    drop = ("ODOO_", "PYTHON", "VIRTUAL_ENV", "PGDATABASE", "OPENERP_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(drop)}
    kept["PATH"] = f"{BIN}{os.pathsep}{kept.get('PATH', os.defpath)}"
    kept["PYTHONPATH"] = os.pathsep.join(map(str, python_path))
    kept["PYTHONUNBUFFERED"] = "1"
    return kept | more
