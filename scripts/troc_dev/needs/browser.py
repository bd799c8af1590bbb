"""The browser of the tests: found, or installed where that can be done."""

import glob
import os
import shutil
from pathlib import Path

from troc_dev import errors, paths
from troc_dev.needs import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run")


def find():
    """Return the path of a browser, or nothing."""
    own = os.environ.get("CHROME_BIN")
    names = (own, *NAMES) if own else NAMES
    found = next(filter(None, map(shutil.which, names)), None)
    return found or next(iter(sorted(glob.glob(_of_playwright()))), None)


def _of_playwright():
    base = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or "~/.cache/ms-playwright"
    return os.path.expanduser(f"{base}/chromium-*/chrome-linux*/chrome")


def ensure(strict=False):
    """Look for a browser, install one where that can be done; say what lacks."""
    if not find():
        debian.install(["chromium", "fonts-dejavu-core"])
    if not find():
        errors.lacking(
            "No browser: the tests that need one are not run.",
            "Install chromium, or set CHROME_BIN.",
            strict,
        )


def for_odoo():
    """Return a folder for the PATH, in which Odoo finds the same browser first."""
    folder = paths.LOCAL / "browser"
    link = folder / "google-chrome"
    folder.mkdir(exist_ok=True)
    if found := find():
        # at once: two commands may set this up at the same moment
        own = folder / f"chrome-{os.getpid()}"
        own.symlink_to(Path(found).absolute())
        own.replace(link)
    else:
        link.unlink(missing_ok=True)
    return folder
