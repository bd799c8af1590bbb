"""Values for properties: amounts of cents, shares, companies."""

from decimal import Decimal

from hypothesis import strategies as st

CENT = Decimal("0.01")


def amounts(low="0.01", high="10000000.00"):
    """Amounts of whole cents."""
    return st.decimals(Decimal(low), Decimal(high), places=2)


shares = st.decimals(Decimal("0.01"), Decimal(100), places=2)


@st.composite
def sirens(draw):
    """Nine digits whose last one makes Luhn right."""
    first = draw(st.integers(1, 99_999_999))
    return with_luhn(f"{first:08d}")


def with_luhn(digits):
    """The digits and the check digit, worked out the slow, textbook way."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"
