"""The one place where Odoo's floats become the rules' Decimals, and back."""

from .lib.actif_rules.money import to_decimal


def dec(value):
    """Return an Odoo amount (float or None) as a Decimal of cents, half-up."""
    return to_decimal(value or 0.0)
