"""How a membership goes on and ends.

Source: issue of the network policy: candidate > active > on hold (may sell, not buy)
or stand-by (may buy, not sell) > leaving (notice) > left. What is left over at the
end goes to the network's own account; Actifs are never paid out in euros. A leaving
member settles: he trades towards zero and never across it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .errors import RuleError

NEXT = {
    "candidate": frozenset({"active", "left"}),
    "active": frozenset({"on_hold", "stand_by", "leaving"}),
    "on_hold": frozenset({"active", "stand_by", "leaving"}),
    "stand_by": frozenset({"active", "on_hold", "leaving"}),
    "leaving": frozenset({"active", "left"}),
    "left": frozenset({"candidate"}),
}
# What a new membership may begin with.
FIRST = frozenset({"candidate", "active"})
LAST_REMINDER_DAYS = 15
STAGES = ("half", "last", "ended")


def check_next(state: str, wanted: str) -> None:
    """Raises `state_not_next`, with what may follow as `allowed` (sorted states)."""
    allowed = NEXT.get(state, frozenset())
    if wanted not in allowed:
        raise RuleError(
            "state_not_next",
            state=state,
            needed=wanted,
            allowed=tuple(sorted(allowed)),
        )


def notice_end(announced: date, days: int) -> date:
    """The last day on which a leaving member may spend what he has."""
    return announced + timedelta(days=days)


def check_notice(today: date, end: date) -> None:
    """Raises `notice_past` for a notice that would be over when it is announced."""
    if end < today:
        raise RuleError("notice_past", date=end)


def stage(today: date, announced: date, end: date) -> str | None:
    """What a notice has come to: half of it, its last fortnight, its end, or nothing.

    A short notice has no half: its last fortnight begins at once.
    """
    if today > end:
        return "ended"
    if today >= end - timedelta(days=LAST_REMINDER_DAYS):
        return "last"
    if today >= announced + (end - announced) / 2:
        return "half"
    return None


def is_news(found: str | None, told: str | None) -> bool:
    """True when a stage was reached that comes after the last one told."""
    ranks = {None: -1, **{name: rank for rank, name in enumerate(STAGES)}}
    return ranks[found] > ranks[told]


@dataclass(frozen=True)
class Departure:
    """Where a leaving member stands; `waiting` names what is not settled yet."""

    balance: Decimal
    notice_end: date | None
    waiting: tuple = ()


def check_leave(departure: Departure, today: date) -> None:
    """Raises `leave_waits`, `leave_negative` or `notice_running`."""
    if departure.waiting:
        raise RuleError("leave_waits", number=departure.waiting)
    if departure.balance < 0:
        raise RuleError("leave_negative", balance=departure.balance)
    running = departure.notice_end is not None and today <= departure.notice_end
    if departure.balance > 0 and running:
        raise RuleError(
            "notice_running", balance=departure.balance, date=departure.notice_end
        )


def check_at_zero(departure: Departure) -> None:
    """Raises `leave_positive`: what is left over is voided before, by its own act."""
    if departure.balance > 0:
        raise RuleError("leave_positive", balance=departure.balance)


def check_settles(member: str, balance: Decimal, movement: Decimal) -> None:
    """A leaving member's trade (`movement`: negative when he buys) goes towards zero.

    Raises `leaving_buys_beyond` or `leaving_sells_beyond`.
    """
    after = balance + movement
    told = {"member": member, "balance": balance, "amount": abs(movement)}
    if movement < 0 and after < 0:
        raise RuleError("leaving_buys_beyond", **told)
    if movement > 0 and after > 0:
        raise RuleError("leaving_sells_beyond", **told)
