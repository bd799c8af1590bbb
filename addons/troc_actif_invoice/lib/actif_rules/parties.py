"""Who may sell, who may buy.

Source: ACCOUNTING.md, "Default network rules": on hold = may sell, not buy; stand-by
= may buy, not sell; a leaving member settles his account: he spends what he has, or
earns what he owes, and concludes the deals he agreed upon before.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal

from .errors import RuleError

STATES = ("candidate", "active", "on_hold", "stand_by", "leaving", "left")
SELLER_STATES = frozenset({"active", "on_hold"})
BUYER_STATES = frozenset({"active", "stand_by", "leaving"})


@dataclass(frozen=True)
class Party:
    """A member as one side of a deal; `state` is one of `STATES`.

    `balance` in Actifs, above zero when he may spend.
    """

    name: str
    state: str
    siren: str | None
    balance: Decimal = Decimal(0)


def may_sell(party: Party, concludes: bool = False) -> bool:
    """True when the party may sell; `concludes`: by a deal agreed upon already."""
    if party.state == "leaving":
        return concludes or party.balance < 0
    return party.state in SELLER_STATES


def may_buy(party: Party, concludes: bool = False) -> bool:
    """True when the party may buy; `concludes`: by a deal agreed upon already."""
    if party.state == "leaving":
        return concludes or party.balance > 0
    return party.state in BUYER_STATES


def check_seller(party: Party, concludes: bool = False) -> None:
    """Raises `seller_may_not_sell`."""
    if not may_sell(party, concludes):
        raise RuleError("seller_may_not_sell", member=party.name, state=party.state)


def check_buyer(party: Party, concludes: bool = False) -> None:
    """Raises `buyer_may_not_buy`."""
    if not may_buy(party, concludes):
        raise RuleError("buyer_may_not_buy", member=party.name, state=party.state)


def check_different(seller_key: Hashable, buyer_key: Hashable, name: str) -> None:
    """Raises `same_party` when a member would deal with himself."""
    if seller_key == buyer_key:
        raise RuleError("same_party", member=name)
