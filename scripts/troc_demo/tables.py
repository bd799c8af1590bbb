"""Plain-text tables of at most 100 columns, figures as the French write them."""

import datetime
import textwrap

WIDTH = 100


def money(amount):
    """Return an amount with two decimals.

    >>> money(-1234.5)
    '-1 234,50'
    """
    text = f"{round(amount, 2) + 0.0:,.2f}"
    return text.replace(",", " ").replace(".", ",")


def day(text, short=False):
    """Return a date of Odoo (2026-11-22) as 22/11/2026, or 22/11/26."""
    date = datetime.date.fromisoformat(text[:10])
    return f"{date:%d/%m/%y}" if short else f"{date:%d/%m/%Y}"


def title(text):
    """Return a heading."""
    return f"\n{text}\n{'═' * len(text)}"


def rule(text=""):
    """Return a line across the page that starts with a text."""
    return f"── {text} ".ljust(WIDTH, "─") if text else "─" * WIDTH


def row(cells, widths):
    """Return one line; a negative width aligns to the right."""
    return " ".join(map(_cell, cells, widths)).rstrip()


def _cell(value, width):
    text = str(value)
    size = abs(width)
    if len(text) > size:
        text = f"{text[: size - 1]}…"
    return text.rjust(size) if width < 0 else text.ljust(size)


def wrap(text, width):
    """Return the lines of a text."""
    return textwrap.wrap(text, width) or [""]
