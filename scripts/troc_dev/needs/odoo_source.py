"""Odoo 19 itself: a checkout of one's own, a clone, or the Debian package."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from troc_dev import paths, proc, say
from troc_dev.errors import Stop
from troc_dev.needs import debian

FOLDER = paths.LOCAL / "odoo-19"
BRANCH = "19.0"
# What the links inside odoo-19 point to; font-awesome as Debian 12 lays it out.
PACKAGES = (
    "odoo-19 libjs-jquery libjs-underscore libjs-jquery-form"
    " fonts-font-awesome/bookworm"
    " fonts-roboto-unhinted fonts-montserrat fonts-inconsolata"
).split()
SUITES = "sid bookworm"
UPSTREAM = "https://github.com/odoo/odoo.git"
WAY_OUT = "Set TROC_ODOO=<path of an Odoo 19 checkout> and run the command again."


@dataclass(frozen=True)
class Source:
    """An Odoo that can be run; `identity` changes when its code does."""

    python_path: Path
    script: Path
    addons: tuple
    identity: str


def ensure():
    """Return an Odoo 19, fetched if need be."""
    if own := os.environ.get("TROC_ODOO"):
        return _describe(Path(own).expanduser().absolute(), "TROC_ODOO")
    with paths.locked(paths.LOCAL):
        if FOLDER.exists():
            paths.clear_halves(FOLDER)
        else:
            _fetch()
    return _describe(FOLDER, FOLDER)


def _describe(folder, named):
    packaged = folder / "usr/lib/python3/dist-packages"
    base = packaged if packaged.exists() else folder
    release = paths.read(base / "odoo/release.py")
    if not re.search(r"version_info = \(19, 0,", release):
        raise Stop(f"{named} holds no Odoo 19.0 ({folder}).", WAY_OUT)
    addons = [base / "odoo/addons"]
    if base == folder:
        addons.append(folder / "addons")
    script = folder / ("usr/bin/odoo" if base == packaged else "odoo-bin")
    identity = paths.read(folder / "origin") or _checkout_identity(folder)
    return Source(base, script, tuple(addons), identity)


def _checkout_identity(folder):
    git = shutil.which("git")
    if git and (folder / ".git").exists():
        return proc.run("git", [git, "-C", folder, "rev-parse", "HEAD"]).strip()
    return f"{folder} {(folder / 'odoo/release.py').stat().st_mtime_ns}"


def _fetch():
    refused = _fetch_clone()
    if not refused:
        return
    say.line(f"  No clone of Odoo here ({refused}); taking the Debian package.")
    _fetch_package()


def _fetch_clone():
    """Clone the branch; return why not, quickly, where it cannot be reached."""
    git = shutil.which("git")
    if not git:
        return "git is missing"
    url = os.environ.get("TROC_ODOO_GIT") or UPSTREAM
    store = paths.cache() / "odoo-19.git"
    try:
        with paths.locked(paths.cache(), "another download"):
            if not store.exists():
                _clone(git, url, store)
    except Stop as stop:
        if "disk" in str(stop):
            raise
        return str(stop).rstrip(".")
    with say.Step("Checking out Odoo 19"), paths.made_whole(FOLDER) as new:
        proc.run("git clone", [git, "clone", "-q", f"file://{store}", new])
    return None


def _clone(git, url, store):
    slow = ["-c", "http.lowSpeedLimit=10000", "-c", "http.lowSpeedTime=20"]
    options = {"env": os.environ | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}}
    probe = [git, *slow, "ls-remote", "--exit-code", "--heads", url, BRANCH]
    proc.run("git ls-remote", probe, timeout=20, **options)
    clone = [git, *slow, "clone", "--bare", "--depth=1", "--branch", BRANCH]
    with say.Step("Clone of Odoo 19") as step, paths.made_whole(store) as new:
        command = [*clone, "--progress", url, new]
        proc.run("git clone", command, follow=step.tell, **options)


def _fetch_package():
    with paths.made_whole(FOLDER) as new:
        names = debian.unpack("Odoo 19", PACKAGES, SUITES, new)
        odoo = next(name for name in names if name.startswith("odoo-19_"))
        (new / "origin").write_text(odoo)
