"""How a negative Actif account is shown at year end.

The Actif account is an asset of the member.  Below zero it is a debt to the other
members, which belongs among the liabilities.  An entry on the account itself would set
it apart from the register, with which it agrees line by line; so the balance is moved
by an account beside it, and taken back on the next day:

+--------------+-----------------------------+-----------------------------+
| entry        | debit                       | credit                      |
+==============+=============================+=============================+
| closing      | contra (4678, assets)       | passive (467, liabilities)  |
+--------------+-----------------------------+-----------------------------+
| next day     | passive                     | contra                      |
+--------------+-----------------------------+-----------------------------+
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .errors import RuleError


@dataclass(frozen=True)
class Presented:
    """One of the two entries: `amount` from account `debit` to account `credit`."""

    date: date
    debit: str
    credit: str
    amount: Decimal


def presentation(balance: Decimal, closing: date) -> tuple[Presented, Presented]:
    """The entry at `closing` and its reversal on the next day.

    Raises `nothing_to_present` unless `balance` (debit - credit) is below zero.

    >>> first, second = presentation(Decimal("-12.50"), date(2026, 12, 31))
    >>> (first.debit, first.credit, str(first.amount)), str(second.date)
    (('contra', 'passive', '12.50'), '2027-01-01')
    """
    if balance >= 0:
        raise RuleError("nothing_to_present", balance=balance, date=closing)
    return (
        Presented(closing, "contra", "passive", -balance),
        Presented(closing + timedelta(days=1), "passive", "contra", -balance),
    )
