"""The file of each invoice of a member's own Odoo: attached, made by it, or built."""

import base64
from decimal import Decimal

import pytest
from link_seller import HELLO, Counted, ready, sold, today
from link_world import Firm

from actif_rules.facturx.reader import read_document
from troc_dev.needs import server as servers
from troc_link.clients.odoo import connect
from troc_link.invoices import candidates
from troc_link.invoices.documents import Documents
from troc_link.invoices.invoice import Invoices

MADE = 6  # Odoo prints each


@pytest.fixture(scope="module")
def firm(databases):
    """The seller's own Odoo, ready, with a bank account and a product."""
    with databases.scratch("documents", databases.with_companies) as db:
        with servers.serving(databases, db) as odoo:
            made = Firm(databases, odoo, "palissandre")
            ready(made)
            yield made


def gotten(firm, ids, dry_run=False, client=None, **hello):
    """Return {id: Document} of these invoices, as the accountant."""
    client = client or connect(firm.end())
    terms = candidates.terms(client, firm.refs)
    reader = Invoices(client, firm.company_id, terms)
    documents = Documents(client, reader, {**HELLO, **hello}, dry_run)
    return {one.invoice.id: one for one in documents.of(reader.read(ids))}


def attachments(firm, move):
    domain = [("res_model", "=", "account.move"), ("res_id", "=", move)]
    return firm.ask(
        "ir.attachment", "search_read", [*domain, ("res_field", "!=", "x")], ["name"]
    )


def test_a_line_without_product_is_built_into_the_pdf_of_odoo(firm, printer):
    """Odoo 19 describes such a line without naming it: its XML is refused."""
    move = sold(firm, share=50)
    document = gotten(firm, [move])[move]
    assert (document.source, document.trouble) == ("built", "")
    assert document.content.startswith(b"%PDF")
    parsed = read_document(document.content)
    assert parsed.profile == "BASICWL"
    assert parsed.actif_claim.share == 50
    assert parsed.total == Decimal("1200.00")
    assert [means.code for means in parsed.payment_means] == ["58"]


def test_odoo_makes_it_and_then_it_is_there(firm, printer):
    move = sold(firm, share=50, product=True)
    made = gotten(firm, [move])[move]
    assert (made.source, made.trouble) == ("odoo", "")
    assert read_document(made.content).profile != "BASICWL"
    again = gotten(firm, [move])[move]
    assert again.source == "attached"
    assert again.content == made.content


def test_a_dry_run_makes_nothing(firm):
    move = sold(firm, product=True)
    document = gotten(firm, [move], dry_run=True)[move]
    assert (document.source, document.content) == ("odoo", b"")
    assert not attachments(firm, move)


def test_a_file_of_another_invoice_is_not_taken(firm):
    first, second = sold(firm, share=50, product=True), sold(firm, share=50)
    other = gotten(firm, [first])[first]
    values = {
        "name": other.name,
        "datas": base64.b64encode(other.content).decode(),
        "res_model": "account.move",
        "res_id": second,
        "mimetype": "application/pdf",
    }
    firm.ask("ir.attachment", "create", values)
    document = gotten(firm, [second])[second]
    assert document.source == "built"
    assert read_document(document.content).number == document.invoice.number


def test_several_rates_and_none_at_all(firm):
    names = {20: "Normal", 5.5: "Réduit", 0: "Exonéré"}
    taxes = {
        rate: firm.ask(
            "account.tax",
            "create",
            {"name": name, "amount": rate, "type_tax_use": "sale"},
        )
        for rate, name in names.items()
    }
    rates = {rate: [tax] for rate, tax in taxes.items()}
    lines = [
        {
            "name": "A",
            "price_unit": 33.33,
            "quantity": 3,
            "tax_ids": [(6, 0, rates[20])],
        },
        {"name": "B", "price_unit": 10.05, "tax_ids": [(6, 0, rates[5.5])]},
        {"name": "C", "price_unit": 7, "tax_ids": [(6, 0, rates[0])]},
        {"name": "Remise", "price_unit": -5, "tax_ids": [(6, 0, rates[20])]},
        {"name": "D", "price_unit": 1, "tax_ids": [(5,)]},
    ]
    move = sold(firm, lines=lines)
    document = gotten(firm, [move])[move]
    assert (document.source, document.trouble) == ("built", "")
    parsed = read_document(document.content)
    assert parsed.total == document.invoice.total
    groups = [(g.rate, g.base) for g in parsed.vat]
    assert groups[:2] == [(20, Decimal("94.99")), (Decimal("5.5"), Decimal("10.05"))]
    assert sum(base for rate, base in groups if not rate) == 8


def test_a_tax_that_is_no_rate_is_told(firm):
    fixed = firm.ask(
        "account.tax",
        "create",
        {"name": "Éco", "amount_type": "fixed", "amount": 2, "type_tax_use": "sale"},
    )
    taxes = [*firm.tax("sale"), fixed]
    lines = [{"name": "A", "price_unit": 10, "tax_ids": [(6, 0, taxes)]}]
    move = sold(firm, lines=lines)
    document = gotten(firm, [move])[move]
    assert "Éco" in document.trouble
    assert document.way_out


def test_a_mention_in_the_terms_is_a_share(firm):
    said = "<p>Merci.<br/>Paiement par compensation en 50% Actif</p>"
    move = sold(firm, share=None, product=True, narration=said)
    document = gotten(firm, [move])[move]
    assert document.invoice.share == 50
    # Odoo's own has it in a note of no subject, where it is no claim
    assert document.source == "built"
    assert read_document(document.content).actif_claim.share == 50


def test_two_shares_are_left_to_a_person(firm):
    said = "<p>Paiement en 50% Actif</p><p>Paiement en 100% Actif</p>"
    move = sold(firm, share=None, narration=said)
    document = gotten(firm, [move])[move]
    assert "une seule part" in document.trouble


@pytest.mark.parametrize("country", ["base.fr", "base.be"])
def test_a_customer_without_siren_is_told(firm, country):
    partner = firm.ask(
        "res.partner", "create", {"name": "Sans", "country_id": firm._id(country)}
    )
    move = sold(firm, partner_id=partner)
    document = gotten(firm, [move])[move]
    assert document.trouble.startswith(document.invoice.number)
    assert "Sans" in document.trouble
    assert ("étranger" in document.way_out) == (country == "base.be")


def test_a_credit_note_names_what_it_takes_back(firm):
    move = sold(firm, product=True)
    context = {"active_model": "account.move", "active_ids": [move]}
    (told,) = firm.ask("account.move", "read", [move], ["journal_id", "name"])
    wizard = firm.ask(
        "account.move.reversal",
        "create",
        {"journal_id": told["journal_id"][0]},
        context=context,
    )
    firm.ask("account.move.reversal", "reverse_moves", [wizard], context=context)
    note = firm.ask("account.move", "search", [("reversed_entry_id", "=", move)])
    firm.ask("account.move", "action_post", note)
    client = connect(firm.end())
    terms = candidates.terms(client, firm.refs)
    assert note[0] in candidates.find(client, firm.company_id, today(), terms)
    document = gotten(firm, note)[note[0]]
    assert document.trouble == ""
    parsed = read_document(document.content)
    assert (parsed.type_code, parsed.preceding) == ("381", (told["name"],))


def test_many_cost_few_calls(firm, printer):
    """Attached ones: a handful of calls a page; made ones: one more each."""
    moves = [sold(firm, share=50, product=True) for _ in range(MADE)]
    client = Counted(connect(firm.end()))
    made = gotten(firm, moves, client=client)
    assert {one.source for one in made.values()} == {"odoo"}
    assert len(client.calls) <= MADE + 20
    client.calls.clear()
    again = gotten(firm, moves, client=client)
    assert {one.source for one in again.values()} == {"attached"}
    assert len(client.calls) <= 15
