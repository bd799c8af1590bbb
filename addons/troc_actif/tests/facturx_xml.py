"""The smallest Factur-X file that a portal member's software may send (BASIC WL)."""

from decimal import Decimal
from itertools import count
from xml.sax.saxutils import escape

from odoo import fields

_NUMBER = count(1)
_MENTION = "Paiement par compensation en {share}% Actif"
_TEMPLATE = """\
<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice
  xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
  xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
  xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
  <rsm:ExchangedDocumentContext>
    <ram:GuidelineSpecifiedDocumentContextParameter>
      <ram:ID>urn:factur-x.eu:1p0:basicwl</ram:ID>
    </ram:GuidelineSpecifiedDocumentContextParameter>
  </rsm:ExchangedDocumentContext>
  <rsm:ExchangedDocument>
    <ram:ID>{number}</ram:ID>
    <ram:TypeCode>{type_code}</ram:TypeCode>
    <ram:IssueDateTime>
      <udt:DateTimeString format="102">{date}</udt:DateTimeString>
    </ram:IssueDateTime>
  </rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
    <ram:ApplicableHeaderTradeAgreement>
      <ram:SellerTradeParty>
        <ram:Name>{seller}</ram:Name>
        <ram:SpecifiedLegalOrganization>
          <ram:ID schemeID="0002">{seller_siren}</ram:ID>
        </ram:SpecifiedLegalOrganization>
        <ram:PostalTradeAddress><ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress>
      </ram:SellerTradeParty>
      <ram:BuyerTradeParty>
        <ram:Name>{buyer}</ram:Name>
        <ram:SpecifiedLegalOrganization>
          <ram:ID schemeID="0002">{buyer_siren}</ram:ID>
        </ram:SpecifiedLegalOrganization>
        <ram:PostalTradeAddress><ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress>
      </ram:BuyerTradeParty>
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeDelivery/>
    <ram:ApplicableHeaderTradeSettlement>
      <ram:InvoiceCurrencyCode>{currency}</ram:InvoiceCurrencyCode>
      <ram:ApplicableTradeTax>
        <ram:CalculatedAmount>{tax}</ram:CalculatedAmount>
        <ram:TypeCode>VAT</ram:TypeCode>
        <ram:BasisAmount>{untaxed}</ram:BasisAmount>
        <ram:CategoryCode>S</ram:CategoryCode>
        <ram:RateApplicablePercent>20.00</ram:RateApplicablePercent>
      </ram:ApplicableTradeTax>
      <ram:SpecifiedTradePaymentTerms>
        <ram:Description>{mention}</ram:Description>
      </ram:SpecifiedTradePaymentTerms>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
        <ram:LineTotalAmount>{untaxed}</ram:LineTotalAmount>
        <ram:TaxBasisTotalAmount>{untaxed}</ram:TaxBasisTotalAmount>
        <ram:TaxTotalAmount currencyID="{currency}">{tax}</ram:TaxTotalAmount>
        <ram:GrandTotalAmount>{total}</ram:GrandTotalAmount>
        <ram:DuePayableAmount>{total}</ram:DuePayableAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation>{preceding}
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>
"""


def facturx_xml(seller, buyer, amount="1000.00", share=100, **values):
    """Return the bytes of an invoice between two members.

    `amount` is without VAT; VAT is 20 % of it unless `tax` says otherwise.  `share`
    None leaves the mention out.  Other values: number, date, currency, mention,
    type_code, seller_siren, buyer_siren, preceding (the invoice a credit note names).
    """
    untaxed = Decimal(str(amount)).quantize(Decimal("0.01"))
    tax = Decimal(str(values.pop("tax", untaxed / 5))).quantize(Decimal("0.01"))
    mention = _MENTION.format(share=share) if share else "30 jours fin de mois"
    facts = {
        "number": f"F-{next(_NUMBER):05d}",
        "type_code": "380",
        "currency": "EUR",
        "mention": mention,
        "seller": seller.name,
        "buyer": buyer.name,
        "seller_siren": seller.siren,
        "buyer_siren": buyer.siren,
        **values,
        "date": f"{values.get('date') or fields.Date.today():%Y%m%d}",
        "untaxed": untaxed,
        "tax": tax,
        "total": untaxed + tax,
    }
    known = {key: escape(str(value)) for key, value in facts.items()}
    known["preceding"] = _preceding(known.get("preceding"))
    return _TEMPLATE.format(**known).encode()


def _preceding(number):
    if not number:
        return ""
    return (
        "<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>"
        f"{number}</ram:IssuerAssignedID></ram:InvoiceReferencedDocument>"
    )
