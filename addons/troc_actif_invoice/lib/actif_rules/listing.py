"""What an offer or a need must say before it is published.

Every problem is returned with the field it belongs to, so that a form can show all of
them at once, each beside its field.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .errors import RuleError
from .share import FULL, HALF, AllowedShares

TITLE_LENGTH = 120
DESCRIPTION_LENGTH = 5000
HIGHEST_PRICE = Decimal(1_000_000)
SHARES = {"100": FULL, "50": HALF, "free": None}
REMINDER_DAYS = 7

Problem = tuple[str, RuleError]  # the field, what is wrong with it


@dataclass(frozen=True)
class Listing:
    """An offer or a need as typed. Prices in Actifs incl. VAT; None: not said.

    `share` is a key of `SHARES`; "free" is agreed upon between the two.
    """

    title: str
    description: str
    has_category: bool
    share: str
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    quantity: int = 0
    is_helping_hand: bool = False


def problems(listing: Listing, shares: AllowedShares) -> list[Problem]:
    """All that is wrong, as (name of the field, error); empty when it may be published.

    Codes: `listing_missing`, `listing_too_long`, `listing_price_negative`,
    `listing_price_too_high`, `listing_price_order`, `listing_share`,
    `listing_quantity`.
    """
    return [*_text_problems(listing), *_trade_problems(listing, shares)]


def _text_problems(listing: Listing) -> list[Problem]:
    found = []
    for field, text, limit in (
        ("name", listing.title, TITLE_LENGTH),
        ("description", listing.description, DESCRIPTION_LENGTH),
    ):
        if not text.strip():
            found.append((field, RuleError("listing_missing")))
        elif len(text) > limit:
            found.append((field, RuleError("listing_too_long", value=limit)))
    if not listing.has_category:
        found.append(("category_id", RuleError("listing_missing")))
    return found


def _trade_problems(listing: Listing, shares: AllowedShares) -> list[Problem]:
    found = []
    if listing.quantity < 0:
        found.append(("quantity", RuleError("listing_quantity")))
    if listing.is_helping_hand:
        return found
    found += _price_problems(listing.price_min, listing.price_max)
    wanted = SHARES.get(listing.share, Decimal(0))
    if wanted is not None and not shares.accepts(wanted):
        found.append(("share", RuleError("listing_share", allowed=shares.texts)))
    return found


def _price_problems(low: Decimal | None, high: Decimal | None) -> list[Problem]:
    found = []
    for field, price in (("price_min", low), ("price_max", high)):
        if price is not None and price < 0:
            found.append((field, RuleError("listing_price_negative")))
        elif price is not None and price > HIGHEST_PRICE:
            error = RuleError("listing_price_too_high", value=HIGHEST_PRICE)
            found.append((field, error))
    if low and high and high < low:
        found.append(("price_max", RuleError("listing_price_order")))
    return found


def expiry(today: date, days: int) -> date:
    """The last day of a listing that is published or renewed today for `days` days."""
    return today + timedelta(days=days)


def last_day_to_remind(today: date) -> date:
    """Whoever's listing expires on this day or before is told so now."""
    return today + timedelta(days=REMINDER_DAYS)
