"""One cell of an import: from what a person typed to a plain value, or a RuleError.

A cell is a text (CSV), or what a spreadsheet holds: a text, a number, a date, a truth.
The values that leave are texts, "123.45" for amounts and ISO dates, so that they can be
kept as JSON between the check and the import.
"""

import math
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from .. import siren as company_number
from ..errors import RuleError
from ..money import CENT, to_decimal
from ..text import clean, clean_lines, fold

HIGHEST_AMOUNT = Decimal(10) ** 12
SHOWN = 40
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*[.,]\d*")
_UNITS = ("euros", "euro", "eur", "€", "actifs", "actif")
_FRENCH_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MAIL = re.compile(r"[^@\s<>,;:\"()]{1,64}@[^@\s<>,;:\"()]+\.[^@\s<>,;:\"().]{2,}")
_TRUE = ("1", "oui", "o", "vrai", "x", "true", "yes", "y")
_FALSE = ("0", "non", "n", "faux", "false", "no")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def text_of(cell) -> str:
    """A cell as one text; whole numbers without ".0", the mark of our own exports off.

    >>> text_of(75011.0), text_of("'=A1"), text_of(None)
    ('75011', '=A1', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        whole = math.isfinite(cell) and cell.is_integer()
        return str(int(cell)) if whole else repr(cell)
    text = str(cell).replace("\x00", "")
    # a text that a spreadsheet would run is exported with an apostrophe before it
    if text[:1] == "'" and text[1:].startswith(_FORMULA_STARTS):
        return text[1:]
    return text


def line(limit: int):
    """A reader of one line of text of at most `limit` characters."""

    def read(cell):
        value = clean(text_of(cell), limit + 1)
        if len(value) > limit:
            raise RuleError("import_too_long", value=limit)
        return value

    return read


def lines(limit: int):
    """A reader of text with line breaks."""

    def read(cell):
        value = clean_lines(text_of(cell), limit + 1)
        if len(value) > limit:
            raise RuleError("import_too_long", value=limit)
        return value

    return read


def siren(cell) -> str:
    """The nine digits; a SIRET gives its SIREN.  Raises `import_siren`."""
    typed = text_of(cell)
    found = company_number.siren_of(typed[:SHOWN])
    if not found:
        raise RuleError("import_siren", value=_shown(typed))
    return found


def postal_code(cell) -> str:
    """Without spaces; a leading zero that a spreadsheet took away comes back.

    >>> postal_code(1000), postal_code("75 011")
    ('01000', '75011')
    """
    typed = _SPACES.sub("", text_of(cell))[:10]
    return typed.zfill(5) if typed.isdigit() and len(typed) == 4 else typed


def mail(cell) -> str:
    """A mail address in small letters.  Raises `import_mail`."""
    typed = clean(text_of(cell), 200)
    if not _MAIL.fullmatch(typed):
        raise RuleError("import_mail", value=_shown(typed))
    return typed.lower()


def amount(cell) -> str:
    """An amount of cents as the text of a Decimal; French or English notation.

    More than two decimals are refused: "1,234" may be twelve hundred or one and a bit.
    Raises `import_amount`.

    >>> amount("1\u202f234,56 €"), amount("1.234,5"), amount("-12"), amount(0.1)
    ('1234.56', '1234.50', '-12.00', '0.10')
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _checked(cell, text_of(cell))
    typed = text_of(cell)[:SHOWN]
    text = _SPACES.sub("", typed).replace("\u2212", "-").replace("'", "").lower()
    for unit in _UNITS:
        text = text.removesuffix(unit)
    if _GROUPED.fullmatch(text) and len(set(text) & set(".,")) == 2:
        text = text.replace("," if text.rfind(".") > text.rfind(",") else ".", "")
    if not _NUMBER.fullmatch(text) or not text.isascii():
        raise RuleError("import_amount", value=_shown(typed))
    text = text.replace(",", ".")
    if len(text.partition(".")[2]) > 2:
        raise RuleError("import_amount", value=_shown(typed))
    return _checked(text, typed)


def _checked(number, typed):
    try:
        value = to_decimal(number)
        fits = value.is_finite() and abs(value) < HIGHEST_AMOUNT
    except (RuleError, InvalidOperation):
        fits = False
    if not fits:
        raise RuleError("import_amount", value=_shown(typed))
    return str(value.quantize(CENT))


def positive(cell) -> str:
    """Like `amount`, zero or more."""
    value = amount(cell)
    if Decimal(value) < 0:
        raise RuleError("import_negative", value=_shown(text_of(cell)))
    return value


def whole(cell) -> str:
    """A whole number from 0 to a million.  Raises `import_whole`."""
    text = _SPACES.sub("", text_of(cell))[:SHOWN]
    if not (text.isascii() and text.isdigit() and int(text) <= 10**6):
        raise RuleError("import_whole", value=_shown(text))
    return str(int(text))


def day(cell) -> str:
    """A date: JJ/MM/AAAA, ISO, or a date of the spreadsheet.  Raises `import_date`.

    >>> day("14/07/2026"), day("2026-07-14"), day("2026-07-14 00:00:00")
    ('2026-07-14', '2026-07-14', '2026-07-14')
    """
    typed = text_of(cell).strip()[:SHOWN]
    french = _FRENCH_DATE.fullmatch(typed)
    try:
        if french:
            found = date(int(french[3]), int(french[2]), int(french[1]))
        else:
            found = date.fromisoformat(typed.replace("T", " ").partition(" ")[0])
    except ValueError as error:
        raise RuleError("import_date", value=_shown(typed)) from error
    if not 1900 <= found.year <= 2200:
        raise RuleError("import_date", value=_shown(typed))
    return found.isoformat()


def truth(cell) -> str:
    """ "1" for yes and "" for no.  Raises `import_truth`."""
    typed = fold(text_of(cell)).strip()[:SHOWN]
    if typed in _TRUE:
        return "1"
    if typed in _FALSE:
        return ""
    raise RuleError("import_truth", value=_shown(typed))


def choice(words: dict[str, tuple[str, ...]]):
    """A reader of one of `words`: {key: (French words, ...)}; the key is taken, too."""
    known = {fold(word): key for key, all_words in words.items() for word in all_words}
    known |= {key: key for key in words}
    allowed = tuple(all_words[0] for all_words in words.values())

    def read(cell):
        typed = text_of(cell)[: SHOWN * 4]
        word = " ".join(fold(typed).split())
        if word not in known:
            raise RuleError("import_choice", value=_shown(typed), allowed=allowed)
        return known[word]

    return read


def _shown(text):
    return clean(text, SHOWN)
