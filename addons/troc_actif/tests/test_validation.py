"""The table of ACCOUNTING.md, entry by entry, as an accountant would read it."""

from odoo.tests import tagged

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestHostedToHosted(TrocCase):
    def test_100_percent_of_services(self):
        compensation = self.validated(amount=1000.0, share=100)
        seller, buyer = self.seller.partner_id.name, self.buyer.partner_id.name
        self.assertEqual(
            self.entry(compensation.seller_payment_id.move_id),
            [("467800", buyer, 1200.0, 0.0), ("411100", buyer, 0.0, 1200.0)],
        )
        self.assertEqual(
            self.entry(compensation.buyer_payment_id.move_id),
            [("401100", seller, 1200.0, 0.0), ("467800", seller, 0.0, 1200.0)],
        )
        self.assertEqual(
            self.entry(compensation.register_move_id),
            [("808000", seller, 1200.0, 0.0), ("808000", buyer, 0.0, 1200.0)],
        )
        self.assertEqual(compensation.move_id.payment_state, "paid")
        self.assertEqual(self.seller.balance, 1200.0)
        self.assertEqual(self.buyer.balance, -1200.0)
        self.assert_invariants()

    def test_50_percent_makes_half_of_the_vat_due(self):
        due = self.vat_due(self.seller.company_id)
        compensation = self.validated(amount=1000.0, share=50)
        self.assertEqual(compensation.actif_amount, 600.0)
        self.assertEqual(compensation.cash_amount, 600.0)
        self.assertEqual(compensation.move_id.payment_state, "partial")
        self.assertEqual(compensation.move_id.amount_residual, 600.0)
        self.assertEqual(self.vat_due(self.seller.company_id) - due, 100.0)
        self.assert_invariants()

    def test_reversal_opens_the_invoice_again(self):
        due = self.vat_due(self.seller.company_id)
        compensation = self.validated(amount=1000.0, share=50)
        self.by(self.animator, compensation).action_reverse("Erreur de montant")
        self.assertEqual(compensation.state, "reversed")
        self.assertEqual(compensation.move_id.payment_state, "not_paid")
        self.assertEqual(self.vat_due(self.seller.company_id), due)
        self.assertEqual(compensation.seller_payment_id.state, "reversed")
        self.assertEqual((self.seller + self.buyer).mapped("balance"), [0.0, 0.0])
        self.assert_invariants()

    def test_bill_posted_after_validation_is_reconciled_by_itself(self):
        compensation = self.validated(amount=1000.0, share=100)
        bill = compensation.bill_id
        self.assertEqual(bill.state, "draft")
        self.assertEqual(bill.amount_total, 1200.0)
        bill.with_user(self.buyer_accountant).with_context(
            allowed_company_ids=bill.company_id.ids
        ).action_post()
        self.assertEqual(bill.payment_state, "paid")
        self.assert_invariants()
