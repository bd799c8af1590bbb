"""Step 2 of reading an upload: the header of a CII invoice, as values.

Source: FACTURX.md, "Reading". Only what stands once is read once: an element given
twice is refused, so that no other reader of the file can see another amount than ours.
Lines are never looked at, which makes the time independent of their number.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from lxml import etree

from ..errors import RuleError
from ..money import CENT
from ..payment_data import VatGroup
from ..siren import compact, is_siret, siren_from_vat, siren_of
from ..text import clean, clean_lines
from .cii import NAMESPACES, check_cii, parse, profile_of
from .claim import Totals, assemble
from .extract import extract
from .parsed import ActifClaim, Note, ParsedInvoice, PartyFacts, PaymentMeans, Sums

__all__ = [
    "ActifClaim",
    "Note",
    "ParsedInvoice",
    "PartyFacts",
    "PaymentMeans",
    "Sums",
    "read_document",
    "read_xml",
]

MAX_NAME = 200
MAX_TEXT = 4_000
MAX_ITEMS = 20

# Identifier schemes that hold a SIREN or a SIRET: SIRENE, SIRET, French addressing.
_SCHEMES = ("0002", "0009", "0225")
_AMOUNT = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,6})?")
_NOTHING = Decimal("0.00")

_BUSINESS_PROCESS = "ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID"
_SUMMATION = "ram:SpecifiedTradeSettlementHeaderMonetarySummation"
_DATE = "udt:DateTimeString"
_PRECEDING = "ram:InvoiceReferencedDocument/ram:IssuerAssignedID"


def read_document(content: bytes) -> ParsedInvoice:
    """The invoice in an uploaded file, PDF or XML, with the file's SHA-256.

    Raises what `extract.extract` and `read_xml` raise.
    """
    parsed = read_xml(extract(content).xml)
    return replace(parsed, sha256=sha256(content).hexdigest())


def read_xml(xml: bytes) -> ParsedInvoice:
    """The header of a CII invoice.

    Raises `too_big`, `encoding_unknown`, `encoding_mismatch`, `not_cii`,
    `profile_unsupported`; `xsd_invalid` with the element that is missing, given twice
    or no amount; `inconsistent` for an amount with more than two decimals (BR-DEC);
    `date_implausible` for a date that does not exist.
    """
    root = parse(xml)
    check_cii(root)
    profile, _ = profile_of(root)
    context = _one(root, "rsm:ExchangedDocumentContext")
    document = _one(root, "rsm:ExchangedDocument")
    transaction = _one(root, "rsm:SupplyChainTradeTransaction")
    agreement = _one(transaction, "ram:ApplicableHeaderTradeAgreement")
    settlement = _one(transaction, "ram:ApplicableHeaderTradeSettlement")
    currency = _text(settlement, "ram:InvoiceCurrencyCode")
    totals = _totals(settlement, currency)
    parsed = ParsedInvoice(
        sha256="",
        profile=profile,
        business_process=_text(context, _BUSINESS_PROCESS, ""),
        type_code=_text(document, "ram:TypeCode"),
        number=_text(document, "ram:ID"),
        issue_date=_date(document, f"ram:IssueDateTime/{_DATE}"),
        due_date=_due_date(settlement),
        currency=currency,
        seller=_party(_one(agreement, "ram:SellerTradeParty")),
        buyer=_party(_one(agreement, "ram:BuyerTradeParty")),
        **totals,
        payment_means=tuple(_payment_means(settlement)),
        terms=_texts(settlement, "ram:SpecifiedTradePaymentTerms/ram:Description"),
        notes=tuple(_notes(document)),
        actif_claim=None,
        preceding=_texts(settlement, _PRECEDING),
        sums=_sums(settlement),
        vat=_vat_groups(settlement),
    )
    return replace(parsed, actif_claim=_claim(parsed))


def _claim(parsed: ParsedInvoice) -> ActifClaim | None:
    texts = {
        "BT-20": parsed.terms,
        "BT-82": tuple(means.text for means in parsed.payment_means),
        "PAI": tuple(note.text for note in parsed.notes if note.subject == "PAI"),
    }
    totals = Totals(parsed.total, parsed.total_untaxed, parsed.prepaid)
    return assemble(texts, totals)


# --- parties -----------------------------------------------------------------------


def _party(party: etree._Element) -> PartyFacts:
    identifiers = list(_identifiers(party))
    vat = _vat(party)
    sirens = filter(None, map(siren_of, identifiers))
    siren = next(sirens, None) or siren_from_vat(vat or "")
    sirets = filter(is_siret, map(compact, identifiers))
    return PartyFacts(
        name=_text(party, "ram:Name"),
        siren=siren,
        siret=next((s for s in sirets if s.startswith(siren or "-")), None),
        vat=vat,
        endpoint=_text(party, "ram:URIUniversalCommunication/ram:URIID", "") or None,
    )


def _identifiers(party: etree._Element) -> Iterator[str]:
    """Numbers under a French scheme; the legal one first, the electronic address last.

    An address may go on after the number, as in 732829320_73282932000074_accounting.
    """
    for path in (
        "ram:SpecifiedLegalOrganization/ram:ID",
        "ram:GlobalID",
        "ram:URIUniversalCommunication/ram:URIID",
    ):
        for element in _all(party, path):
            if element.get("schemeID") in _SCHEMES:
                yield from _content(element, MAX_NAME).split("_")[:2]


def _vat(party: etree._Element) -> str | None:
    for element in _all(party, "ram:SpecifiedTaxRegistration/ram:ID"):
        if element.get("schemeID") in ("VA", "VAT"):
            return compact(_content(element, MAX_NAME)).upper() or None
    return None


# --- amounts -----------------------------------------------------------------------


def _totals(settlement: etree._Element, currency: str) -> dict[str, Decimal]:
    summation = _one(settlement, _SUMMATION)
    return {
        "total_untaxed": _amount(summation, "ram:TaxBasisTotalAmount"),
        "total_tax": _tax(summation, currency),
        "total": _amount(summation, "ram:GrandTotalAmount"),
        "prepaid": _amount(summation, "ram:TotalPrepaidAmount", _NOTHING),
        "due": _amount(summation, "ram:DuePayableAmount"),
    }


def _tax(summation: etree._Element, currency: str) -> Decimal:
    """BT-110: the VAT in the invoice's currency, not BT-111 in the accounting one."""
    path = "ram:TaxTotalAmount"
    taxes = [e for e in _all(summation, path) if e.get("currencyID", "") == currency]
    taxes = taxes or [e for e in _all(summation, path) if not e.get("currencyID")]
    if len(taxes) > 1:
        raise _structure(path, len(taxes))
    return _parsed_amount(taxes[0]) if taxes else _NOTHING


def _sums(settlement: etree._Element) -> Sums:
    summation = _one(settlement, _SUMMATION)
    taxes = _all(settlement, "ram:ApplicableTradeTax/ram:CalculatedAmount")
    return Sums(
        lines=_amount(summation, "ram:LineTotalAmount", None),
        allowances=_amount(summation, "ram:AllowanceTotalAmount", _NOTHING),
        charges=_amount(summation, "ram:ChargeTotalAmount", _NOTHING),
        rounding=_amount(summation, "ram:RoundingAmount", _NOTHING),
        taxes=tuple(map(_parsed_amount, taxes)),
    )


def _vat_groups(settlement: etree._Element) -> tuple[VatGroup, ...]:
    """The breakdown by rate, as far as it is stated: it decides about no amount."""
    groups = []
    for tax in _all(settlement, "ram:ApplicableTradeTax")[:MAX_ITEMS]:
        rate, base, amount = (
            _number(tax.find(f"ram:{name}", NAMESPACES))
            for name in ("RateApplicablePercent", "BasisAmount", "CalculatedAmount")
        )
        if base is not None:
            category = clean(tax.findtext("ram:CategoryCode", "", NAMESPACES), 5)
            groups.append(VatGroup(rate, category, base, amount or _NOTHING))
    return tuple(groups)


def _number(element: etree._Element | None) -> Decimal | None:
    text = "" if element is None else _content(element, MAX_NAME)
    return Decimal(text) if _AMOUNT.fullmatch(text) else None


_REQUIRED = object()


def _amount(parent: etree._Element, path: str, default=_REQUIRED) -> Decimal | None:
    element = _one(parent, path, required=default is _REQUIRED)
    return default if element is None else _parsed_amount(element)


def _parsed_amount(element: etree._Element) -> Decimal:
    stated = _content(element, MAX_NAME)
    name = etree.QName(element).localname
    if not _AMOUNT.fullmatch(stated):
        raise RuleError("xsd_invalid", element=name, error=f"{name}: {stated!r}")
    amount = Decimal(stated)
    if amount % CENT:
        raise RuleError("inconsistent", rule="BR-DEC", element=name, found=amount)
    return amount.quantize(CENT) + 0


# --- dates, texts ------------------------------------------------------------------


def _date(parent: etree._Element, path: str) -> date:
    return _parsed_date(_one(parent, path))


def _parsed_date(element: etree._Element) -> date:
    stated = _content(element, MAX_NAME)
    if not re.fullmatch("[0-9]{8}", stated) or element.get("format") != "102":
        raise RuleError("date_implausible", date=stated)
    try:
        return datetime.strptime(stated, "%Y%m%d").date()  # noqa: DTZ007
    except ValueError:
        raise RuleError("date_implausible", date=stated) from None


def _due_date(settlement: etree._Element) -> date | None:
    """BT-9; the last one where an invoice has several terms."""
    path = f"ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime/{_DATE}"
    return max(map(_parsed_date, _all(settlement, path)), default=None)


def _payment_means(settlement: etree._Element) -> Iterator[PaymentMeans]:
    path = "ram:SpecifiedTradeSettlementPaymentMeans"
    for means in _all(settlement, path)[:MAX_ITEMS]:
        text = " ".join(_texts(means, "ram:Information"))
        yield PaymentMeans(_text(means, "ram:TypeCode", ""), text)


def _notes(document: etree._Element) -> Iterator[Note]:
    for note in _all(document, "ram:IncludedNote")[:MAX_ITEMS]:
        text = "\n".join(_texts(note, "ram:Content"))
        yield Note(_text(note, "ram:SubjectCode", ""), text)


def _texts(parent: etree._Element, path: str) -> tuple[str, ...]:
    texts = (_whole(element) for element in _all(parent, path)[:MAX_ITEMS])
    return tuple(filter(None, (clean_lines(text, MAX_TEXT) for text in texts)))


def _text(parent: etree._Element, path: str, default=_REQUIRED) -> str:
    element = _one(parent, path, required=default is _REQUIRED)
    text = "" if element is None else _content(element, MAX_NAME)
    if not text and default is _REQUIRED:
        raise _structure(path, 0)
    return text or default


def _content(element: etree._Element, limit: int) -> str:
    return clean(_whole(element), limit)


def _whole(element: etree._Element) -> str:
    # Never .text: that stops at the first child or comment.
    return "".join(element.itertext())


# --- elements ----------------------------------------------------------------------


def _one(parent: etree._Element, path: str, required: bool = True):
    """The only element at a path; None when it may be missing and is."""
    found = parent.findall(path, NAMESPACES)
    if len(found) > 1 or (required and not found):
        raise _structure(path, len(found))
    return found[0] if found else None


def _all(parent: etree._Element, path: str) -> list[etree._Element]:
    return parent.findall(path, NAMESPACES)


def _structure(path: str, count: int) -> RuleError:
    element = path.split("/")[0].partition(":")[2]
    told = f"{element} is given {count} times" if count else f"{element} is missing"
    return RuleError("xsd_invalid", element=element, error=told)
