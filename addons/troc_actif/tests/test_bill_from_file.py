"""The draft bill of a hosted buyer, from the file of a seller elsewhere."""

from odoo.tests import tagged

from .common import TrocCase
from .facturx_xml import facturx_xml

IBAN = "FR7630006000011234567890189"


@tagged("post_install", "-at_install")
class TestBillFromFile(TrocCase):
    def file_with_lines(self, lines, share=50):
        """Return the XML of an invoice that Odoo wrote, as if the portal member had."""
        company = self.seller.company_id
        bank = self.env["res.partner.bank"].create(
            {
                "acc_number": IBAN,
                "partner_id": company.partner_id.id,
                "allow_out_payment": True,
            }
        )
        invoice = self.invoice(share=share, lines=lines, post=False)
        self.seller.partner_id.write({"company_registry": self.seller.siren})
        self.buyer.partner_id.write({"company_registry": self.buyer.siren})
        invoice.partner_bank_id = bank
        invoice.action_post()
        xml, _errors = self.env["account.edi.xml.cii"]._export_invoice(invoice)
        bank.active = False
        text = xml.decode()
        text = text.replace(self.seller.siren, self.portal.siren)
        return text.replace(self.seller.name, self.portal.name).encode()

    def test_its_lines_are_those_of_the_file(self):
        xml = self.file_with_lines([(600, "20% S"), (400, "10% S")])
        partners = self.env["res.partner"].search_count([])
        banks = self.env["res.partner.bank"].search_count([])
        compensation = self.upload(xml, self.portal_user)
        bill = compensation.bill_id
        self.assertEqual((bill.state, bill.move_type), ("draft", "in_invoice"))
        self.assertEqual(bill.partner_id, self.portal.partner_id)
        self.assertEqual(bill.ref, compensation.document_number)
        self.assertEqual(bill.invoice_line_ids.mapped("price_unit"), [600.0, 400.0])
        self.assertEqual(bill.amount_total, compensation.total_amount)
        self.assertEqual(bill.amount_tax, 160.0)
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        self.assertEqual(self.env["res.partner.bank"].search_count([]), banks)
        self.assertFalse(bill.partner_bank_id)

    def test_its_words_are_read_in_the_encoding_of_the_file(self):
        text = self.file_with_lines([(600, "20% S")]).decode()
        self.assertIn("encoding='UTF-8'", text)
        text = text.replace("UTF-8", "windows-1252").replace("Ligne 1", "Été")
        compensation = self.upload(text.encode("cp1252"), self.portal_user)
        self.assertEqual(compensation.bill_id.invoice_line_ids.name, "Été")

    def test_then_it_is_reconciled_as_any_other(self):
        xml = self.file_with_lines([(1000, "20% S")])
        compensation = self.validate(self.upload(xml, self.portal_user))
        bill = self.post_bill(compensation.bill_id)
        self.assertEqual(bill.amount_residual, 600.0)
        self.assert_invariants()

    def test_stated_amounts_where_lines_do_not_come_out(self):
        xml = self.file_with_lines([(1000, "20% S")]).decode()
        # a line that is not that of the totals: Odoo would trust the line
        broken = xml.replace(
            ">1000.00</ram:ChargeAmount>", ">990.00</ram:ChargeAmount>"
        ).replace(">1000.00</ram:LineTotal", ">990.00</ram:LineTotal", 1)
        self.assertNotEqual(broken, xml)
        bill = self.upload(broken.encode(), self.portal_user).bill_id
        self.assertEqual((bill.amount_untaxed, bill.amount_total), (1000.0, 1200.0))
        self.assertEqual(len(bill.invoice_line_ids), 1)
        self.assertIn("stated amounts", str(bill.message_ids.mapped("body")).lower())

    def test_stated_amounts_where_the_file_has_no_lines(self):
        compensation = self.uploaded(self.portal, self.buyer, 250)
        bill = compensation.bill_id
        self.assertEqual((bill.amount_untaxed, bill.amount_total), (250.0, 300.0))
        self.assertEqual(bill.invoice_line_ids.name, compensation.document_number)

    def test_a_single_line_where_the_tax_itself_is_rounded_otherwise(self):
        content = facturx_xml(self.portal, self.buyer, "100.01", tax="20.01")
        bill = self.upload(content, self.portal_user).bill_id
        self.assertEqual(bill.amount_total, 120.02)

    def test_the_bill_is_the_buyers_own(self):
        bill = self.uploaded(self.portal, self.buyer).bill_id
        own = self.by(self.buyer_accountant, bill)
        own.invoice_line_ids.name = "Traiteur"
        own.action_post()
        self.assertEqual(bill.state, "posted")
        self.assertFalse(self.by(self.seller_accountant, bill).has_access("read"))
