"""Amounts: the only way from a number of any kind to a `Decimal` of cents."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from .errors import RuleError

CENT = Decimal("0.01")


def to_decimal(value: float | int | str | Decimal) -> Decimal:
    """The amount in euros or Actifs, rounded half-up to the cent.

    A float goes through its shortest text, so that 1.005 is what a person typed and
    not the binary number just below it: this equals Odoo's own rounding.

    Raises `amount_invalid` for what is no finite number.

    >>> to_decimal(1.005)
    Decimal('1.01')
    >>> to_decimal("-0.001")
    Decimal('0.00')
    """
    if isinstance(value, bool) or not isinstance(value, float | int | str | Decimal):
        raise RuleError("amount_invalid", value=repr(value))
    try:
        exact = Decimal(repr(value) if isinstance(value, float) else value)
        amount = exact.quantize(CENT, ROUND_HALF_UP)
    except InvalidOperation:
        amount = Decimal("NaN")
    if amount.is_nan():
        raise RuleError("amount_invalid", value=str(value)[:40])
    # Adding zero turns -0.00 into 0.00.
    return amount + 0


def dec(value: float | None) -> Decimal:
    """An amount as Odoo holds it (a float; None or False for none), as cents.

    >>> dec(None)
    Decimal('0.00')
    """
    return to_decimal(value or 0.0)
