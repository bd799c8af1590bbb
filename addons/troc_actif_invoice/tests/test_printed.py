"""What is printed of an invoice with an Actif share, and its Factur-X, read back."""

from odoo.tests import tagged
from odoo.tools import config

from ..lib.actif_rules.facturx.extract import extract, page_text
from ..lib.actif_rules.facturx.reader import read_xml
from .common import InvoiceCase


@tagged("post_install", "-at_install")
class TestPrinted(InvoiceCase):
    def setUp(self):
        super().setUp()
        self.needs_printing()
        # under test Odoo leaves the XML out of the PDF
        self.addCleanup(config.__setitem__, "test_enable", config["test_enable"])
        config["test_enable"] = False

    def sent(self, share):
        """Return (invoice, the bytes of its PDF), as its accountant sends it."""
        bank = self.company.partner_id.bank_ids[:1]
        invoice = self.invoice(share, partner_bank_id=bank.id)
        # Odoo prints nothing in tests, unless it is told to
        invoice = invoice.with_context(force_report_rendering=True)
        own = self.by(self.accountant, invoice)
        own = own.with_context(force_report_rendering=True)
        own.env["account.move.send"]._generate_and_send_invoices(
            own, sending_methods=["manual"]
        )
        return invoice, invoice.sudo().invoice_pdf_report_id.raw

    def test_half_in_actifs(self):
        invoice, pdf = self.sent(50)
        text = " ".join(page_text(pdf).split())
        self.assertIn("Paiement par compensation en 50% Actif", text)
        self.assertRegex(text, r"600[.,]00 Actifs")
        self.assertRegex(text, r"600[.,]00 ?€|€ ?600[.,]00")
        for _code, note in self.company._troc_invoice_notes():
            self.assertIn(note.split(":")[0].strip(), text)
        parsed = read_xml(extract(pdf).xml)
        self.assertEqual(parsed.number, invoice.name)
        self.assertEqual(parsed.actif_claim.share, 50)
        self.assertEqual(parsed.actif_claim.places, ("BT-20", "BT-82", "PAI"))

    def test_all_in_actifs(self):
        _invoice, pdf = self.sent(100)
        text = " ".join(page_text(pdf).split())
        self.assertIn("Paiement par compensation en 100% Actif", text)
        self.assertNotIn("IBAN", text)
        self.assertEqual(read_xml(extract(pdf).xml).actif_claim.share, 100)

    def test_without_a_share_it_is_odoos(self):
        _invoice, pdf = self.sent(0)
        self.assertNotIn("Actif", page_text(pdf))

    def test_a_share_chosen_after_printing_is_on_the_document(self):
        invoice, first = self.sent(0)
        self.by(self.accountant, invoice).actif_share = 50
        invoice.invalidate_recordset()
        self.assertFalse(invoice.invoice_pdf_report_id)
        _name, content = invoice._troc_document()
        self.assertNotEqual(content, first)
        self.assertIn("50% Actif", " ".join(page_text(content).split()))
