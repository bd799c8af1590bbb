"""Invoices as the link reads them, for its tests."""

from decimal import Decimal

from hypothesis import strategies as st

from troc_link.invoices.invoice import Invoice, Party
from troc_link.invoices.tax import EXEMPT, STANDARD, TaxGroup

SELLER = Party(
    *(1, "Boulangerie Durand", "732829320", "73282932000074", "FR44732829320"),
    *("1 rue de la Roquette", "", "75011", "Paris", "FR"),
)
BUYER = Party(
    *(2, "Atelier Martin", "404833048", None, "FR83404833048"),
    *("2 rue de Paris", "Bâtiment B", "93100", "Montreuil", "FR"),
)
RATES = [Decimal(rate) for rate in ("20", "10", "5.5", "2.1", "8.5", "0")]
CENT = Decimal("0.01")


def group(base, rate):
    """Return a group of a rate, its VAT rounded as Odoo does."""
    base, rate = Decimal(base), Decimal(rate)
    tax = (base * rate / 100).quantize(CENT)
    if rate:
        return TaxGroup(rate, STANDARD, base, tax, due="5")
    return TaxGroup(rate, EXEMPT, base, tax, reason="Exonéré de TVA")


def invoice(groups=None, **changes):
    """Return an invoice of these groups: 1,000.00 and 200.00 of VAT, if not said."""
    groups = tuple(groups or (group("1000.00", 20),))
    untaxed = sum(g.base for g in groups)
    tax = sum(g.tax for g in groups)
    values = {
        "id": 7,
        "number": "FAC/2026/00007",
        "kind": "invoice",
        "date": "2026-11-25",
        "due": "2026-12-25",
        "currency": "EUR",
        "seller": SELLER,
        "buyer": BUYER,
        "untaxed": untaxed,
        "tax": tax,
        "total": untaxed + tax,
        "share": Decimal(100),
        "groups": groups,
        "iban": "FR7630006000011234567890189",
    }
    return Invoice(**values | changes)


amounts = st.decimals("0.01", "999999.99", places=2)
all_groups = st.lists(
    st.tuples(amounts, st.sampled_from(RATES)),
    min_size=1,
    max_size=6,
    unique_by=lambda pair: pair[1],
).map(lambda pairs: tuple(group(*pair) for pair in pairs))
