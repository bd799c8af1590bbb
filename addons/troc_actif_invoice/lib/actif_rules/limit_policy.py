"""How limits move by themselves: for a time, with sales, and when to warn of them.

All amounts are in Actifs.  A ceiling of 0 means that there is none, as on screen.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from .errors import RuleError
from .limits import NOTHING, Account

# A limit grows by whole steps: nobody wants a mail for each cent sold.
STEP = Decimal(50)
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Limits:
    """How far below zero (`credit`) and above it (`ceiling`, 0 = none)."""

    credit: Decimal
    ceiling: Decimal

    def raised(self, extra: "Limits") -> "Limits":
        """These limits with `extra` on top; what has no ceiling gets none."""
        ceiling = self.ceiling + extra.ceiling if self.ceiling else NOTHING
        return Limits(self.credit + extra.credit, ceiling)

    def without(self, extra: "Limits") -> "Limits":
        """These limits once `extra`, which they hold, has ended."""
        ceiling = self.ceiling - extra.ceiling if self.ceiling else NOTHING
        return Limits(self.credit - extra.credit, ceiling)


def check_limits(limits: Limits) -> None:
    """Raises `limit_negative` for a limit below zero."""
    for value in (limits.credit, limits.ceiling):
        if not value.is_finite() or value < 0:
            raise RuleError("limit_negative", value=value)


def check_temporary(extra: Limits, until: date | None, today: date) -> None:
    """Raises `limit_negative`, `temporary_empty` or `temporary_past`.

    `until` is the last day on which the extra counts.
    """
    check_limits(extra)
    if not (extra.credit or extra.ceiling):
        raise RuleError("temporary_empty")
    if until is None or until < today:
        raise RuleError("temporary_past", date=until or today)


def has_ended(until: date | None, today: date) -> bool:
    """Tell whether a temporary limit no longer counts today."""
    return until is not None and until < today


def check_request(wanted: Limits, now: Limits) -> None:
    """Raises `limit_negative`, or `request_empty` when nothing more is asked for."""
    check_limits(wanted)
    more_ceiling = now.ceiling and (not wanted.ceiling or wanted.ceiling > now.ceiling)
    if not (wanted.credit > now.credit or more_ceiling):
        raise RuleError("request_empty")


def grown(current: Decimal, sales: Decimal, percent: Decimal, cap: Decimal) -> Decimal:
    """The credit limit that goes with `sales` of a year: a percentage of them, by
    whole steps and up to `cap`; never less than it is.
    """
    earned = sales * percent / HUNDRED
    by_steps = (earned / STEP).to_integral_value(ROUND_FLOOR) * STEP
    return max(current, min(cap, by_steps))


def limits_near(account: Account, percent: Decimal) -> frozenset:
    """Which limits are used to `percent` or more: of {"credit", "ceiling"}.

    0 percent never warns.  What was spent without any credit limit is near it.
    """
    near = set()
    if percent <= 0:
        return frozenset()
    if account.balance < 0:
        if -account.balance * HUNDRED >= account.credit_limit * percent:
            near.add("credit")
    ceiling = account.balance_limit
    if ceiling and account.balance * HUNDRED >= ceiling * percent:
        near.add("ceiling")
    return frozenset(near)


def idle_since(
    balance: Decimal, positive_since: date | None, last_purchase: date | None
) -> date | None:
    """Since when a credit lies unspent; None where there is none.

    The later of both days: what was earned yesterday is not dormant, whenever the
    last purchase was.
    """
    if balance <= 0 or positive_since is None:
        return None
    return max(positive_since, last_purchase or positive_since)


def is_dormant(since: date | None, today: date, days: int) -> bool:
    """Tell whether a credit idle `since` is dormant; 0 days = never."""
    return bool(days and since and (today - since).days >= days)


def step_due(
    since: date,
    today: date,
    reminded_on: date | None,
    reminder_days: int,
    escalation_days: int,
) -> str | None:
    """What is due for something that waits: "remind", "escalate" or nothing.

    First the reminder, on a later day the escalation; 0 days = never.  The caller
    asks no more once it is escalated.
    """
    waited = (today - since).days
    if reminder_days and not reminded_on:
        if waited >= reminder_days:
            return "remind"
        if escalation_days > reminder_days:
            return None
    if escalation_days and waited >= escalation_days and reminded_on != today:
        return "escalate"
    return None
