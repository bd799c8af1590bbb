"""Bills that come early or late, and periods that are closed."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import TrocCase
from .facturx_xml import facturx_xml


@tagged("post_install", "-at_install")
class TestBills(TrocCase):
    def setUp(self):
        super().setUp()
        self.client = self.buyer.company_id

    def assert_settled(self, compensation, bill, residual=0.0):
        self.assertEqual(compensation.bill_id, bill)
        self.assertEqual(bill.amount_residual, residual)
        self.assertEqual(bill.reconciled_payment_ids, compensation.buyer_payment_id)
        self.assert_invariants()

    def test_a_draft_bill_is_prepared_for_a_hosted_buyer(self):
        lines = [(1000, "20% S"), (500, "20% G")]
        compensation = self.submitted(lines=lines, share=50)
        bill = compensation.bill_id
        self.assertEqual(bill.state, "draft")
        self.assertEqual(bill.company_id, self.client)
        self.assertEqual(bill.partner_id, self.seller.partner_id)
        self.assertEqual(bill.ref, compensation.document_number)
        self.assertEqual(bill.amount_total, 1800.0)
        self.assertEqual(
            bill.invoice_line_ids.tax_ids.mapped("tax_exigibility"),
            ["on_payment", "on_invoice"],
        )
        self.assertEqual(set(bill.invoice_line_ids.tax_ids.company_id), {self.client})

    def test_draft_bill_posted_before_validation(self):
        compensation = self.submitted(share=50)
        bill = self.post_bill(compensation.bill_id)
        self.assert_settled(self.validate(compensation), bill, 600.0)

    def test_draft_bill_posted_after_validation(self):
        compensation = self.validated(share=50)
        self.assertEqual(compensation.buyer_payment_id.state, "in_process")
        bill = self.post_bill(compensation.bill_id)
        self.assert_settled(compensation, bill, 600.0)
        self.assertEqual(compensation.buyer_payment_id.state, "paid")

    def test_a_bill_that_the_buyer_had_entered_himself(self):
        """In lower case, and before the seller submitted: no second bill is made."""
        invoice = self.invoice(share=100)
        bill = self.bill_of(self.seller, self.client, invoice.name.lower(), 1000.0)
        compensation = self.submit(invoice)
        self.assertEqual(compensation.bill_id, bill)
        self.assert_settled(self.validate(compensation), bill)

    def test_bill_of_a_portal_seller_entered_before_the_file_came(self):
        content = facturx_xml(self.portal, self.buyer, number="P-0001")
        bill = self.bill_of(self.portal, self.client, "P-0001", 1000.0)
        compensation = self.upload(content, self.portal_user)
        self.assert_settled(self.validate(compensation), bill)

    def test_bill_of_a_portal_seller_entered_before_validation(self):
        compensation = self.uploaded(self.portal, self.buyer, share=50)
        bill = self.bill(compensation)
        self.assert_settled(self.validate(compensation), bill, 600.0)

    def test_bill_of_a_portal_seller_entered_after_validation(self):
        compensation = self.validate(self.uploaded(self.portal, self.buyer, share=50))
        bill = self.bill(compensation)
        self.assert_settled(compensation, bill, 600.0)

    def test_another_bill_is_left_alone(self):
        """Another number, another supplier, wildcards: nothing is reconciled."""
        compensation = self.validate(
            self.uploaded(self.portal, self.buyer, number="P_1")
        )
        for member, number in (
            (self.portal, "P_2"),
            (self.portal, "P%"),
            (self.portal, "PX1"),
            (self.portal, False),
            (self.portal2, "P_1"),
        ):
            bill = self.bill_of(member, self.client, number, 1000.0)
            self.assertEqual(bill.payment_state, "not_paid", number)
        self.assertEqual(compensation.bill_id.state, "draft")
        bill = self.bill_of(self.portal, self.client, "p_1", 1000.0)
        self.assert_settled(compensation, bill)

    def test_a_bill_corrected_after_validation_is_reconciled_again(self):
        compensation = self.validated(share=100)
        bill = self.post_bill(compensation.bill_id)
        own = self.by(self.buyer_accountant, bill)
        own.button_draft()
        own.invoice_line_ids.price_unit = 2000.0
        own.action_post()
        self.assertEqual(bill.amount_total, 2400.0)
        self.assert_settled(compensation, bill, 1200.0)

    def test_the_buyers_own_bill_takes_the_place_of_the_draft(self):
        """Left as a draft, cancelled or deleted: the bill that he posts is paid."""
        for number, leave in enumerate((None, "button_cancel", "unlink")):
            for early in (True, False):
                with self.subTest(leave, early=early):
                    compensation = self.submitted(amount=100 + number)
                    draft = self.by(self.buyer_accountant, compensation.bill_id)
                    if leave:
                        getattr(draft, leave)()
                    if not early:
                        self.validate(compensation)
                    bill = self.bill(compensation)
                    if early:
                        self.validate(compensation)
                    self.assert_settled(compensation, bill)

    def test_numbers_begin_anew_each_year(self):
        """Last year's bill F-1, paid, is not the one of this year's invoice F-1."""
        year_ago = fields.Date.today() - timedelta(days=366)
        old = self.bill_of(self.portal, self.client, "F-1", 50.0, date=year_ago)
        compensation = self.uploaded(self.portal, self.buyer, number="F-1")
        self.assertNotEqual(compensation.bill_id, old)
        self.validate(compensation)
        late = self.bill_of(self.portal, self.client, "f-1", 60.0, date=year_ago)
        self.assertEqual((old + late).mapped("payment_state"), ["not_paid"] * 2)
        bill = self.bill_of(self.portal, self.client, "F-1", 1000.0)
        self.assert_settled(compensation, bill)

    def test_a_bill_paid_in_euros_blocks(self):
        compensation = self.submitted(share=100)
        bill = self.post_bill(compensation.bill_id)
        self.pay_by_bank(bill, bill.amount_residual)
        self.by(self.animator, compensation).action_validate()
        self.assertEqual(compensation.blocked_code, "bill_paid")
        self.assertIn(bill.name, compensation.blocked_reason)
        self.assert_invariants()


@tagged("post_install", "-at_install")
class TestLockedPeriod(TrocCase):
    def assert_waits_for(self, company, field, compensation):
        today = fields.Date.today()
        company[field] = today
        self.by(self.animator, compensation).action_validate()
        self.assertEqual(compensation.state, "submitted")
        self.assertEqual(compensation.blocked_code, "date_locked")
        self.assertIn(company.name, compensation.blocked_reason)
        self.assertIn(compensation.name, compensation.blocked_reason)
        company[field] = today - timedelta(days=1)
        self.validate(compensation)
        self.assertFalse(compensation.blocked_reason)
        self.assert_invariants()

    def test_books_of_each_of_the_three(self):
        for member in ("seller", "buyer", "operator"):
            with self.subTest(member):
                compensation = self.submitted(amount=100.0)
                self.post_bill(compensation.bill_id)
                company = self.companies[member]
                self.assert_waits_for(company, "fiscalyear_lock_date", compensation)

    def test_reversal_in_a_locked_period_is_dated_after_it(self):
        compensation = self.validated(amount=100.0)
        shop = self.seller.company_id
        shop.fiscalyear_lock_date = fields.Date.today()
        self.by(self.animator, compensation).action_reverse("Erreur")
        tomorrow = fields.Date.today() + timedelta(days=1)
        self.assertEqual(compensation.reversal_date, tomorrow)
        self.assert_reversed(compensation)
        self.assert_invariants()

    def test_an_invoice_of_a_closed_period_can_be_compensated_today(self):
        """The entry bears the day of validation, never that of the invoice."""
        before = fields.Date.today() - timedelta(days=40)
        invoice = self.invoice(share=100, invoice_date=before, date=before)
        self.seller.company_id.fiscalyear_lock_date = before + timedelta(days=5)
        compensation = self.validate(self.submit(invoice))
        self.assertEqual(compensation.document_date, before)
        self.assert_table(compensation, 1200.0)
        self.assert_invariants()
