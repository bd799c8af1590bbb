"""How far a member may go below zero (credit limit) and above it (balance limit).

Source: ACCOUNTING.md, "Default network rules". All amounts are in Actifs. `balance`
is positive when the member may spend; limits and overrides are never negative. An
override is what staff granted beyond the limit, recorded with who, why and when.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from .errors import RuleError
from .money import to_decimal
from .parties import BUYER_STATES

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Account:
    """A member's account, with its limits. `balance_limit` None means no cap."""

    name: str
    balance: Decimal
    credit_limit: Decimal
    balance_limit: Decimal | None
    credit_override: Decimal = NOTHING
    balance_override: Decimal = NOTHING
    reserved: Decimal = NOTHING

    def reserving(self, amount: Decimal) -> "Account":
        """The account with `amount` more set aside for deals: it cannot be spent."""
        return replace(self, reserved=self.reserved + amount)

    def released(self, amount: Decimal) -> "Account":
        """The account with `amount` less set aside."""
        return replace(self, reserved=max(NOTHING, self.reserved - amount))

    @property
    def room(self) -> Decimal:
        """How much may still be spent."""
        return max(NOTHING, self._raw_room)

    @property
    def ceiling(self) -> Decimal | None:
        """The highest balance allowed; None when there is no cap."""
        if self.balance_limit is None:
            return None
        return self.balance_limit + self.balance_override

    @property
    def headroom(self) -> Decimal | None:
        """How much may still be earned; None when there is no cap."""
        if self.balance_limit is None:
            return None
        return max(NOTHING, self._raw_headroom)

    @property
    def _raw_room(self) -> Decimal:
        held = self.balance + self.credit_limit + self.credit_override
        return held - self.reserved

    @property
    def _raw_headroom(self) -> Decimal:
        return self.ceiling - self.balance


def check_spend(account: Account, amount: Decimal) -> None:
    """Raises `credit_limit_exceeded` when `amount` is more than the room.

    The fact `missing` is what must be earned or granted for this to pass: on an
    account already past its limit that is more than `amount - room`.
    """
    _check_positive(amount)
    missing = amount - account._raw_room
    if missing > 0:
        raise RuleError(
            "credit_limit_exceeded",
            member=account.name,
            balance=account.balance,
            credit_limit=account.credit_limit,
            amount=amount,
            room=account.room,
            missing=missing,
        )


def check_earn(account: Account, amount: Decimal) -> None:
    """Raises `balance_limit_exceeded` when `amount` is more than the headroom.

    The fact `excess` is what must be spent or granted for this to pass.
    """
    _check_positive(amount)
    if account.balance_limit is None:
        return
    excess = amount - account._raw_headroom
    if excess > 0:
        raise RuleError(
            "balance_limit_exceeded",
            member=account.name,
            balance=account.balance,
            balance_limit=account.balance_limit,
            amount=amount,
            headroom=account.headroom,
            excess=excess,
        )


def spendable(account: Account, state: str, judged: bool = False) -> Decimal:
    """What a member in this state may spend today: the one answer to that question.

    Fields, previews, deals, pages and the gauge ask here.  Who may not buy spends
    nothing, nor does who is under an opening judgment (`judged`); the credit of who is
    leaving is over, and what is set aside stays so.

    >>> held = Account("A", Decimal(50), Decimal(100), None, reserved=Decimal(20))
    >>> [str(spendable(held, state)) for state in ("active", "leaving", "on_hold")]
    ['130', '30', '0']
    """
    if judged or state not in BUYER_STATES:
        return NOTHING
    if state == "leaving":
        return max(NOTHING, min(account.room, account.balance - account.reserved))
    return account.room


def overrides_needed(account_after: Account) -> tuple[Decimal, Decimal]:
    """The smallest (credit_override, balance_override) that cover an account as it
    stands after a movement. The overrides it has now do not count.
    """
    credit = max(NOTHING, -account_after.balance - account_after.credit_limit)
    if account_after.balance_limit is None:
        return credit, NOTHING
    return credit, max(NOTHING, account_after.balance - account_after.balance_limit)


def utilisation(account: Account) -> Decimal:
    """Percentage of the credit limit in use, two decimals; above 100 by override.

    0 from a balance of zero up; 100 for a debt without any credit limit.
    """
    if account.balance >= 0:
        return NOTHING
    if not account.credit_limit:
        return Decimal(100)
    return to_decimal(-account.balance * 100 / account.credit_limit)


def _check_positive(amount: Decimal) -> None:
    if not amount.is_finite() or amount <= 0:
        raise RuleError("amount_not_positive", amount=amount)
