"""What a member owes the network in euros: commissions and the yearly membership.

Source: ACCOUNTING.md, "Fees": 5 % of the whole invoice, cash part included, so 60
(and 12 of VAT) for 1,200; 235 a year excl. VAT, of which 100 a refundable share in the
first year.  Fees are amounts excluding VAT: the VAT is that of the invoice's product.
"""

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .errors import RuleError
from .money import to_decimal

NOTHING = Decimal("0.00")
FULL = Decimal(100)
# Who pays, as the percentage of the commission on (his sales, his purchases).
PAYERS = {
    "seller": (FULL, Decimal(0)),
    "buyer": (Decimal(0), FULL),
    "half": (FULL / 2, FULL / 2),
    "each": (FULL, FULL),
}


@dataclass(frozen=True)
class Terms:
    """What a member pays: `rate` in percent of `base`; he owes it on what he sells,
    buys, or both (`payer`).  The first `allowance` of his bases in a calendar year is
    free; what is due for one compensation is never less than `minimum`.
    """

    rate: Decimal
    base: str = "total"
    payer: str = "seller"
    allowance: Decimal = NOTHING
    minimum: Decimal = NOTHING


@dataclass(frozen=True)
class Trade:
    """A compensation, as a commission sees it."""

    total: Decimal
    untaxed: Decimal
    actif: Decimal


@dataclass(frozen=True)
class Charge:
    """A commission: `rate` of `base - allowance` is `amount`, or the minimum is."""

    base: Decimal
    allowance: Decimal
    rate: Decimal
    amount: Decimal


def check_terms(terms: Terms) -> None:
    """Raises `fee_rate`, `fee_negative` for what no commission can be."""
    if not 0 <= terms.rate <= FULL:
        raise RuleError("fee_rate", value=terms.rate)
    if terms.allowance < 0 or terms.minimum < 0:
        raise RuleError("fee_negative")


def commission(
    terms: Terms, trade: Trade, side: str, allowance_left: Decimal
) -> Charge | None:
    """What the party on this `side` (seller or buyer) owes; None when he pays none.

    >>> trade = Trade(Decimal(1200), Decimal(1000), Decimal(600))
    >>> commission(Terms(Decimal(5)), trade, "seller", NOTHING).amount
    Decimal('60.00')
    >>> commission(Terms(Decimal(5)), trade, "buyer", NOTHING)
    """
    part = PAYERS[terms.payer][side == "buyer"]
    rate = terms.rate * part / FULL
    if not rate:
        return None
    base = _base(terms, trade)
    free = min(base, max(NOTHING, allowance_left))
    amount = to_decimal((base - free) * rate / FULL)
    if base > free:
        amount = max(amount, terms.minimum)
    return Charge(base, free, rate, amount)


def _base(terms: Terms, trade: Trade) -> Decimal:
    return {"total": trade.total, "untaxed": trade.untaxed, "actif": trade.actif}[
        terms.base
    ]


def still_due(first: Decimal, whole: Decimal, taken_back: Decimal) -> Decimal:
    """What is left of an amount when `taken_back` of `whole` was taken back.

    Always worked out from the first amount, so that several corrections leave no cent
    behind: nothing is left when all was taken back.

    >>> still_due(Decimal(60), Decimal(1200), Decimal(400))
    Decimal('40.00')
    """
    left = max(NOTHING, whole - taken_back)
    return to_decimal(first * left / whole)


def correction(due: Decimal, charged: Decimal, asked: Decimal) -> Decimal:
    """What to charge, or to credit (below zero), from `charged` to `due`.

    Never credits more than was `asked`: what was waived is given back to nobody.
    """
    return max(due - charged, -asked)


# -- membership -----------------------------------------------------------------------


@dataclass(frozen=True)
class Membership:
    """The yearly fee; `share` of it is a refundable share, the first time alone.

    A year begins on the day of joining, or on 1 January (`calendar`); the first
    calendar year is then asked in proportion to its days when `pro_rata`.
    """

    amount: Decimal
    share: Decimal = NOTHING
    calendar: bool = False
    pro_rata: bool = False


@dataclass(frozen=True)
class Year:
    """One membership year: what is asked for it."""

    first_day: date
    last_day: date
    fee: Decimal
    share: Decimal


def check_membership(terms: Membership) -> None:
    """Raises `fee_negative`, or `fee_share_above` a share larger than the fee."""
    if terms.amount < 0 or terms.share < 0:
        raise RuleError("fee_negative")
    if terms.share > terms.amount:
        raise RuleError("fee_share_above", amount=terms.amount, value=terms.share)


def membership_years(
    terms: Membership, joined: date, first: date, last: date
) -> tuple[Year, ...]:
    """The years that begin from `first` to `last`, for a member who joined then.

    >>> years = membership_years(
    ...     Membership(Decimal(235), Decimal(100)),
    ...     date(2025, 3, 10), date(2025, 1, 1), date(2026, 12, 31))
    >>> [(str(year.first_day), year.fee, year.share) for year in years]
    [('2025-03-10', Decimal('135.00'), Decimal('100.00')), \
('2026-03-10', Decimal('235.00'), Decimal('0.00'))]
    """
    years = []
    day = joined
    while day <= last:
        following = _following(terms, joined, day)
        if day >= first:
            years.append(_year(terms, joined, day, following - timedelta(days=1)))
        day = following
    return tuple(years)


def _following(terms: Membership, joined: date, day: date) -> date:
    """The first day of the year after the one that begins on `day`."""
    if terms.calendar:
        return date(day.year + 1, 1, 1)
    if (joined.month, joined.day) == (2, 29) and not isleap(day.year + 1):
        return date(day.year + 1, 2, 28)
    return joined.replace(year=day.year + 1)


def _year(terms: Membership, joined: date, day: date, last_day: date) -> Year:
    share = to_decimal(terms.share) if day == joined else NOTHING
    fee = to_decimal(terms.amount - share)
    if day == joined and terms.calendar and terms.pro_rata:
        days = (last_day - day).days + 1
        fee = to_decimal(fee * days / (366 if isleap(day.year) else 365))
    return Year(day, last_day, fee, share)
