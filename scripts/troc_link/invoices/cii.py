"""An invoice as Factur-X of the profile BASIC WL: its header, without lines.

For Odoos that cannot write Factur-X, or write what the schema refuses.  Source:
FACTURX.md, "Writing"; the order of the elements is the schema's.
"""

from decimal import Decimal

from lxml import etree

from actif_rules import mention, share
from actif_rules.facturx.cii import NAMESPACES
from actif_rules.facturx.write import (
    CLEARING,
    CREDIT_TRANSFER,
    ENDPOINT_SCHEME,
    SEPA_TRANSFER,
    SIREN_SCHEME,
    SIRET_SCHEME,
    UNDEFINED,
    business_process,
)
from actif_rules.siren import compact
from actif_rules.text import clean, clean_lines

GUIDELINE = "urn:factur-x.eu:1p0:basicwl"
CODES = {"invoice": "380", "credit_note": "381"}
LONGEST_LINE, LONGEST_NOTE = 200, 4_000
HOME = "FR"


def mention_of(template, percent, base="total"):
    """Return the network's sentence for a share, of what the network takes it of."""
    words = mention.render(template, percent)
    return mention.of_untaxed(words) if base == "untaxed" else words


def build(invoice, template, base="total"):
    """Return the XML (bytes) of an invoices.Invoice with its `groups`.

    `template` and `base` are the network's mention and what it takes shares of.
    """
    words = mention_of(template, invoice.share, base) if invoice.share else ""
    root = etree.Element(_tag("rsm:CrossIndustryInvoice"), nsmap=NAMESPACES)
    _context(root, invoice)
    _document(root, invoice, words)
    transaction = _sub(root, "rsm:SupplyChainTradeTransaction")
    agreement = _sub(transaction, "ram:ApplicableHeaderTradeAgreement")
    _party(agreement, "Seller", invoice.seller)
    _party(agreement, "Buyer", invoice.buyer)
    delivery = _sub(transaction, "ram:ApplicableHeaderTradeDelivery")
    if invoice.delivered:
        event = _sub(delivery, "ram:ActualDeliverySupplyChainEvent")
        _date(event, "ram:OccurrenceDateTime", invoice.delivered)
    settlement = _sub(transaction, "ram:ApplicableHeaderTradeSettlement")
    _settle(settlement, invoice, words, base)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


# -- the document ------------------------------------------------------------------


def _context(root, invoice):
    context = _sub(root, "rsm:ExchangedDocumentContext")
    process = _sub(context, "ram:BusinessProcessSpecifiedDocumentContextParameter")
    natures = set().union(*(group.natures for group in invoice.groups))
    _sub(process, "ram:ID", business_process(natures))
    guideline = _sub(context, "ram:GuidelineSpecifiedDocumentContextParameter")
    _sub(guideline, "ram:ID", GUIDELINE)


def _document(root, invoice, words):
    document = _sub(root, "rsm:ExchangedDocument")
    _sub(document, "ram:ID", _line(invoice.number))
    _sub(document, "ram:TypeCode", CODES[invoice.kind])
    _date(document, "ram:IssueDateTime", invoice.date)
    for subject, text in (("", invoice.note), ("PAI", words)):
        if text := clean_lines(text, LONGEST_NOTE):
            note = _sub(document, "ram:IncludedNote")
            _sub(note, "ram:Content", text)
            if subject:
                _sub(note, "ram:SubjectCode", subject)


def _party(agreement, role, party):
    block = _sub(agreement, f"ram:{role}TradeParty")
    if party.siret:
        _sub(block, "ram:GlobalID", party.siret, schemeID=SIRET_SCHEME)
    _sub(block, "ram:Name", _line(party.name))
    if party.siren:
        legal = _sub(block, "ram:SpecifiedLegalOrganization")
        _sub(legal, "ram:ID", party.siren, schemeID=SIREN_SCHEME)
    address = _sub(block, "ram:PostalTradeAddress")
    for name, text in (
        ("PostcodeCode", party.zip),
        ("LineOne", party.street),
        ("LineTwo", party.street2),
        ("CityName", party.city),
        ("CountryID", party.country or HOME),
    ):
        if text := _line(text):
            _sub(address, f"ram:{name}", text)
    if party.siren:
        place = _sub(block, "ram:URIUniversalCommunication")
        _sub(place, "ram:URIID", party.siren, schemeID=ENDPOINT_SCHEME)
    if party.vat:
        tax = _sub(block, "ram:SpecifiedTaxRegistration")
        _sub(tax, "ram:ID", _line(party.vat), schemeID="VA")


# -- payment -----------------------------------------------------------------------


def _settle(settlement, invoice, words, base):
    _sub(settlement, "ram:InvoiceCurrencyCode", invoice.currency)
    _means(settlement, invoice, base)
    due = _vat_due(invoice.groups)
    for group in invoice.groups:
        _tax(settlement, group, due)
    _terms(settlement, invoice, words)
    _totals(settlement, invoice)
    if invoice.preceding:
        number, day = invoice.preceding
        origin = _sub(settlement, "ram:InvoiceReferencedDocument")
        _sub(origin, "ram:IssuerAssignedID", _line(number))
        if day:
            _date(origin, "ram:FormattedIssueDateTime", day, "qdt")


def _means(settlement, invoice, base):
    block = _sub(settlement, "ram:SpecifiedTradeSettlementPaymentMeans")
    account = compact(invoice.iban)
    is_iban = account[:2].isalpha()
    if _is_whole(invoice, base):
        _sub(block, "ram:TypeCode", CLEARING)
    elif not account:
        _sub(block, "ram:TypeCode", UNDEFINED)
    else:
        _sub(block, "ram:TypeCode", SEPA_TRANSFER if is_iban else CREDIT_TRANSFER)
        payee = _sub(block, "ram:PayeePartyCreditorFinancialAccount")
        _sub(payee, "ram:IBANID" if is_iban else "ram:ProprietaryID", _line(account))


def _is_whole(invoice, base):
    """Tell whether nothing is left to be paid in euros."""
    if invoice.share != share.FULL:
        return False
    return base == "total" or invoice.untaxed == invoice.total


def _vat_due(groups):
    """Return BT-8, which is one for the whole invoice; nothing where it differs."""
    dues = {group.due for group in groups if group.rate}
    return dues.pop() if len(dues) == 1 else ""


def _tax(settlement, group, due):
    block = _sub(settlement, "ram:ApplicableTradeTax")
    _sub(block, "ram:CalculatedAmount", f"{group.tax:.2f}")
    _sub(block, "ram:TypeCode", "VAT")
    if group.reason:
        _sub(block, "ram:ExemptionReason", _line(group.reason))
    _sub(block, "ram:BasisAmount", f"{group.base:.2f}")
    _sub(block, "ram:CategoryCode", group.category)
    if group.reason_code:
        _sub(block, "ram:ExemptionReasonCode", group.reason_code)
    if due:
        _sub(block, "ram:DueDateTypeCode", due)
    _sub(block, "ram:RateApplicablePercent", f"{group.rate:.2f}")


def _terms(settlement, invoice, words):
    if not words and not invoice.due:
        return
    block = _sub(settlement, "ram:SpecifiedTradePaymentTerms")
    if words:
        _sub(block, "ram:Description", words)
    if invoice.due:
        _date(block, "ram:DueDateDateTime", invoice.due)


def _totals(settlement, invoice):
    block = _sub(settlement, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    # no lines to add up, no allowances: the lines make the amount without VAT
    _sub(block, "ram:LineTotalAmount", f"{invoice.untaxed:.2f}")
    _sub(block, "ram:TaxBasisTotalAmount", f"{invoice.untaxed:.2f}")
    tax = _sub(block, "ram:TaxTotalAmount", f"{invoice.tax:.2f}")
    tax.set("currencyID", invoice.currency)
    _sub(block, "ram:GrandTotalAmount", f"{invoice.total:.2f}")
    # what was paid is stated only once it was: nothing yet (FACTURX.md)
    _sub(block, "ram:TotalPrepaidAmount", f"{Decimal(0):.2f}")
    _sub(block, "ram:DuePayableAmount", f"{invoice.total:.2f}")


# -- elements ----------------------------------------------------------------------


def _tag(name):
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _sub(parent, name, text=None, **attributes):
    element = etree.SubElement(parent, _tag(name), attributes)
    element.text = text
    return element


def _date(parent, name, iso, prefix="udt"):
    holder = _sub(parent, name)
    _sub(holder, f"{prefix}:DateTimeString", iso[:10].replace("-", ""), format="102")


def _line(text):
    return clean(text or "", LONGEST_LINE)
