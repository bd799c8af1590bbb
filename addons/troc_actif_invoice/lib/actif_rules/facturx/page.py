"""What stands on the pages of an invoice: can a fact be seen there?

`Page` takes the text that `extract.page_text` gives, or any other. It answers
as a careful reader would: in the usual ways of writing of French, English and German
invoices, whatever the case, the accents and the kind of space, and never for a part of
a longer number.
"""

import re
from datetime import date
from decimal import Decimal
from functools import cached_property

from ..mention import Claim, read_claims
from ..text import fold

MAX_CLAIM_LINES = 50
MIN_SPACED_NAME = 8


class Page:
    """The text of the first pages of one invoice."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        folded = "\n".join(map(_plain, self._lines))
        self._text = re.sub("[\u2010-\u2015\u2212]", "-", folded)

    @cached_property
    def amounts(self) -> frozenset[Decimal]:
        """All amounts: with two decimals, or whole ones next to a currency.

        Groups of three digits may be parted by a space, a point, a comma or an
        apostrophe. Negative after a minus, or before one as some ledgers print it.
        """
        read = map(_amount, _AMOUNT.finditer(self._text))
        return frozenset(amount for amount in read if amount is not None)

    @cached_property
    def dates(self) -> frozenset[date]:
        """All days: 12/11/2026, 12.11.26, 2026-11-12, 20261112, 12 nov. 2026 and the
        like in three languages, November 12th, 2026.

        In figures the day comes before the month; two digits of a year mean 20xx.
        """
        read = (
            _day(match.groupdict())
            for pattern in _DATES
            for match in pattern.finditer(self._text)
        )
        return frozenset(day for day in read if day is not None)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What the lines that speak of Actifs say."""
        told = (line for line in self._lines if _CLAIMING.search(fold(line)))
        lines = [line for _, line in zip(range(MAX_CLAIM_LINES), told, strict=False)]
        return tuple(claim for line in lines for claim in read_claims(line))

    def has_siren(self, siren: str) -> bool:
        """True for the nine digits alone, in a SIRET, or in a French VAT number."""
        digits = "[ .]?".join(siren)
        before = "(?:fr ?[0-9a-z]{2} ?|(?<![0-9]))"
        return bool(re.search(f"{before}{digits}(?:[0-9]{{5}})?(?![0-9])", self._text))

    def has_number(self, number: str) -> bool:
        """True for an invoice's number that does not go on on either side."""
        words = " +".join(map(re.escape, Page(number)._text.split()))
        pattern = rf"(?<!\w)(?<!\w[-/])(?<![0-9][.,]){words}(?!\w|[-/.,]\w)"
        return bool(words and re.search(pattern, self._text))

    def has_name(self, name: str) -> bool:
        """True for the same words in a row, on one line or on several.

        Programs space letters out at times, which is seen through in a long name.
        """
        words = _words(name)
        if f" {words} " in f" {self._words} ":
            return bool(words)
        letters = words.replace(" ", "")
        if len(letters) < MIN_SPACED_NAME:
            return False
        return bool(re.search(rf"\b{' ?'.join(letters)}\b", self._words))

    @cached_property
    def _words(self) -> str:
        return _words(self._text)


def _plain(line: str) -> str:
    """Folded, every kind of space a plain one, and nothing that cannot be seen."""
    spaced = (" " if c.isspace() else c for c in fold(line))
    return "".join(c for c in spaced if c.isprintable())


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


_CLAIMING = re.compile(r"\bactifs?\b|\bcompens")

# --- amounts -----------------------------------------------------------------------

_UNIT = r"(?:[€$£]|(?<![a-z])(?:eur|euros?|usd|gbp|chf|actifs?)(?![a-z]))"
_AMOUNT = re.compile(
    rf"(?P<before>{_UNIT} ?)?(?P<minus>(?<![0-9a-z])-)?"
    r"(?<![0-9])(?<![0-9][.,'])"
    r"(?P<whole>[0-9]{1,3}(?P<gap>[ .,'’])[0-9]{3}(?:(?P=gap)[0-9]{3})*"
    r"|[0-9]{1,13})"
    r"(?:(?P<point>[.,])(?P<cents>[0-9]{2}))?(?![0-9]|[.,'][0-9])"
    rf"(?P<after>-(?![0-9a-z]))?(?P<unit> ?{_UNIT})?"
)


def _amount(match: re.Match) -> Decimal | None:
    whole = match["cents"] is None
    if whole and not (match["before"] or match["unit"]):
        return None
    if match["gap"] and match["gap"] == match["point"]:
        return None
    digits = re.sub("[^0-9]", "", match["whole"])
    amount = Decimal(f"{digits}.{match['cents'] or '00'}")
    return -amount if match["minus"] or match["after"] else amount


# --- dates -------------------------------------------------------------------------

# January to December in French, English and German, without accents.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january januar jan",
            "fevrier fevr fev february februar feb",
            "mars march marz maerz mar mrz",
            "avril avr april apr",
            "mai may",
            "juin june juni jun",
            "juillet juil july juli jul",
            "aout august aug",
            "septembre september sept sep",
            "octobre october oktober oct okt",
            "novembre november nov",
            "decembre december dezember dec dez",
        ),
        start=1,
    )
    for name in names.split()
}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])"
_DAY = r"(?<![0-9])(?P<day>[0-9]{1,2})"
_DATES = tuple(
    map(
        re.compile,
        (
            rf"{_DAY} ?(?P<gap>[./-]) ?(?P<month>[0-9]{{1,2}}) ?(?P=gap) ?{_YEAR}",
            r"(?<![0-9])(?P<year>[0-9]{4})(?P<gap>[./-])(?P<month>[0-9]{1,2})(?P=gap)"
            r"(?P<day>[0-9]{1,2})(?![0-9])",
            r"(?<![\w/-])(?P<year>20[0-9]{2})(?P<month>[01][0-9])(?P<day>[0-3][0-9])"
            r"(?![\w/]|-\w)",
            rf"{_DAY}(?:er|st|nd|rd|th)?[ ./-]{{0,3}}(?P<name>{_NAME})[ .,/-]{{0,3}}"
            rf"{_YEAR}",
            rf"(?<![a-z])(?P<name>{_NAME})\.? {{1,2}}(?P<day>[0-9]{{1,2}})"
            rf"(?:st|nd|rd|th)?,? {{1,2}}(?P<year>[0-9]{{4}})(?![0-9])",
        ),
    )
)


def _day(found: dict[str, str | None]) -> date | None:
    """The day that a match means, None for one that does not exist."""
    month = _MONTHS[found["name"]] if found.get("name") else int(found["month"])
    year = int(found["year"])
    try:
        return date(year + 2000 if year < 100 else year, month, int(found["day"]))
    except ValueError:
        return None
