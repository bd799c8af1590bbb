"""The share of an invoice that is paid in Actifs, and the split it makes.

Source: ACCOUNTING.md, "Entries when a compensation is validated": any share from
0.01 to 100 % must work; the Actif part is rounded half-up to the cent and the cash
part is the rest, so that both always add up to the total.
"""

from dataclasses import dataclass
from decimal import Decimal

from .errors import RuleError
from .money import CENT, to_decimal

FULL = Decimal(100)
HALF = Decimal(50)


@dataclass(frozen=True)
class AllowedShares:
    """Which shares a network accepts; `free` accepts every one."""

    full: bool = True
    half: bool = True
    free: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """What may be chosen, as percentages without sign: for a message."""
        if self.free:
            return ("0.01-100",)
        return ("100",) * self.full + ("50",) * self.half

    def accepts(self, share: Decimal) -> bool:
        """True when the network accepts this percentage."""
        return (
            self.free or (self.full and share == FULL) or (self.half and share == HALF)
        )


@dataclass(frozen=True)
class Split:
    """An invoice cut in two: `actif + cash == total`, in cents. `share` in percent."""

    total: Decimal
    share: Decimal
    actif: Decimal
    cash: Decimal


def check_range(share: Decimal) -> None:
    """Raises `share_out_of_range` unless 0 < share <= 100 with two decimals."""
    if not share.is_finite() or not 0 < share <= FULL or share % CENT:
        raise RuleError("share_out_of_range", share=share)


def check_share(share: Decimal, allowed: AllowedShares) -> None:
    """Raises `share_out_of_range`, or `share_not_allowed` in this network."""
    check_range(share)
    if not allowed.accepts(share):
        raise RuleError("share_not_allowed", share=share, allowed=allowed.texts)


def split(
    total: Decimal,
    share: Decimal,
    *,
    base: str = "total",
    untaxed: Decimal | None = None,
) -> Split:
    """Cuts an invoice into its Actif part and its cash part.

    `total` includes VAT. With base "untaxed" the share is taken of `untaxed`, and the
    cash part carries the rest and all of the VAT.

    Raises `amount_not_positive`, `share_out_of_range`, `untaxed_above_total`, and
    `actif_part_zero` when the Actif part rounds to nothing.

    >>> split(Decimal("10.01"), Decimal("50"))
    Split(total=Decimal('10.01'), share=Decimal('50'), \
actif=Decimal('5.01'), cash=Decimal('5.00'))
    """
    total = _positive(total)
    check_range(share)
    actif = to_decimal(_shared(total, base, untaxed) * share / FULL)
    if not actif:
        raise RuleError("actif_part_zero", total=total, share=share)
    return Split(total, share, actif, total - actif)


def _shared(total: Decimal, base: str, untaxed: Decimal | None) -> Decimal:
    if base == "total":
        return total
    if base != "untaxed" or untaxed is None:
        raise ValueError("base is 'total', or 'untaxed' together with its amount")
    untaxed = _positive(untaxed)
    if untaxed > total:
        raise RuleError("untaxed_above_total", untaxed=untaxed, total=total)
    return untaxed


def _positive(amount: Decimal) -> Decimal:
    amount = to_decimal(amount)
    if amount <= 0:
        raise RuleError("amount_not_positive", amount=amount)
    return amount
