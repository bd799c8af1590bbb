"""From what several places of an invoice say to one claim, checked against the totals.

Source: FACTURX.md, "Claim". The wording counts; the means code 97 alone never does,
because real software writes it for any means it does not know.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ..errors import RuleError
from ..mention import Claim, read_claims
from ..money import to_decimal
from ..share import FULL, Split, check_range, split
from .parsed import ActifClaim

MAX_WORDINGS = 10


@dataclass(frozen=True)
class Totals:
    """BT-112, BT-109 and BT-113 of the same invoice."""

    total: Decimal
    untaxed: Decimal
    prepaid: Decimal


def assemble(texts: Mapping[str, tuple[str, ...]], totals: Totals) -> ActifClaim | None:
    """The claim of an invoice; None when no wording speaks of Actifs.

    `texts` gives, by place and in order of authority, what is written there.
    """
    found = {place: _read(written) for place, written in texts.items()}
    claims = [claim for place in found.values() for claim in place]
    if {claim.share for claim in claims} <= {Decimal(0)}:
        return None
    places = tuple(place for place, read in found.items() if read)
    if totals.prepaid > 0:
        places += ("BT-113",)
    wordings = tuple(dict.fromkeys(claim.text for claim in claims))[:MAX_WORDINGS]
    return replace(_settle(claims, totals), places=places, wordings=wordings)


def split_claim(
    claim: ActifClaim, *, total: Decimal, untaxed: Decimal, base: str
) -> Split:
    """The split that a claim asks for, in a network that takes shares of `base`.

    Raises `ambiguous_claim` when the claim does not agree, says another base, or an
    amount that its share does not make; and what `share.split` raises.
    """
    if not claim.agree or claim.base not in (None, base):
        raise RuleError("ambiguous_claim", **told(claim))
    made = split(total, claim.share, base=base, untaxed=untaxed)
    if claim.amount not in (None, made.actif):
        raise RuleError("ambiguous_claim", **told(claim))
    return made


def told(claim: ActifClaim) -> dict:
    """The facts of `ambiguous_claim`."""
    return {
        "places": claim.places,
        "wordings": claim.wordings,
        "share": claim.share,
        "amount": claim.amount,
    }


def _read(written: tuple[str, ...]) -> list[Claim]:
    return [claim for text in written for claim in read_claims(text)]


def _settle(claims: list[Claim], totals: Totals) -> ActifClaim:
    """Share, amount and base of all claims together."""
    shares = _distinct(claim.share for claim in claims)
    amounts = _distinct(claim.amount for claim in claims)
    untaxed = any(claim.untaxed for claim in claims)
    share, amount = next(iter(shares), None), next(iter(amounts), None)
    draft = ActifClaim(share, amount, (), False, "untaxed" if untaxed else None)
    if len(shares) > 1 or len(amounts) > 1 or not _possible(share):
        return draft
    if totals.prepaid > 0:
        if amount not in (None, totals.prepaid):
            return draft
        draft = replace(draft, amount=totals.prepaid)
    return _match(draft, totals, worded=share is not None or amount is not None)


def _match(draft: ActifClaim, totals: Totals, worded: bool) -> ActifClaim:
    """The draft with what follows from the totals; it agrees when they bear it out."""
    if draft.amount is None:
        return replace(draft, agree=draft.share is not None)
    # "HT compensé en Actif" with BT-113 and no figure: the whole base, or nothing sure.
    share = draft.share if worded else FULL
    for base, amount in _bases(draft, totals).items():
        found = share or _exact_share(draft.amount, amount)
        if to_decimal(amount * found / FULL) == draft.amount > 0:
            base = base if totals.total != totals.untaxed else None
            return replace(draft, share=found, base=base, agree=True)
    return draft


def _bases(draft: ActifClaim, totals: Totals) -> dict[str, Decimal]:
    bases = {"total": totals.total, "untaxed": totals.untaxed}
    return bases if draft.base is None else {draft.base: bases[draft.base]}


def _exact_share(amount: Decimal, base: Decimal) -> Decimal:
    """The share of two decimals nearest to this amount; 0 when there is none."""
    return to_decimal(amount * FULL / base) if 0 < amount <= base else Decimal(0)


def _possible(share: Decimal | None) -> bool:
    try:
        return share is None or check_range(share) is None
    except RuleError:
        return False


def _distinct(values) -> list[Decimal]:
    return list(dict.fromkeys(value for value in values if value is not None))
