"""Who may sell, who may buy.

Source: ACCOUNTING.md, "Default network rules": on hold = may sell, not buy; stand-by
= may buy, not sell; a leaving member spends what he has and earns no more.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from .errors import RuleError

STATES = ("candidate", "active", "on_hold", "stand_by", "leaving", "left")
SELLER_STATES = frozenset({"active", "on_hold"})
BUYER_STATES = frozenset({"active", "stand_by", "leaving"})


@dataclass(frozen=True)
class Party:
    """A member as one side of a deal; `state` is one of `STATES`."""

    name: str
    state: str
    siren: str | None


def check_seller(party: Party) -> None:
    """Raises `seller_may_not_sell`."""
    if party.state not in SELLER_STATES:
        raise RuleError("seller_may_not_sell", member=party.name, state=party.state)


def check_buyer(party: Party) -> None:
    """Raises `buyer_may_not_buy`."""
    if party.state not in BUYER_STATES:
        raise RuleError("buyer_may_not_buy", member=party.name, state=party.state)


def check_different(seller_key: Hashable, buyer_key: Hashable, name: str) -> None:
    """Raises `same_party` when a member would deal with himself."""
    if seller_key == buyer_key:
        raise RuleError("same_party", member=name)
