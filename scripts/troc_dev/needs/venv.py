"""The virtual environments of the project: all of it, and the link alone."""

import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from troc_dev import paths, proc, say
from troc_dev.errors import Stop


@dataclass(frozen=True)
class Venv:
    """A virtual environment: where it is, and what is in it."""

    folder: Path
    requirements: tuple[Path, ...]

    @property
    def bin(self):
        """Return the folder of its programs."""
        return self.folder / "bin"

    @property
    def python(self):
        """Return its Python."""
        return self.bin / "python"

    @property
    def stamp(self):
        """Return the file that says for which requirements it is whole."""
        return self.folder / "complete"

    def ensure(self):
        """Make the environment, unless it is there whole for these requirements."""
        wanted = self._fingerprint()
        if self._is_whole(wanted):
            return
        with paths.locked(paths.LOCAL):
            if self._is_whole(wanted):
                return
            _check_python()
            paths.remove(self.folder)
            with say.Step("Python environment") as step:
                _make(self, step)
            paths.write(self.stamp, wanted)

    def _fingerprint(self):
        return paths.digest(self.folder, *[paths.read(p) for p in self.requirements])

    def _is_whole(self, wanted):
        return paths.read(self.stamp) == wanted and self.python.exists()


def _listed(*names):
    return tuple(paths.ROOT / name for name in names)


PROJECT = Venv(
    paths.LOCAL / "python", _listed("requirements.txt", "requirements-dev.txt")
)
LINK = Venv(paths.LOCAL / "link", _listed("requirements-link.txt"))
FOLDER, BIN, PYTHON = PROJECT.folder, PROJECT.bin, PROJECT.python
ensure = PROJECT.ensure


def _check_python():
    absent = [n for n in ("venv", "ensurepip") if not importlib.util.find_spec(n)]
    if absent:
        version = "{}.{}".format(*sys.version_info)
        raise Stop(
            f"This Python {version} cannot make virtual environments.",
            f"Install the package python{version}-venv, or put another Python"
            " (3.10 to 3.13) first on the PATH.",
        )


def _make(venv, step):
    base = getattr(sys, "_base_executable", sys.executable)
    proc.run("Python environment", [base, "-m", "venv", venv.folder])
    lists = [paths.read(path).splitlines() for path in venv.requirements]
    total = len({line for lines in lists for line in lines})
    seen = []

    def follow(text):
        if text.startswith("Collecting "):
            seen.append(text)
            step.tell(f"{len(seen)} of at most {total} packages")
        elif text.startswith("Installing collected"):
            step.tell("unpacking")

    command = [venv.python, "-m", "pip", "install", "--progress-bar=off", "--no-input"]
    for path in venv.requirements:
        command += ["-r", path]
    temporary = venv.folder / "tmp"  # not the system's: pip leaves it full when killed
    temporary.mkdir()
    own = environment(venv=venv, TMPDIR=str(temporary))
    proc.run("pip", command, follow=follow, env=own)
    paths.remove(temporary)


def environment(*python_path, venv=PROJECT, **more):
    """Return the process environment for programs of a virtual environment."""
    drop = ("ODOO_", "PYTHON", "VIRTUAL_ENV", "PGDATABASE", "OPENERP_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(drop)}
    kept["PATH"] = f"{venv.bin}{os.pathsep}{kept.get('PATH', os.defpath)}"
    kept["PYTHONPATH"] = os.pathsep.join(map(str, python_path))
    kept["PYTHONUNBUFFERED"] = "1"
    return kept | more
