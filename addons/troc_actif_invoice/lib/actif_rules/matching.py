"""How well an offer answers a need, and why.

Points are only compared with each other. The order they give: what the two say in the
same words counts most, then the category, then nearness, then terms that fit. The
reasons are shown to members, who judge for themselves.
"""

from dataclasses import dataclass
from decimal import Decimal

NEAR_KM = 60
ENOUGH = 37  # one word, or being near for the same price, may be mere chance
WORD, MANY_WORDS = 12, 5
CATEGORY, TERRITORY, NEAR, SHARE, PRICE = 25, 12, 6, 6, 6


@dataclass(frozen=True)
class Pair:
    """What is known of an offer and a need side by side.

    `common_words`: how many word stems their titles and texts share. `kilometres`:
    between their departments, None when one is unknown. Prices in Actifs incl. VAT.
    """

    common_words: int
    same_category: bool
    same_territory: bool
    kilometres: float | None
    offer_share: str
    need_share: str
    offer_price: Decimal | None
    need_price: Decimal | None


@dataclass(frozen=True)
class Match:
    """`reasons`: (code, number) in the order of their weight."""

    points: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def is_enough(self) -> bool:
        """True when the pair is worth showing."""
        return self.points >= ENOUGH


def match(pair: Pair) -> Match:
    """Points and reasons; codes: `words`, `category`, `territory`, `near`, `share`,
    `price`."""
    found = [(code, points, number) for code, points, number in _found(pair) if points]
    found.sort(key=lambda item: -item[1])
    return Match(
        points=sum(points for _code, points, _number in found),
        reasons=tuple((code, number) for code, _points, number in found),
    )


def _found(pair: Pair) -> list[tuple[str, int, int]]:
    words = min(pair.common_words, MANY_WORDS)
    shares = {pair.offer_share, pair.need_share}
    near = pair.kilometres is not None and pair.kilometres <= NEAR_KM
    return [
        ("words", words * WORD, pair.common_words),
        ("category", CATEGORY * pair.same_category, 0),
        ("territory", TERRITORY * pair.same_territory, 0),
        (
            "near",
            NEAR * (near and not pair.same_territory),
            round(pair.kilometres or 0),
        ),
        ("share", SHARE * (len(shares - {"free"}) <= 1), 0),
        ("price", PRICE * _price_fits(pair), 0),
    ]


def _price_fits(pair: Pair) -> bool:
    """The offer asks no more than the need would give."""
    if not pair.offer_price or not pair.need_price:
        return False
    return pair.offer_price <= pair.need_price
