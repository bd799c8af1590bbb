"""An agreed schedule of sales, by which a member comes back to zero.

A debt of Actifs is settled by selling, never in euros.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .errors import RuleError

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Step:
    """`amount` Actifs are to be earned by sales until `due`, beside earlier steps."""

    due: date
    amount: Decimal


@dataclass(frozen=True)
class Standing:
    """A step as it is followed: `due_total` with all steps before it, `missing` of it
    after what was received; late once its day is over."""

    step: Step
    due_total: Decimal
    missing: Decimal
    is_late: bool


def check_agreed(steps: list[Step], agreed_on: date, balance: Decimal) -> None:
    """Raises `schedule_not_owing`, `schedule_empty`, `schedule_past` or
    `schedule_short`: a schedule leads from a debt to zero, by days to come."""
    if balance >= 0:
        raise RuleError("schedule_not_owing", balance=balance)
    if not steps or any(step.amount <= 0 for step in steps):
        raise RuleError("schedule_empty")
    for step in steps:
        if step.due <= agreed_on:
            raise RuleError("schedule_past", date=step.due)
    total = sum((step.amount for step in steps), NOTHING)
    if total < -balance:
        raise RuleError("schedule_short", total=total, balance=balance)


def standings(steps: list[Step], received: Decimal, today: date) -> list[Standing]:
    """Each step as it stands, by its day; what was received fills the earlier first."""
    told, total = [], NOTHING
    for step in sorted(steps, key=lambda step: step.due):
        total += step.amount
        missing = min(step.amount, max(NOTHING, total - received))
        told.append(Standing(step, total, missing, missing > 0 and today > step.due))
    return told


def progress(steps: list[Step], received: Decimal) -> int:
    """Percent of the whole that was received, 0 to 100, rounded down."""
    total = sum((step.amount for step in steps), NOTHING)
    if total <= 0:
        return 0
    return int(min(total, max(NOTHING, received)) * 100 / total)
