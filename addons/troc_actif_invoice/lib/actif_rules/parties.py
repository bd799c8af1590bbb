"""Who may sell, who may buy.

Source: ACCOUNTING.md, "Default network rules": on hold = may sell, not buy; stand-by
= may buy, not sell; a leaving member settles his account: he spends what he has, or
earns what he owes, and concludes the deals he agreed upon before. "Insolvency": who is
under an opening judgment neither sells nor buys from its day on (C. com. L.622-7), and
what was done before stands.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .errors import RuleError

STATES = ("candidate", "active", "on_hold", "stand_by", "leaving", "left")
SELLER_STATES = frozenset({"active", "on_hold"})
BUYER_STATES = frozenset({"active", "stand_by", "leaving"})


@dataclass(frozen=True)
class Party:
    """A member as one side of a deal; `state` is one of `STATES`.

    `balance` in Actifs, above zero when he may spend; `judged_on` is the day of an
    opening judgment that counts (see `counts_on`).
    """

    name: str
    state: str
    siren: str | None
    balance: Decimal = Decimal(0)
    judged_on: date | None = None


def counts_on(judged_on: date, day: date) -> bool:
    """True when a judgment counts for what is dated `day`: it begins at 0 h of its own.

    >>> counts_on(date(2026, 12, 2), date(2026, 12, 1))
    False
    >>> counts_on(date(2026, 12, 2), date(2026, 12, 2))
    True
    """
    return day >= judged_on


def check_solvent(party: Party, undone: date | None = None) -> None:
    """Raises `insolvent` of who is under a judgment.

    `undone`: the day of the entry that this takes back. What is dated on the judgment
    or after it may be taken back; what stood before is nobody's to undo.
    """
    if party.judged_on is None:
        return
    if undone is None or not counts_on(party.judged_on, undone):
        raise RuleError("insolvent", member=party.name, date=party.judged_on)


def may_sell(party: Party, concludes: bool = False) -> bool:
    """True when the party may sell; `concludes`: by a deal agreed upon already."""
    if party.judged_on is not None:
        return False
    if party.state == "leaving":
        return concludes or party.balance < 0
    return party.state in SELLER_STATES


def may_buy(party: Party, concludes: bool = False) -> bool:
    """True when the party may buy; `concludes`: by a deal agreed upon already."""
    if party.judged_on is not None:
        return False
    if party.state == "leaving":
        return concludes or party.balance > 0
    return party.state in BUYER_STATES


def check_seller(party: Party, concludes: bool = False) -> None:
    """Raises `insolvent` or `seller_may_not_sell`."""
    check_solvent(party)
    if not may_sell(party, concludes):
        raise RuleError("seller_may_not_sell", member=party.name, state=party.state)


def check_buyer(party: Party, concludes: bool = False) -> None:
    """Raises `insolvent` or `buyer_may_not_buy`."""
    check_solvent(party)
    if not may_buy(party, concludes):
        raise RuleError("buyer_may_not_buy", member=party.name, state=party.state)


def check_different(seller_key: Hashable, buyer_key: Hashable, name: str) -> None:
    """Raises `same_party` when a member would deal with himself."""
    if seller_key == buyer_key:
        raise RuleError("same_party", member=name)
