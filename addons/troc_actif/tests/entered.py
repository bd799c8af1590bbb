"""Which files of an addon a call enters: how far a reader has to walk to follow it."""

import sys
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

ADDON = Path(__file__).parents[1]


@contextmanager
def entered(folder=ADDON):
    """Yield {file: names of functions}, filled with what runs below `folder`.

    Paths are relative to `folder`.  Hooks count, and computed fields; what runs once,
    as a module is imported, does not, nor do tests.
    """
    found = defaultdict(set)
    before = sys.gettrace()
    sys.settrace(lambda frame, _event, _arg: _note(frame, found, f"{folder}/"))
    try:
        yield found
    finally:
        sys.settrace(before)


def _note(frame, found, start):
    code = frame.f_code
    path = code.co_filename.removeprefix(start)
    inside = path != code.co_filename and not path.startswith("tests/")
    if inside and code.co_name != "<module>":
        found[path].add(code.co_name)


def told(found):
    """Return `found` as lines to read, the fullest files first."""
    files = sorted(found, key=lambda file: (-len(found[file]), file))
    return "\n".join(f"{file}: {', '.join(sorted(found[file]))}" for file in files)
