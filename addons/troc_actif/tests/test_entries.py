"""The table of ACCOUNTING.md between two hosted members, as an accountant reads it."""

from odoo.tests import tagged

from .common import TrocCase

SELLER = ("411", "4678", "44571", "44574")
BUYER = ("401", "4678", "44566", "44564")


@tagged("post_install", "-at_install")
class TestEntries(TrocCase):
    def setUp(self):
        super().setUp()
        self.shop = self.seller.company_id
        self.client = self.buyer.company_id

    def test_100_percent_of_services(self):
        invoice = self.invoice(1000.0, share=100)
        shop = self.snapshot(self.shop, *SELLER)
        compensation = self.submit(invoice)
        self.post_bill(compensation.bill_id)
        client = self.snapshot(self.client, *BUYER)
        self.validate(compensation)
        self.assert_table(compensation, 1200.0)
        self.assert_moved(
            self.shop, shop, a411=-1200.0, a4678=1200.0, a44574=200.0, a44571=-200.0
        )
        self.assert_moved(
            self.client, client, a401=1200.0, a4678=-1200.0, a44564=-200.0, a44566=200.0
        )
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(compensation.bill_id.payment_state, "paid")
        payment = invoice.reconciled_payment_ids
        self.assertEqual(payment, compensation.seller_payment_id)
        self.assertEqual(payment.payment_method_line_id.name, "Actif")
        self.assertEqual((self.seller + self.buyer).mapped("balance"), [1200, -1200])
        self.assert_invariants()

    def test_50_percent_of_services_makes_half_of_the_vat_due(self):
        invoice = self.invoice(1000.0, share=50)
        shop = self.snapshot(self.shop, *SELLER, "512")
        compensation = self.submit(invoice)
        self.post_bill(compensation.bill_id)
        client = self.snapshot(self.client, *BUYER)
        self.validate(compensation)
        self.assert_table(compensation, 600.0)
        self.assert_moved(
            self.shop, shop, a411=-600.0, a4678=600.0, a44574=100.0, a44571=-100.0
        )
        self.assert_moved(
            self.client, client, a401=600.0, a4678=-600.0, a44564=-100.0, a44566=100.0
        )
        self.assertEqual(invoice.payment_state, "partial")
        self.assertEqual(invoice.amount_residual, 600.0)
        self.assertEqual(compensation.bill_id.amount_residual, 600.0)
        self.assert_invariants()

    def test_the_euro_half_makes_the_other_half_of_the_vat_due(self):
        compensation = self.validated(amount=1000.0, share=50)
        shop = self.snapshot(self.shop, *SELLER)
        self.pay_by_bank(compensation.move_id)
        self.assert_moved(self.shop, shop, a411=-600.0, a44574=100.0, a44571=-100.0)
        self.assertIn(compensation.move_id.payment_state, ("paid", "in_payment"))
        self.assertEqual(compensation.move_id.amount_residual, 0.0)
        self.assert_invariants()

    def test_the_euro_half_may_come_first(self):
        invoice = self.invoice(1000.0, share=50)
        self.pay_by_bank(invoice, 600.0)
        shop = self.snapshot(self.shop, *SELLER)
        compensation = self.validate(self.submit(invoice))
        self.assert_table(compensation, 600.0)
        self.assert_moved(
            self.shop, shop, a411=-600.0, a4678=600.0, a44574=100.0, a44571=-100.0
        )
        self.assert_invariants()

    def test_goods_move_only_the_four_accounts(self):
        """VAT on debits is due at the invoice: validation moves 411, 401, 467x."""
        for share, amount in ((100, 1200.0), (50, 600.0)):
            with self.subTest(share=share):
                due = self.vat_due(self.shop)
                invoice = self.invoice(1000.0, share=share, tax="20% G")
                self.assertEqual(self.vat_due(self.shop) - due, 200.0)
                shop = self.snapshot(self.shop, *SELLER)
                compensation = self.submit(invoice)
                self.post_bill(compensation.bill_id)
                client = self.snapshot(self.client, *BUYER)
                self.validate(compensation)
                self.assert_table(compensation, amount)
                self.assert_moved(self.shop, shop, a411=-amount, a4678=amount)
                self.assert_moved(self.client, client, a401=amount, a4678=-amount)
                self.assert_invariants()

    def test_several_rates_on_one_invoice(self):
        """1000 at 20 %, 100 at 10 %, 200 at 5.5 % of services; 500 of goods at 20 %."""
        lines = [(1000, "20% S"), (100, "10% S"), (200, "5.5% S"), (500, "20% G")]
        due = self.vat_due(self.shop)
        invoice = self.invoice(lines=lines, share=50)
        self.assertEqual(invoice.amount_total, 2121.0)
        self.assertEqual(self.vat_due(self.shop) - due, 100.0)
        shop = self.snapshot(self.shop, *SELLER)
        compensation = self.validate(self.submit(invoice))
        self.assert_table(compensation, 1060.5)
        self.assert_moved(
            self.shop,
            shop,
            a411=-1060.5,
            a4678=1060.5,
            a44574=110.5,  # half of 200 + 10 + 11
            a44571=-110.5,
        )
        self.assert_invariants()

    def test_amounts_that_do_not_halve(self):
        """100.05 + 20.01: both halves are 60.03, of the VAT 10.01, then 10.00."""
        shop = self.snapshot(self.shop, "44571")
        compensation = self.validated(amount=100.05, share=50)
        self.assertEqual(compensation.total_amount, 120.06)
        self.assert_table(compensation, 60.03)
        due = -self.balance_of(self.shop, "44571") + shop["44571"]
        self.assertIn(round(due, 2), (10.0, 10.01))
        self.pay_by_bank(compensation.move_id)
        self.assert_moved(self.shop, shop, a44571=-20.01)
        self.assert_invariants()

    def test_an_odd_cent_goes_to_the_actif_part(self):
        compensation = self.validated(amount=100.01, share=50, tax="")
        self.assert_table(compensation, 50.01)
        self.assertEqual(compensation.cash_amount, 50.0)
        self.assert_invariants()

    def test_three_cents(self):
        compensation = self.validated(amount=0.03, share=50, tax="")
        self.assert_table(compensation, 0.02)
        self.assertEqual(compensation.move_id.amount_residual, 0.01)
        self.assert_invariants()

    def test_ten_millions(self):
        self.set_limits(self.buyer, 20e6)
        compensation = self.validated(amount=1e7, share=100)
        self.assert_table(compensation, 12e6)
        self.assertEqual(compensation.move_id.payment_state, "paid")
        self.assertEqual(self.buyer.balance, -12e6)
        self.assert_invariants()

    def test_a_free_share(self):
        self.network.allow_free_share = True
        shop = self.snapshot(self.shop, *SELLER)
        compensation = self.validated(amount=1000.0, share=33.33)
        self.assert_table(compensation, 399.96)
        self.assert_moved(
            self.shop,
            shop,
            a411=800.04,
            a4678=399.96,
            a44574=-133.34,
            a44571=-66.66,
        )
        self.assert_invariants()

    def test_share_of_the_amount_without_vat(self):
        """The VAT is paid in euros: 100 % of 1000 + 200 is 1000 Actifs, 200 euros."""
        self.network.share_base = "untaxed"
        for share, amount in ((100, 1000.0), (50, 500.0)):
            with self.subTest(share=share):
                compensation = self.validated(amount=1000.0, share=share)
                self.assert_table(compensation, amount)
                self.assertEqual(compensation.cash_amount, 1200.0 - amount)
                residual = compensation.move_id.amount_residual
                self.assertEqual(residual, 1200.0 - amount)
                self.assert_invariants()

    def test_two_instalments_make_the_vat_due_once(self):
        terms = self.env["account.payment.term"].create(
            {
                "name": "Deux fois",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": days})
                    for days in (0, 30)
                ],
            }
        )
        for share, amount in ((100, 1200.0), (50, 600.0)):
            with self.subTest(share=share):
                due = self.vat_due(self.shop)
                compensation = self.validated(
                    amount=1000.0, share=share, invoice_payment_term_id=terms.id
                )
                self.assert_table(compensation, amount)
                self.assertEqual(round(self.vat_due(self.shop) - due, 2), amount / 6)
                residual = compensation.move_id.amount_residual
                self.assertEqual(residual, 1200.0 - amount)
                self.assert_invariants()
                self.by(self.animator, compensation).action_reverse("Essai")
                self.assertEqual(compensation.move_id.amount_residual, 1200.0)
                self.assertEqual(self.vat_due(self.shop), due)

    def test_every_share_splits_to_the_cent(self):
        """Any share from 0.01 to 100 %, any amount: the parts add up in every book."""
        self.network.allow_free_share = True
        for amount, share, actif in (
            (0.01, 50, 0.01),
            (0.01, 100, 0.01),
            (99.99, 0.01, 0.01),
            (33.33, 66.67, 22.22),
            (1234.56, 99.99, 1234.44),
        ):
            with self.subTest(amount=amount, share=share):
                compensation = self.validated(amount=amount, share=share, tax="")
                self.assert_table(compensation, actif)
        self.assert_invariants()
