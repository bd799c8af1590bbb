"""What an invoice of the member's Odoo says of its share."""

from decimal import Decimal

import pytest

from troc_link.invoices.invoice import plain, said_share, share_of

TERMS = {4: Decimal(50)}


def move(**values):
    return {"invoice_payment_term_id": False, "narration": False, **values}


@pytest.mark.parametrize(
    ("values", "share"),
    [
        ({}, None),
        ({"actif_share": 33.33, "invoice_payment_term_id": [4, "x"]}, "33.33"),
        ({"actif_share": 0.0, "invoice_payment_term_id": [4, "x"]}, "50"),
        ({"invoice_payment_term_id": [5, "30 jours"]}, None),
        ({"narration": "<p>Paiement par compensation en 100% Actif</p>"}, "100"),
        ({"narration": "<p>Charbon actif</p>"}, None),
        ({"narration": "<p>50% Actif</p><p>ou 100% Actif</p>"}, None),
    ],
)
def test_share(values, share):
    assert share_of(move(**values), TERMS) == (share and Decimal(share))


def test_text_of_html():
    assert plain("<div>A &amp; B</div><ul><li>C</li></ul>") == "A & B\nC"
    assert plain(False) == ""


def test_one_share_alone_is_sure():
    assert said_share("50% Actif\n50 % en Actifs") == 50
    assert said_share("") is None
