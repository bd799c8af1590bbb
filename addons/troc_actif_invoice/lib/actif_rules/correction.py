"""Taking back a part of what a compensation moved: how much, and on which day.

All amounts are in Actifs = euros.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .errors import RuleError
from .money import to_decimal

# Books locked further ahead than this are closed for good, not until a next period.
_FURTHEST = timedelta(days=366)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Part:
    """A part of an invoice: `amount` incl. VAT, and what it is made of."""

    amount: Decimal
    untaxed: Decimal
    tax: Decimal


def part(amount: Decimal, *, left: Decimal, total: Decimal, tax: Decimal) -> Part:
    """The part `amount` of an invoice over `total` that contains `tax`.

    Raises `part_not_positive`, and `part_beyond_left` above what is `left`.

    >>> part(Decimal("200"), left=Decimal("600"), total=Decimal("1200"),
    ...      tax=Decimal("200")).tax
    Decimal('33.33')
    """
    if not amount.is_finite() or amount <= 0:
        raise RuleError("part_not_positive", amount=amount, open=left)
    if amount > left:
        raise RuleError("part_beyond_left", amount=amount, open=left)
    own_tax = to_decimal(amount * tax / total) if total else Decimal("0.00")
    return Part(amount, amount - own_tax, own_tax)


def first_open_day(today: date, locked_until: Callable[[date], date | None]) -> date:
    """The first day from `today` on that is open in all books.

    `locked_until(day)` is the last locked day of whoever's books are closed on `day`,
    None when all are open.  Raises `no_open_day` when that is more than a year away.
    """
    day = today
    while until := locked_until(day):
        if until - today > _FURTHEST:
            raise RuleError("no_open_day", date=today, lock_date=until)
        day = until + _ONE_DAY
    return day
