"""What was paid in Actifs, by VAT rate: the data of the French reform's status 212.

Source: FACTURX.md and the reform's external specifications ("encaissée": date, amount
incl. VAT by rate). A payment covers all rates of its invoice in proportion; the cents
are shared out by the largest remainder and add up to the payment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from .money import to_decimal

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class VatGroup:
    """One rate of an invoice: `rate` in percent (None: not stated), `category` BT-118.

    `base` is the amount excl. VAT and `tax` the VAT, both in euros.
    """

    rate: Decimal | None
    category: str
    base: Decimal
    tax: Decimal


def to_json(groups: Sequence[VatGroup]) -> list[dict]:
    """The groups as they are stored: amounts as text, exactly."""
    return [
        {
            "rate": None if group.rate is None else str(group.rate),
            "category": group.category,
            "base": str(group.base),
            "tax": str(group.tax),
        }
        for group in groups
    ]


def from_json(stored: Sequence[dict] | None) -> list[VatGroup]:
    """The groups that were stored; none of an invoice that stated none."""
    return [
        VatGroup(
            None if group["rate"] is None else Decimal(group["rate"]),
            group["category"],
            Decimal(group["base"]),
            Decimal(group["tax"]),
        )
        for group in stored or ()
    ]


@dataclass(frozen=True)
class Collected:
    """The part of a payment that falls to one rate: `amount` incl. VAT, `tax` in it."""

    rate: Decimal | None
    category: str
    amount: Decimal
    tax: Decimal


def collected(
    amount: Decimal, groups: Sequence[VatGroup], before: Decimal = Decimal(0)
) -> tuple[Collected, ...]:
    """The payment `amount` (incl. VAT) by rate; without any group all in one unknown.

    `before` is what was shared out of the same groups already: parts of one amount
    come to the same by rate as the whole of it.

    >>> groups = [VatGroup(Decimal(20), "S", Decimal(100), Decimal(20)),
    ...           VatGroup(Decimal(10), "S", Decimal(50), Decimal(5))]
    >>> [str(part.amount) for part in collected(Decimal("87.51"), groups)]
    ['60.01', '27.50']
    """
    totals = [group.base + group.tax for group in groups]
    if sum(totals, Decimal(0)) <= 0:
        return (Collected(None, "", amount, Decimal("0.00")),)
    until = share_out(before + amount, totals)
    since = share_out(before, totals)
    return tuple(
        Collected(
            group.rate,
            group.category,
            last - first,
            _tax_in(last, group) - _tax_in(first, group),
        )
        for group, last, first in zip(groups, until, since, strict=True)
        if last != first
    )


def share_out(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """`amount` in proportion to the weights, in cents that add up to it exactly."""
    total = sum(weights, Decimal(0))
    exact = [amount * weight / total for weight in weights]
    parts = [part.quantize(_CENT, ROUND_FLOOR) for part in exact]
    missing = int((amount - sum(parts)) / _CENT)
    largest = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for position in largest[:missing]:
        parts[position] += _CENT
    return parts


def _tax_in(amount: Decimal, group: VatGroup) -> Decimal:
    return to_decimal(amount * group.tax / (group.base + group.tax))
