"""Tools that are not Python: a browser for tests, wkhtmltopdf for PDFs."""

import glob
import os
import shutil
from pathlib import Path

from troc_dev import paths, say
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


def ensure():
    """Look for a browser; install one where that can be done; say what lacks."""
    if find() or (debian.install(["chromium", "fonts-dejavu-core"]) and find()):
        return
    say.line(
        "! No browser: the tests that need one are not run."
        " Install chromium, or set CHROME_BIN."
    )


def for_odoo():
    """Return a folder for the PATH, in which Odoo finds the same browser first."""
    folder = paths.LOCAL / "browser"
    link = folder / "google-chrome"
    folder.mkdir(exist_ok=True)
    link.unlink(missing_ok=True)
    if found := find():
        link.symlink_to(Path(found).absolute())
    return folder


def ensure_wkhtmltopdf():
    """The same for the program with which Odoo prints."""
    packages = ["wkhtmltopdf", "fonts-dejavu-core"]
    if not shutil.which("wkhtmltopdf") and not debian.install(packages):
        say.line(
            "! No wkhtmltopdf: nothing can be printed as PDF, and tests that print"
            " are not run. Install wkhtmltopdf."
        )
