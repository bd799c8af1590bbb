"""What the dashboard says of a network, from sums that the database made.

Amounts are in Actifs.  Source of the band: the networks' own practice, that members
together owe no more than two and a half to three months of trade; below it Actifs are
scarce, above it they are promised faster than they are earned.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .money import to_decimal

NOTHING = Decimal(0)
FULL = Decimal(100)
BAND = (Decimal("2.5"), Decimal(3))


@dataclass(frozen=True)
class Credit:
    """How much is owed: `months` of trade, and where that lies (`band`).

    `band` is "below", "within" or "above"; both are None without any trade.
    """

    months: Decimal | None
    band: str | None


def credit(owed: Decimal, monthly: Decimal) -> Credit:
    """Compare what members owe together with a month of trade.

    >>> credit(Decimal(2800), Decimal(1000)).band
    'within'
    >>> credit(Decimal(2800), Decimal(0))
    Credit(months=None, band=None)
    """
    if monthly <= 0:
        return Credit(None, None)
    months = to_decimal(owed / monthly)
    low, high = BAND
    band = "below" if months < low else "above" if months > high else "within"
    return Credit(months, band)


def velocity(yearly: Decimal, supply: Decimal) -> Decimal | None:
    """How often an Actif changes hands in a year; None while there is none.

    >>> velocity(Decimal(12000), Decimal(3000))
    Decimal('4.00')
    """
    return to_decimal(yearly / supply) if supply > 0 else None


def per_month(volume: Decimal, months: int) -> Decimal:
    """The volume of a month, over so many months of trade."""
    return to_decimal(volume / max(months, 1))


def part(amount: Decimal, whole: Decimal) -> Decimal:
    """The percentage that `amount` is of `whole`; 0 of nothing.

    >>> part(Decimal(1), Decimal(3))
    Decimal('33.33')
    """
    return to_decimal(amount * FULL / whole) if whole > 0 else NOTHING


def months(first: date, last: date) -> tuple[date, ...]:
    """The first days of the months from that of `first` to that of `last`.

    >>> [str(day) for day in months(date(2025, 12, 24), date(2026, 1, 2))]
    ['2025-12-01', '2026-01-01']
    """
    days, day = [], first.replace(day=1)
    while day <= last:
        days.append(day)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return tuple(days)
