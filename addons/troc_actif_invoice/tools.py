"""What lies between Odoo and the rules: `dec` makes its floats their Decimals."""

from odoo.tools.sql import escape_psql

from .lib.actif_rules.money import dec

__all__ = ["dec", "inert", "same_number"]

# What a spreadsheet would run as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def inert(text):
    """Return a text of somebody else for a cell of a CSV, where it must not run."""
    text = text or ""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def same_number(number):
    """Return the pattern for `=ilike` that finds this document number, in any case."""
    return escape_psql(number or "")
