"""The document is what was sent: frozen, and with the mention on it."""

import hashlib

from odoo.tests import tagged

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestDocument(TrocCase):
    def setUp(self):
        super().setUp()
        self.needs_printing()

    def print_it(self, invoice):
        """Print an invoice as its accountant does; return the attachment."""
        own = self.by(self.accountant_of(invoice.company_id), invoice)
        own.env["account.move.send"]._generate_and_send_invoices(
            own, sending_methods=["manual"]
        )
        return invoice.sudo().invoice_pdf_report_id

    def test_printing_again_changes_nothing(self):
        invoice = self.invoice(share=50)
        compensation = self.submit(invoice, print_it=True)
        sha, before = compensation.document_sha256, compensation._document_attachment()
        content = before.raw
        self.assertEqual(hashlib.sha256(content).hexdigest(), sha)
        self.validate(compensation)
        # even where the accountant throws the first print away
        invoice.invoice_pdf_report_id.sudo().unlink()
        invoice.invalidate_recordset()
        self.assertNotEqual(self.print_it(invoice).raw, content)
        self.env.invalidate_all()
        self.assertEqual(compensation._document_attachment().raw, content)
        self.assertEqual(compensation.document_sha256, sha)

    def test_a_share_chosen_after_printing_is_on_the_document(self):
        invoice = self.invoice(share=0)
        first = self.print_it(invoice)
        self.by(self.seller_accountant, invoice).actif_share = 50
        invoice.invalidate_recordset()
        self.assertFalse(invoice.invoice_pdf_report_id)
        self.assertTrue(first.exists(), "what was sent once is kept")
        compensation = self.submit(invoice, print_it=True)
        self.assertEqual(
            compensation._document_attachment().raw, invoice.invoice_pdf_report_id.raw
        )
        self.assertNotEqual(compensation._document_attachment().raw, first.raw)
