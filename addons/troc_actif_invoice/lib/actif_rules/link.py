"""How a movement is known at both ends of a link, whatever happens to either of them.

A member's own Odoo keeps the key with the entry, and posts none whose key is there.  So
the key must be the same when a database is restored and the same act is done again, and
another one for another act: it is made of what the act is about (whose invoice, which
number), not of ids or numbers of a database, and of how often this happened before.
"""

import hashlib
from collections.abc import Iterable

from .errors import RuleError

KEY_LENGTH = 32
MAX_DOCUMENTS = 20
MAX_ENTRIES = 500
_BETWEEN = "\x1f"
_VERSION = "1"


def subject(*parts: object) -> str:
    """What a movement is about, as one text: case and spaces do not count.

    >>> subject("net", "000100016", " fa-1 ", 2026) == subject("net", "000100016",
    ...     "FA-1", "2026")
    True
    """
    return _BETWEEN.join(" ".join(str(part or "").split()).upper() for part in parts)


def key(about: str, times: int) -> str:
    """The key of the movement that is number `times` (from 0) about a subject.

    >>> len(key("x", 0)), key("x", 0) == key("x", 1)
    (32, False)
    """
    text = _BETWEEN.join((_VERSION, about, str(times)))
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]


def keys(subjects: Iterable[str], seen: dict[str, int]) -> list[str]:
    """The keys of movements in their order; counts them in `seen` (by subject)."""
    made = []
    for about in subjects:
        made.append(key(about, seen.get(about, 0)))
        seen[about] = seen.get(about, 0) + 1
    return made


def check_batch(items: object, most: int) -> list[dict]:
    """The items of a call, a list of dicts; `link_batch` where it is none or too long.

    >>> check_batch([{"a": 1}], 20)
    [{'a': 1}]
    """
    known = isinstance(items, (list, tuple)) and all(isinstance(i, dict) for i in items)
    if not known or len(items) > most:
        raise RuleError("link_batch", value=most)
    return list(items)
