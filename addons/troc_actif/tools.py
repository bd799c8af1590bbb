"""The one place where Odoo's floats become the rules' Decimals, and back."""

from odoo.tools.sql import escape_psql

from .lib.actif_rules.money import to_decimal


def dec(value):
    """Return an Odoo amount (float or None) as a Decimal of cents, half-up."""
    return to_decimal(value or 0.0)


# What a spreadsheet would run as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def inert(text):
    """Return a text of somebody else for a cell of a CSV, where it must not run."""
    text = text or ""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def same_number(number):
    """Return the pattern for `=ilike` that finds this document number, in any case."""
    return escape_psql(number or "")
