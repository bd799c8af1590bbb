"""Where things are: all that is made goes to `.local/`, downloads to a cache."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import threading
from pathlib import Path

from troc_dev import say

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
LOGS = LOCAL / "log"
ADDONS = ROOT / "addons"
CLONE_ID = hashlib.sha256(str(ROOT).encode()).hexdigest()[:6]


def cache():
    """Return the folder for downloads, shared by all clones of this user."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    own = os.environ.get("TROC_CACHE") or Path(base).expanduser() / "troc-actif"
    folder = Path(own).expanduser().absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


_of_this_thread = threading.local()


@contextlib.contextmanager
def locked(folder, waiting_for="another command of this clone"):
    """Hold the lock of a folder, which the system frees if this process dies."""
    held = vars(_of_this_thread).setdefault("held", set())
    if folder in held:
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say.line(f"Waiting for {waiting_for}…")
            fcntl.flock(handle, fcntl.LOCK_EX)
        held.add(folder)
        try:
            yield
        finally:
            held.discard(folder)


@contextlib.contextmanager
def made_whole(target):
    """Yield an empty folder that becomes `target` only if nothing goes wrong."""
    clear_halves(target)
    new = target.with_name(f"{target.name}.new-{os.getpid()}")
    new.mkdir(parents=True)
    try:
        yield new
        remove(target)
        new.rename(target)
    except BaseException:
        remove(new)
        raise


def clear_halves(target):
    """Remove what killed commands left, some child of which may still write there."""
    for left in target.parent.glob(f"{target.name}.new-*"):
        shutil.rmtree(left, ignore_errors=True)


def remove(path):
    """Remove a folder if it is there."""
    if path.exists():
        shutil.rmtree(path)


def write(path, text):
    """Replace a file in one go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    new.write_text(text)
    new.replace(path)


def read(path):
    """Return the text of a file, or nothing when it is absent."""
    return path.read_text() if path.is_file() else ""


def digest(*parts):
    """Return a short hash of texts."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]
