"""A member who sells: what his own Odoo needs, and invoices in it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from troc_demo import data
from troc_link.clients.odoo import connect
from troc_link.commands.setup import ensure, refs
from troc_link.ends import Secret

BUYER = "marchetti"
HELLO = {
    "mention": "Paiement par compensation en {share}% Actif",
    "shares": ["100", "50"],
    "share_base": "total",
    "accounts": {"actif": "467800"},
}


def today():
    """Return the day in France, as the books and the network date invoices."""
    return datetime.now(ZoneInfo(data.TIME_ZONE)).date().isoformat()


class Counted:
    """A client that counts its calls, and is the real one in all else."""

    def __init__(self, client):
        self._client, self.calls = client, []

    def __getattr__(self, name):
        return getattr(self._client, name)

    def call(self, model, method, *args, **params):
        self.calls.append((model, method))
        return self._client.call(model, method, *args, **params)


def ready(firm):
    """Set the company up as `troc-link setup` does; give it what its invoices need."""
    admin = connect(replace(firm.end(), login="admin", secret=Secret("admin")))
    ensure(admin, firm.company_id, HELLO)
    (company,) = firm.ask("res.company", "read", [firm.company_id], ["partner_id"])
    values = {
        "acc_number": "FR7630006000011234567890189",
        "partner_id": company["partner_id"][0],
        "allow_out_payment": True,
    }
    firm.bank = firm.ask("res.partner.bank", "create", values)
    firm.product = firm.ask(
        "product.product", "create", {"name": "Table", "type": "consu"}
    )
    firm.refs = refs(connect(firm.end()), firm.company_id)


def sold(firm, share=100, product=False, lines=None, **values):
    """Post an invoice with a payment term of the link; return its id."""
    taxes = [(6, 0, firm.tax("sale"))]
    line = {"name": "Prestation", "price_unit": 1000, "tax_ids": taxes}
    if product:
        line["product_id"] = firm.product
    if share:
        values.setdefault("invoice_payment_term_id", firm.refs.term_ids[str(share)])
    made = [(0, 0, one) for one in lines or [line]]
    return firm.document(
        BUYER, invoice_line_ids=made, partner_bank_id=firm.bank, **values
    )[0]
