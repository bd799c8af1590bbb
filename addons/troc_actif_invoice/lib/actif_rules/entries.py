"""Debit and credit: the only place where our own words become accounting ones.

Signs. `balance = debit - credit`, positive = may spend. The Actif account is an asset
of the member who holds it: earning debits it, spending credits it, in every book. The
register keeps each account from the member's own side, so a member's account and his
register account agree line by line. Source: ACCOUNTING.md, "Signs" and "Entries when
a compensation is validated".

+----------+---------------------------+---------------------------+
| book     | debit                     | credit                    |
+==========+===========================+===========================+
| seller   | actif (467x)              | receivable (411 customer) |
+----------+---------------------------+---------------------------+
| buyer    | payable (401 supplier)    | actif (467x)              |
+----------+---------------------------+---------------------------+
| register | register_seller           | register_buyer            |
+----------+---------------------------+---------------------------+

A transfer outside invoices has no receivable to settle; its member's own books take an
account that says what it was (a gift, a loss, a suspense account):

+----------+---------------------------+---------------------------+
| giver    | counterpart               | actif (467x)              |
+----------+---------------------------+---------------------------+
| taker    | actif (467x)              | counterpart               |
+----------+---------------------------+---------------------------+
| register | register_taker            | register_giver            |
+----------+---------------------------+---------------------------+

All carry the same amount, the Actif part of the invoice or what is transferred. A
member who is not a company of this database has his register line only. A reversal is
the same table with both sides exchanged; nothing posted is edited.
"""

from dataclasses import dataclass
from decimal import Decimal

from .errors import RuleError
from .money import to_decimal

# book, role debited, role credited; the register comes last, because its number is
# locked from the first line to the end of the transaction.
_TABLE = (
    ("seller", "actif", "receivable"),
    ("buyer", "payable", "actif"),
    ("register", "register_seller", "register_buyer"),
)
_TRANSFER = (
    ("giver", "counterpart", "actif"),
    ("taker", "actif", "counterpart"),
    ("register", "register_taker", "register_giver"),
)
_NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Line:
    """One journal item: `book` and `role` of the table, amounts in Actifs."""

    book: str
    role: str
    debit: Decimal
    credit: Decimal


def validation_lines(
    amount: Decimal, *, seller_hosted: bool, buyer_hosted: bool
) -> tuple[Line, ...]:
    """The lines of a validation, book by book, the register last.

    `amount` is the Actif part of the invoice, a credit note's taken positive. Raises
    `amount_not_positive`.
    """
    kept = {"seller": seller_hosted, "buyer": buyer_hosted, "register": True}
    return _lines(_TABLE, amount, kept)


def transfer_lines(
    amount: Decimal, *, giver_hosted: bool, taker_hosted: bool
) -> tuple[Line, ...]:
    """The lines of a transfer, book by book, the register last.

    Raises `amount_not_positive`.
    """
    kept = {"giver": giver_hosted, "taker": taker_hosted, "register": True}
    return _lines(_TRANSFER, amount, kept)


def _lines(table, amount, kept):
    amount = to_decimal(amount)
    if amount <= 0:
        raise RuleError("amount_not_positive", amount=amount)
    return tuple(
        line
        for book, debited, credited in table
        if kept[book]
        for line in (
            Line(book, debited, amount, _NOTHING),
            Line(book, credited, _NOTHING, amount),
        )
    )


def reversal_lines(
    amount: Decimal, *, seller_hosted: bool, buyer_hosted: bool
) -> tuple[Line, ...]:
    """The lines that undo `validation_lines`: same lines, sides exchanged."""
    return tuple(
        Line(line.book, line.role, line.credit, line.debit)
        for line in validation_lines(
            amount, seller_hosted=seller_hosted, buyer_hosted=buyer_hosted
        )
    )
