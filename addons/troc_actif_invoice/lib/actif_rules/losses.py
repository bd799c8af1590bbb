"""The debt of a member who fails: how much of it is lost, and who bears it.

Source: issue "a member who fails". The register sums to zero, so a debt that nobody
pays back is borne by others: the network's own account, or its members, by a rule that
the network sets. Amounts in Actifs; the cents of shares go to the largest remainders.
"""

from collections.abc import Hashable, Mapping
from decimal import Decimal

from .errors import RuleError
from .payment_data import share_out

RULES = ("reserve", "balances", "turnover", "equal")


def check_amount(amount: Decimal, balance: Decimal) -> None:
    """Raises `loss_not_owing` of a member who owes nothing, `loss_beyond_debt` of more
    than he owes, and `amount_not_positive`.
    """
    if balance >= 0:
        raise RuleError("loss_not_owing", balance=balance)
    if not amount.is_finite() or amount <= 0:
        raise RuleError("amount_not_positive", amount=amount)
    if amount > -balance:
        raise RuleError("loss_beyond_debt", amount=amount, balance=balance)


def weight(rule: str, *, balance: Decimal, sold: Decimal) -> Decimal:
    """What a member counts for by `rule`: zero where he bears nothing.

    `balance` and `sold` (in twelve months) are those of the day that is weighed.
    """
    weights = {"balances": balance, "turnover": sold, "equal": Decimal(1)}
    return max(weights[rule], Decimal(0))


def shares(
    amount: Decimal, weights: Mapping[Hashable, Decimal]
) -> dict[Hashable, Decimal]:
    """{who bears: his share}, in the order given; they add up to `amount` exactly.

    Who counts for nothing, or for less than a cent of it, is left out.
    Raises `loss_nobody` where nobody counts.

    >>> parts = shares(Decimal("100"), dict.fromkeys("abc", Decimal(1)))
    >>> [str(part) for part in parts.values()]
    ['33.34', '33.33', '33.33']
    """
    counted = {who: own for who, own in weights.items() if own > 0}
    if not counted:
        raise RuleError("loss_nobody")
    parts = share_out(amount, list(counted.values()))
    return {who: part for who, part in zip(counted, parts, strict=True) if part}
