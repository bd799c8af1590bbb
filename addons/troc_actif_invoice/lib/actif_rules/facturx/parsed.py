"""What an uploaded invoice says, as values. Source: FACTURX.md, "Reading".

Texts are cleaned (`text.clean`) but still hostile: escape them. Amounts are in the
invoice's currency, two decimals. BT-n is the business term of EN 16931.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..payment_data import VatGroup


@dataclass(frozen=True)
class PartyFacts:
    """Seller or buyer. `siren` is the key that members are matched by.

    It comes from an identifier under scheme 0002, 0009 or 0225, else from the VAT
    number; None when neither holds a valid one.
    """

    name: str
    siren: str | None
    siret: str | None
    vat: str | None
    endpoint: str | None


@dataclass(frozen=True)
class PaymentMeans:
    """One block of payment means: `code` is BT-81, `text` is BT-82 (may be empty)."""

    code: str
    text: str


@dataclass(frozen=True)
class Note:
    """One note: `subject` is BT-21 (PAI, PMT, ..., may be empty), `text` is BT-22."""

    subject: str
    text: str


@dataclass(frozen=True)
class ActifClaim:
    """What the invoice says about its part in Actifs.

    `share` is in percent and `amount` in Actifs; either is None when not stated. `base`
    is what the share is taken of, "total" (incl. VAT) or "untaxed"; None when the
    invoice does not tell. `places` are those it was read from (BT-20, BT-82, PAI,
    BT-113) and `wordings` their words. `agree` means that there is one share and that
    nothing contradicts it; otherwise a person decides.
    """

    share: Decimal | None
    amount: Decimal | None
    places: tuple[str, ...]
    agree: bool
    base: str | None = None
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sums:
    """The other totals of the document, for checking; None when it does not state them.

    `lines` is BT-106, `allowances` BT-107, `charges` BT-108, `rounding` BT-114, `taxes`
    the VAT of each category (BT-117).
    """

    lines: Decimal | None
    allowances: Decimal
    charges: Decimal
    rounding: Decimal
    taxes: tuple[Decimal, ...]


@dataclass(frozen=True)
class ParsedInvoice:
    """The header of one invoice or credit note.

    `sha256` is that of the received file (empty from `read_xml`); `total` is BT-112,
    `prepaid` BT-113, `due` BT-115; `preceding` are the invoices referred to (BT-25);
    `vat` the VAT breakdown (BG-23), empty where the profile has none.
    """

    sha256: str
    profile: str
    business_process: str
    type_code: str
    number: str
    issue_date: date
    due_date: date | None
    currency: str
    seller: PartyFacts
    buyer: PartyFacts
    total_untaxed: Decimal
    total_tax: Decimal
    total: Decimal
    prepaid: Decimal
    due: Decimal
    payment_means: tuple[PaymentMeans, ...]
    terms: tuple[str, ...]
    notes: tuple[Note, ...]
    actif_claim: ActifClaim | None
    preceding: tuple[str, ...]
    sums: Sums
    vat: tuple[VatGroup, ...] = ()
