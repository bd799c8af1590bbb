"""What a person compares side by side: the machine's facts, and the page he sees.

A Factur-X file says everything twice, in its XML and on its pages, and only the XML is
compensated. Each fact therefore tells whether it can be seen on the pages. That helps
a person to look; it decides nothing: a page may hide as much as it shows.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..mention import Claim, read_claims
from .judge import CREDIT_NOTE
from .page import Page
from .parsed import ActifClaim, ParsedInvoice, PartyFacts

NAMES = (
    "number",
    "issue_date",
    "due_date",
    "seller_name",
    "seller_siren",
    "buyer_name",
    "buyer_siren",
    "total_untaxed",
    "total_tax",
    "total",
    "due",
    "actif_share",
    "actif_amount",
)
_NO_CLAIM = ActifClaim(None, None, (), False)


@dataclass(frozen=True)
class Fact:
    """One thing that an invoice says.

    `code` is one of `NAMES`; `value` a text (dates as 2026-11-12, amounts and the
    share in percent as 1234.56), None when the invoice does not say it. `on_page` is
    True when the pages show it, False when they do not; None when there is nothing to
    compare with, or when an invoice need not print it: an amount of nothing, or a
    share or an amount that was not written down but worked out.
    """

    code: str
    value: str | None
    on_page: bool | None


def facts(parsed: ParsedInvoice, page: str | None) -> tuple[Fact, ...]:
    """One fact for each of `NAMES`, in that order.

    `page` is the text of the pages, as `extract.page_text` gives it.
    """
    seen = Page(page) if page else None
    return tuple(_fact(stated, seen) for stated in _all_stated(parsed))


def to_json(told: Iterable[Fact]) -> list[dict]:
    """The facts as plain lists, dicts, texts and truth values."""
    return [asdict(fact) for fact in told]


def from_json(stored: list[dict]) -> tuple[Fact, ...]:
    """What `to_json` gave; raises ValueError for anything else."""
    try:
        told = tuple(Fact(**item) for item in stored)
    except TypeError:
        raise ValueError("these are no facts of an invoice") from None
    if not all(map(_is_sound, told)):
        raise ValueError("these are no facts of an invoice")
    return told


def _is_sound(fact: Fact) -> bool:
    texts = fact.code in NAMES and isinstance(fact.value, str | None)
    return texts and isinstance(fact.on_page, bool | None)


class _Stated(NamedTuple):
    """A value, how to look for it, and whether a page without it is suspicious."""

    code: str
    value: str | None
    is_on: Callable[[Page], bool]
    printed: bool = True


def _fact(stated: _Stated, page: Page | None) -> Fact:
    on_page = None
    if page and stated.value is not None:
        on_page = stated.is_on(page) or (False if stated.printed else None)
    return Fact(stated.code, stated.value, on_page)


def _all_stated(parsed: ParsedInvoice) -> Iterator[_Stated]:
    yield _Stated("number", parsed.number, lambda p: p.has_number(parsed.number))
    yield _date("issue_date", parsed.issue_date)
    yield _date("due_date", parsed.due_date)
    yield from _party("seller", parsed.seller)
    yield from _party("buyer", parsed.buyer)
    for code in ("total_untaxed", "total_tax", "total", "due"):
        yield _amount(code, getattr(parsed, code), parsed)
    yield from _claim(parsed)


def _date(code: str, day: date | None) -> _Stated:
    return _Stated(code, day and day.isoformat(), lambda p: day in p.dates)


def _party(role: str, party: PartyFacts) -> Iterator[_Stated]:
    yield _Stated(f"{role}_name", party.name, lambda p: p.has_name(party.name))
    yield _Stated(f"{role}_siren", party.siren, lambda p: p.has_siren(party.siren))


def _amount(
    code: str, amount: Decimal | None, parsed: ParsedInvoice, printed: bool = True
) -> _Stated:
    # A credit note's amounts are positive in the XML, and negative on many a page.
    signs = (1, -1) if parsed.type_code == CREDIT_NOTE else (1,)
    return _Stated(
        code,
        None if amount is None else f"{amount:.2f}",
        lambda p: any(amount * sign in p.amounts for sign in signs),
        printed and amount != 0,
    )


def _claim(parsed: ParsedInvoice) -> Iterator[_Stated]:
    claim = parsed.actif_claim or _NO_CLAIM
    worded = [said for text in claim.wordings for said in read_claims(text)]
    share, amount = claim.share, claim.amount
    yield _Stated(
        "actif_share",
        None if share is None else f"{share.normalize():f}",
        # Two shares on one page are no agreement.
        lambda p: _figures(p.claims, "share") == {share},
        share in _figures(worded, "share"),
    )
    yield _amount("actif_amount", amount, parsed, amount in _figures(worded, "amount"))


def _figures(claims: Iterable[Claim], name: str) -> set[Decimal]:
    return {getattr(claim, name) for claim in claims} - {None}
