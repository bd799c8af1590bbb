"""What makes a CII invoice an Actif invoice, written into the XML that Odoo exports.

Source: FACTURX.md, "Writing", and the Factur-X 1.09 and French reform schematrons. The
input is trusted (our own export); nothing but header elements is touched, and their
order is the schema's.
"""

from dataclasses import dataclass

from lxml import etree

from ..siren import siren_of
from .cii import NAMESPACES

CLEARING, CREDIT_TRANSFER, SEPA_TRANSFER, UNDEFINED = "97", "30", "58", "1"
ON_PAYMENT = "72"  # BT-8, UNTDID 2475: VAT is due when it is paid
SIREN_SCHEME, SIRET_SCHEME, ENDPOINT_SCHEME = "0002", "0009", "0225"

_RAM = f"{{{NAMESPACES['ram']}}}"
_SETTLEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
_PARTY = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement/ram:"

# The order of the schema, where something may have to be put in.
_ORDERS = {
    "ExchangedDocumentContext": (
        "TestIndicator",
        "BusinessProcessSpecifiedDocumentContextParameter",
        "GuidelineSpecifiedDocumentContextParameter",
    ),
    "TradeParty": (
        "ID",
        "GlobalID",
        "Name",
        "RoleCode",
        "Description",
        "SpecifiedLegalOrganization",
        "DefinedTradeContact",
        "PostalTradeAddress",
        "URIUniversalCommunication",
        "SpecifiedTaxRegistration",
    ),
    "SpecifiedTradeSettlementPaymentMeans": (
        "TypeCode",
        "Information",
        "ApplicableTradeSettlementFinancialCard",
        "PayerPartyDebtorFinancialAccount",
        "PayeePartyCreditorFinancialAccount",
        "PayeeSpecifiedCreditorFinancialInstitution",
    ),
    "SpecifiedTradePaymentTerms": ("Description", "DueDateDateTime"),
    "ApplicableHeaderTradeSettlement": (
        "CreditorReferenceID",
        "PaymentReference",
        "TaxCurrencyCode",
        "InvoiceCurrencyCode",
        "InvoiceIssuerReference",
        "InvoicerTradeParty",
        "InvoiceeTradeParty",
        "PayeeTradeParty",
        "TaxApplicableTradeCurrencyExchange",
        "SpecifiedTradeSettlementPaymentMeans",
        "ApplicableTradeTax",
        "BillingSpecifiedPeriod",
        "SpecifiedTradeAllowanceCharge",
        "SpecifiedLogisticsServiceCharge",
        "SpecifiedTradePaymentTerms",
    ),
}


@dataclass(frozen=True)
class ActifTerms:
    """What is to be written.

    `mention` is the network's sentence with the share in it; `whole` tells that nothing
    is left to be paid in euros. `process` is BT-23 (S1, B1 or M1). `vat_on_payment`
    tells that all VAT of the invoice is due when it is paid (BT-8). `notes` are
    (subject code, text) pairs that the reform requires. `seller` and `buyer` are
    numbers of the French register, SIREN or SIRET, empty where unknown.
    """

    mention: str
    whole: bool
    process: str
    vat_on_payment: bool
    notes: tuple[tuple[str, str], ...]
    seller: str
    buyer: str


def write_terms(xml: bytes, terms: ActifTerms) -> bytes:
    """The same invoice, with what the standard and the network want it to say."""
    root = etree.fromstring(xml)
    _process(root, terms)
    _notes(root, terms)
    _name_products(root)
    for role, number in (("Seller", terms.seller), ("Buyer", terms.buyer)):
        _identify(_find(root, f"{_PARTY}{role}TradeParty"), number)
    _drop_delivery_contact(root)
    settlement = _find(root, _SETTLEMENT)
    _means(settlement, terms)
    _payment_terms(settlement, terms)
    _vat_due(settlement, terms)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def business_process(scopes: set[str]) -> str:
    """BT-23 for the natures sold: "goods", "services" or both ("S1", "B1", "M1")."""
    if scopes == {"goods"}:
        return "B1"
    return "S1" if scopes == {"services"} else "M1"


# --- the document ------------------------------------------------------------------


def _process(root: etree._Element, terms: ActifTerms) -> None:
    context = _find(root, "rsm:ExchangedDocumentContext")
    name = "BusinessProcessSpecifiedDocumentContextParameter"
    parameter = _child(context, name, _ORDERS["ExchangedDocumentContext"])
    _set(parameter, "ID", terms.process, ("ID",))


def _notes(root: etree._Element, terms: ActifTerms) -> None:
    document = _find(root, "rsm:ExchangedDocument")
    stated = {
        note.findtext("ram:SubjectCode", "", NAMESPACES)
        for note in document.iterfind("ram:IncludedNote", NAMESPACES)
    }
    for subject, text in (*terms.notes, ("PAI", terms.mention)):
        if subject not in stated:
            note = etree.SubElement(document, f"{_RAM}IncludedNote")
            etree.SubElement(note, f"{_RAM}Content").text = text
            etree.SubElement(note, f"{_RAM}SubjectCode").text = subject


def _name_products(root: etree._Element) -> None:
    """Name (BT-153, required) lines that Odoo, without a product, only describes."""
    for product in root.iterfind(".//ram:SpecifiedTradeProduct", NAMESPACES):
        stated = product.find("ram:Description", NAMESPACES)
        if stated is not None and product.find("ram:Name", NAMESPACES) is None:
            stated.tag = f"{_RAM}Name"


# --- the parties -------------------------------------------------------------------


def _identify(party: etree._Element, number: str) -> None:
    """SIREN as the legal identifier (BT-30, BT-47), SIRET beside it, and an address.

    Odoo writes whatever the register number field holds, a SIRET as often as not.
    """
    siren = siren_of(number)
    if siren is None:
        return
    order = _ORDERS["TradeParty"]
    digits = "".join(filter(str.isdigit, number))
    if len(digits) == 14:
        _scheme(_child(party, "GlobalID", order), digits, SIRET_SCHEME)
    legal = _child(party, "SpecifiedLegalOrganization", order)
    _scheme(_child(legal, "ID", ("ID",)), siren, SIREN_SCHEME)
    if party.find("ram:URIUniversalCommunication", NAMESPACES) is None:
        address = _child(party, "URIUniversalCommunication", order)
        _scheme(_child(address, "URIID", ("URIID",)), siren, ENDPOINT_SCHEME)


def _drop_delivery_contact(root: etree._Element) -> None:
    """No contact at the delivery address: CII-SR-312."""
    party = root.find(".//ram:ShipToTradeParty", NAMESPACES)
    if party is not None:
        for contact in party.findall("ram:DefinedTradeContact", NAMESPACES):
            party.remove(contact)


def _scheme(element: etree._Element, text: str, scheme: str) -> None:
    element.text = text
    element.set("schemeID", scheme)


# --- payment -----------------------------------------------------------------------


def _means(settlement: etree._Element, terms: ActifTerms) -> None:
    """One block only: two of different codes break CII-SR-467 and 468."""
    tag = "ram:SpecifiedTradeSettlementPaymentMeans"
    for other in settlement.findall(tag, NAMESPACES)[1:]:
        settlement.remove(other)
    order = _ORDERS["ApplicableHeaderTradeSettlement"]
    means = _child(settlement, tag.partition(":")[2], order)
    order = _ORDERS["SpecifiedTradeSettlementPaymentMeans"]
    if terms.whole:
        # nothing is to be transferred: an IBAN would invite to
        for child in list(means):
            means.remove(child)
    _set(means, "TypeCode", _means_code(means, terms), order)
    _set(means, "Information", terms.mention, order)


def _means_code(means: etree._Element, terms: ActifTerms) -> str:
    if terms.whole:
        return CLEARING
    account = "ram:PayeePartyCreditorFinancialAccount/ram:"
    if means.findtext(f"{account}IBANID", "", NAMESPACES):
        return SEPA_TRANSFER
    if means.findtext(f"{account}ProprietaryID", "", NAMESPACES):
        return CREDIT_TRANSFER
    return UNDEFINED


def _payment_terms(settlement: etree._Element, terms: ActifTerms) -> None:
    order = _ORDERS["ApplicableHeaderTradeSettlement"]
    block = _child(settlement, "SpecifiedTradePaymentTerms", order)
    stated = block.findtext("ram:Description", "", NAMESPACES).strip()
    text = f"{terms.mention}. {stated}" if stated else terms.mention
    _set(block, "Description", text, _ORDERS["SpecifiedTradePaymentTerms"])


def _vat_due(settlement: etree._Element, terms: ActifTerms) -> None:
    if terms.vat_on_payment:
        for tax in settlement.iterfind("ram:ApplicableTradeTax", NAMESPACES):
            for code in tax.iterfind("ram:DueDateTypeCode", NAMESPACES):
                code.text = ON_PAYMENT


# --- elements in the order of the schema -------------------------------------------


def _find(root: etree._Element, path: str) -> etree._Element:
    found = root.find(path, NAMESPACES)
    if found is None:
        raise ValueError(f"the exported invoice has no {path}")
    return found


def _child(parent: etree._Element, name: str, order: tuple) -> etree._Element:
    """The child of that name, put in where the schema wants it if it is missing."""
    found = parent.find(f"ram:{name}", NAMESPACES)
    if found is None:
        found = etree.Element(f"{_RAM}{name}")
        before = {f"{_RAM}{other}" for other in order[: order.index(name)]}
        position = sum(child.tag in before for child in parent)
        parent.insert(position, found)
    return found


def _set(parent: etree._Element, name: str, text: str, order: tuple) -> None:
    _child(parent, name, order).text = text
