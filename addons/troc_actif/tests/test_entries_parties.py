"""Hosted or portal, each side: the register always, a book for each hosted side."""

import hashlib

from odoo.tests import tagged

from .common import TrocCase
from .facturx_xml import facturx_xml

SHOP = ("411", "4678", "44571", "44574")
CLIENT = ("401", "4678", "44566", "44564")


@tagged("post_install", "-at_install")
class TestParties(TrocCase):
    def setUp(self):
        super().setUp()
        self.shop = self.seller.company_id
        self.client = self.buyer.company_id

    def reverse(self, compensation):
        self.by(self.animator, compensation).action_reverse("Prestation annulée")
        self.assert_reversed(compensation)
        self.assertEqual(compensation.decision_reason, "Prestation annulée")
        self.assertEqual(compensation.reversed_by_id, self.animator)
        self.assertEqual(self.members.mapped("balance"), [0.0] * 4)

    def test_hosted_to_hosted_and_back(self):
        for tax, share, amount in (
            ("20% S", 100, 1200.0),
            ("20% S", 50, 600.0),
            ("20% G", 50, 600.0),
        ):
            with self.subTest(tax=tax, share=share):
                invoice = self.invoice(share=share, tax=tax)
                shop = self.snapshot(self.shop, *SHOP)
                compensation = self.submit(invoice)
                bill = self.post_bill(compensation.bill_id)
                client = self.snapshot(self.client, *CLIENT)
                self.validate(compensation)
                self.assertNotEqual(self.snapshot(self.shop, *SHOP), shop)
                self.assertNotEqual(self.snapshot(self.client, *CLIENT), client)
                self.assert_table(compensation, amount)
                self.reverse(compensation)
                self.assert_moved(self.shop, shop)
                self.assert_moved(self.client, client)
                for document in invoice, bill:
                    self.assertEqual(document.payment_state, "not_paid")
                    self.assertEqual(document.amount_residual, 1200.0)
                self.assert_invariants()

    def test_reversal_keeps_what_was_paid_in_euros(self):
        compensation = self.validated(share=50)
        self.pay_by_bank(compensation.move_id)
        shop = self.snapshot(self.shop, *SHOP)
        self.reverse(compensation)
        self.assert_moved(
            self.shop, shop, a411=600.0, a4678=-600.0, a44571=100.0, a44574=-100.0
        )
        self.assertEqual(compensation.move_id.amount_residual, 600.0)
        self.assert_invariants()

    def test_reversal_before_the_bill_is_posted(self):
        compensation = self.validated(share=100)
        client = self.snapshot(self.client, *CLIENT)
        self.reverse(compensation)
        self.assert_moved(self.client, client, a401=-1200.0, a4678=1200.0)
        bill = self.post_bill(compensation.bill_id)
        self.assertEqual(bill.payment_state, "not_paid")
        self.assertEqual(bill.amount_residual, 1200.0)
        self.assert_invariants()

    def test_after_a_reversal_the_invoice_can_be_submitted_again(self):
        first = self.validated(share=100)
        self.reverse(first)
        second = self.submit(first.move_id)
        self.assertNotEqual(second, first)
        self.validate(second)
        self.assert_table(second, 1200.0)
        self.assertEqual(first.move_id.payment_state, "paid")
        self.assert_invariants()

    def test_hosted_to_portal(self):
        for share, amount in ((100, 1200.0), (50, 600.0)):
            with self.subTest(share=share):
                invoice = self.invoice(share=share, customer=self.portal)
                shop = self.snapshot(self.shop, *SHOP)
                compensation = self.validate(self.submit(invoice))
                self.assert_table(compensation, amount)
                self.assertFalse(compensation.bill_id)
                self.assertFalse(compensation.buyer_payment_id)
                vat = amount / 6
                self.assert_moved(
                    self.shop,
                    shop,
                    a411=-amount,
                    a4678=amount,
                    a44571=-vat,
                    a44574=vat,
                )
                self.assertEqual(self.portal.balance, -amount)
                self.reverse(compensation)
                self.assert_moved(self.shop, shop)
                self.assert_invariants()

    def test_portal_to_hosted(self):
        for share, amount in ((100, 1200.0), (50, 600.0)):
            with self.subTest(share=share):
                client = self.snapshot(self.client, *CLIENT)
                compensation = self.uploaded(self.portal, self.buyer, share=share)
                self.validate(compensation)
                self.assert_table(compensation, amount)
                self.assertFalse(compensation.seller_payment_id)
                # a draft only: the payment stands on account
                self.assertEqual(compensation.bill_id.state, "draft")
                self.assert_moved(self.client, client, a401=amount, a4678=-amount)
                bill = self.bill(compensation)
                self.assertEqual(bill.amount_residual, 1200.0 - amount)
                self.assert_moved(
                    self.client,
                    client,
                    a401=amount - 1200.0,
                    a4678=-amount,
                    a44564=round(200.0 - amount / 6, 2),
                    a44566=amount / 6,
                )
                self.reverse(compensation)
                self.assertEqual(bill.payment_state, "not_paid")
                self.assert_moved(self.client, client, a401=-1200.0, a44564=200.0)
                self.assert_invariants()

    def test_portal_to_portal(self):
        for share, amount in ((100, 1200.0), (50, 600.0)):
            with self.subTest(share=share):
                compensation = self.uploaded(self.portal, self.portal2, share=share)
                self.validate(compensation)
                self.assert_table(compensation, amount)
                self.assertEqual(len(compensation.entry_ids), 1)
                self.assertEqual(self.portal.balance, amount)
                self.assertEqual(self.portal2.balance, -amount)
                self.reverse(compensation)
                self.assert_invariants()

    def test_a_file_is_kept_byte_for_byte(self):
        content = facturx_xml(self.portal, self.portal2, share=50)
        compensation = self.upload(content, self.portal_user)
        self.assertEqual(compensation.source, "upload")
        self.assertEqual(compensation.invoked_by_id, self.portal_user)
        attachment = compensation.message_main_attachment_id
        self.assertEqual(attachment.raw, content)
        self.assertEqual(
            compensation.document_sha256, hashlib.sha256(content).hexdigest()
        )

    def test_a_file_of_a_hosted_seller_finds_his_invoice(self):
        """His own entry is reconciled with the invoice of the same number and total."""
        invoice = self.invoice(share=50, customer=self.portal)
        content = facturx_xml(self.seller, self.portal, share=50, number=invoice.name)
        compensation = self.upload(content, self.seller_accountant)
        self.assertEqual(compensation.move_id, invoice)
        self.validate(compensation)
        self.assert_table(compensation, 600.0)
        self.assertEqual(invoice.amount_residual, 600.0)
        self.assert_invariants()

    def test_a_file_of_a_hosted_seller_without_invoice_waits(self):
        content = facturx_xml(self.seller, self.portal, number="NULLE-PART-1")
        compensation = self.upload(content, self.animator)
        self.by(self.animator, compensation).action_validate()
        self.assertEqual(compensation.state, "submitted")
        self.assertEqual(compensation.blocked_code, "invoice_unknown")
        self.assertIn("NULLE-PART-1", compensation.blocked_reason)
        self.assert_invariants()

    def test_a_file_whose_buyer_is_not_the_customer_is_not_that_invoice(self):
        invoice = self.invoice(share=50, customer=self.portal)
        content = facturx_xml(self.seller, self.portal2, share=50, number=invoice.name)
        compensation = self.upload(content, self.animator)
        self.assertFalse(compensation.move_id)
        self.assertEqual(compensation.blocked_code, "invoice_unknown")
