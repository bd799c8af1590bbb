"""What may be compensated of a posted document: one payment in euros must pay it.

An account that keeps a part apart (a retention of guarantee on 4117) is reconciled with
entries of its own account only, and a document in another currency with its own
currency: a payment in Actifs has one account and is in euros.
"""

from dataclasses import dataclass
from decimal import Decimal

from .errors import RuleError

EURO = "EUR"


@dataclass(frozen=True)
class Document:
    """A posted invoice or bill: `open` is in its currency, `accounts` {code: open}."""

    name: str
    currency: str
    open: Decimal
    accounts: dict


def account_for(accounts, amount):
    """Return the first account of {account: open} that holds `amount`, else the first.

    In the order given; None where there is none.
    """
    holding = [account for account, open_ in accounts.items() if open_ >= amount]
    return next(iter(holding or accounts), None)


def check(kind, document, amount):
    """Raise RuleError unless `amount` euros of this "invoice" or "bill" are open."""
    facts = {"amount": amount, "open": document.open, "bill": document.name}
    if document.currency != EURO:
        raise RuleError(f"{kind}_currency", currency=document.currency, **facts)
    if document.open < amount:
        raise RuleError(f"{kind}_paid", **facts)
    if document.accounts.get(account_for(document.accounts, amount), 0) < amount:
        raise RuleError(f"{kind}_accounts", found=list(document.accounts), **facts)
