"""The smallest Factur-X file that a portal member's software may send (BASIC WL)."""

from decimal import Decimal
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape

from odoo import fields

_NUMBER = count(1)
_MENTION = "Paiement par compensation en {share}% Actif"
_TEMPLATE = Path(__file__).with_name("basic_wl.xml").read_text()


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
