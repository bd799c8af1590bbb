"""What two members must agree upon before it is a deal.

Source: issue of the marketplace: object, price, share and date, accepted by both
sides in the same words; any change of the terms takes both acceptances back.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .errors import RuleError
from .share import AllowedShares, Split, check_share, split

SUBJECT_LENGTH = 300
MOST_HOURS = 1000
SIDES = ("seller", "buyer")


@dataclass(frozen=True)
class Terms:
    """`total` in euros incl. VAT, `share` in percent; both 0 for a helping hand, of
    which `hours` says how long it takes (0: not said)."""

    subject: str
    total: Decimal
    share: Decimal
    due_date: date | None
    is_helping_hand: bool = False
    hours: Decimal = Decimal(0)


def check_terms(terms: Terms, allowed: AllowedShares, today: date) -> None:
    """Raises `terms_missing` (fact `value`: subject or due_date), `terms_too_long`,
    `terms_past`, `terms_hours`, `amount_not_positive`, `share_out_of_range`,
    `share_not_allowed` or `actif_part_zero`."""
    if not terms.subject.strip():
        raise RuleError("terms_missing", value="subject")
    if len(terms.subject) > SUBJECT_LENGTH:
        raise RuleError("terms_too_long", value=SUBJECT_LENGTH)
    if terms.due_date is None:
        raise RuleError("terms_missing", value="due_date")
    if terms.due_date < today:
        raise RuleError("terms_past", date=terms.due_date)
    if not 0 <= terms.hours <= MOST_HOURS:
        raise RuleError("terms_hours", value=MOST_HOURS)
    if not terms.is_helping_hand:
        check_share(terms.share, allowed)
        split(terms.total, terms.share)


def parts(terms: Terms) -> Split | None:
    """The Actif part and the euro part of a deal; None for a helping hand.

    Of the total incl. VAT: with shares of the amount excl. VAT the invoice decides,
    which states that amount.
    """
    return None if terms.is_helping_hand else split(terms.total, terms.share)
