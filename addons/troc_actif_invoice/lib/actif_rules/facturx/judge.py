"""Step 3 of reading an upload: can this invoice be compensated, as far as it tells?

Source: FACTURX.md, "Judge", and the rules BR-CO-13 to BR-CO-16 of EN 16931. Who is a
member, and whether the invoice was seen before, only the caller knows: he adds
`unknown_seller`, `unknown_buyer` and `duplicate`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from ..errors import RuleError
from .claim import told
from .parsed import ParsedInvoice

INVOICE, CREDIT_NOTE = "380", "381"
OLDEST = timedelta(days=5 * 366)  # article L110-4 of the commercial code
LATEST_DUE = timedelta(days=5 * 366)
AHEAD = timedelta(days=1)  # overseas territories


def judge(parsed: ParsedInvoice, *, today: date) -> tuple[RuleError, ...]:
    """All that stands against the invoice, in the order to be told; empty when fine.

    Codes: `type_unsupported`, `not_euro`, `amount_not_positive`, `inconsistent` (rule,
    expected, found), `date_implausible`, `same_party`, `no_preceding` (a credit note
    that names no invoice), `no_claim`, `ambiguous_claim`. Each names the invoice's
    number.
    """
    checks = (_type, _currency, _sign, _arithmetic, _dates, _parties, _claims)
    faults = (fault for check in checks for fault in check(parsed, today))
    number = parsed.number
    return tuple(RuleError(code, number=number, **facts) for code, facts in faults)


_Faults = Iterator[tuple[str, dict]]


def _type(parsed: ParsedInvoice, _today: date) -> _Faults:
    if parsed.type_code not in (INVOICE, CREDIT_NOTE):
        yield "type_unsupported", {"type_code": parsed.type_code}


def _currency(parsed: ParsedInvoice, _today: date) -> _Faults:
    if parsed.currency != "EUR":
        yield "not_euro", {"currency": parsed.currency}


def _sign(parsed: ParsedInvoice, _today: date) -> _Faults:
    if parsed.total <= 0:
        yield "amount_not_positive", {"amount": parsed.total}


def _arithmetic(parsed: ParsedInvoice, _today: date) -> _Faults:
    for rule, expected, found in _equations(parsed):
        if expected != found:
            yield "inconsistent", {"rule": rule, "expected": expected, "found": found}


def _equations(parsed: ParsedInvoice) -> Iterator[tuple[str, Decimal, Decimal]]:
    """The rule, what the other figures make, and what is stated."""
    sums = parsed.sums
    if sums.lines is not None:
        untaxed = sums.lines - sums.allowances + sums.charges
        yield "BR-CO-13", untaxed, parsed.total_untaxed
    if sums.taxes:
        yield "BR-CO-14", sum(sums.taxes), parsed.total_tax
    yield "BR-CO-15", parsed.total_untaxed + parsed.total_tax, parsed.total
    # MINIMUM cannot state what was paid, only what is left.
    if parsed.profile != "MINIMUM":
        due = parsed.total - parsed.prepaid + sums.rounding
        yield "BR-CO-16", due, parsed.due


def _dates(parsed: ParsedInvoice, today: date) -> _Faults:
    issued, due = parsed.issue_date, parsed.due_date
    if not today - OLDEST <= issued <= today + AHEAD:
        yield "date_implausible", {"date": issued}
    # An invoice paid in advance may give the day of payment.
    early = due and due < issued and parsed.due > 0
    if early or (due and due > issued + LATEST_DUE):
        yield "date_implausible", {"date": due}


def _parties(parsed: ParsedInvoice, _today: date) -> _Faults:
    seller, buyer = parsed.seller, parsed.buyer
    same_vat = seller.vat is not None and seller.vat == buyer.vat
    if same_vat or (seller.siren is not None and seller.siren == buyer.siren):
        yield "same_party", {"member": seller.name}


def _claims(parsed: ParsedInvoice, _today: date) -> _Faults:
    if parsed.type_code == CREDIT_NOTE:
        # A credit note takes back what its invoice compensated, whatever it says.
        if not parsed.preceding:
            yield "no_preceding", {}
    elif parsed.actif_claim is None:
        yield "no_claim", {}
    elif not parsed.actif_claim.agree:
        yield "ambiguous_claim", told(parsed.actif_claim)
