"""Texts that came from outside: made safe to compare and to show."""

import re
import unicodedata

_BREAKS = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
_REMOVED = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def clean(text: str, limit: int) -> str:
    """One line of at most `limit` characters, spaces of every kind made one.

    Control characters and the invisible ones (zero-width, right-to-left marks) go:
    they would let two equal numbers differ, or a name read as another one. What is
    left may still hold HTML or look like a path: escape it, never open it.
    """
    return " ".join(_visible(text[: limit * 4]).split())[:limit].strip()


def clean_lines(text: str, limit: int) -> str:
    """Like `clean`, with line breaks kept as single line feeds."""
    lines = (clean(line, limit) for line in _BREAKS.split(text[: limit * 4]))
    return "\n".join(line for line in lines if line)[:limit]


def fold(text: str) -> str:
    """The text without accents and case: for comparing wording, not for showing.

    >>> fold("Réglé à 50\\u00a0％ en ACTIF")
    'regle a 50 % en actif'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return plain.replace("œ", "oe").replace("æ", "ae")


def _visible(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    return "".join(
        c for c in text if c.isspace() or unicodedata.category(c) not in _REMOVED
    )
