"""The payment method Actif: what was received and what was spent, by hand."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import InvoiceCase


@tagged("post_install", "-at_install")
class TestPayments(InvoiceCase):
    def pay(self, move, amount):
        """Let the accountant register what was paid of a document in Actifs."""
        journal = self.company.troc_journal_id
        wizard = self.register_payment(
            self.accountant, move, journal_id=journal.id, amount=amount
        )
        self.assertEqual(wizard.payment_method_line_id.code, "actif")
        wizard.action_create_payments()
        payment = move.matched_payment_ids
        self.assertEqual(payment.journal_id, journal)
        return payment

    def test_the_whole_of_an_invoice(self):
        invoice = self.invoice(100)
        payment = self.pay(invoice, 1200)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(
            self.entry(payment.move_id), [("467800", 1200, 0), ("411100", 0, 1200)]
        )
        self.assertTrue(payment.move_id.inalterable_hash)

    def test_half_of_an_invoice_and_the_rest_by_bank(self):
        invoice = self.invoice(50)
        self.pay(invoice, invoice.actif_amount)
        self.assertEqual(invoice.payment_state, "partial")
        self.assertEqual(invoice.amount_residual, invoice.cash_amount)
        wizard = self.register_payment(self.accountant, invoice)
        self.assertFalse(wizard.journal_id.troc_role, "the bank is proposed")
        self.assertEqual(wizard.amount, 600)
        wizard.action_create_payments()
        self.assertEqual(invoice.amount_residual, 0)

    def test_a_bill(self):
        bill = self.written(
            self.company, self.customer, [(100, "20% S")], use="purchase"
        )
        payment = self.pay(bill, 120)
        self.assertEqual(bill.payment_state, "paid")
        self.assertEqual(
            self.entry(payment.move_id), [("401100", 120, 0), ("467800", 0, 120)]
        )

    def test_an_invoice_of_100_percent_proposes_it(self):
        wizard = self.register_payment(self.accountant, self.invoice(100))
        self.assertEqual(wizard.journal_id, self.company.troc_journal_id)
        self.assertEqual(wizard.payment_method_line_id.code, "actif")

    def test_a_wrong_one_is_reversed_never_changed(self):
        invoice = self.invoice(100)
        payment = self.pay(invoice, 1200)
        with self.assertRaises(UserError):
            self.by(self.accountant, payment).action_draft()
        self.by(self.accountant, payment.move_id)._reverse_moves(cancel=True)
        self.assertEqual(invoice.payment_state, "not_paid")
        self.assertEqual(invoice.amount_residual, 1200)
