"""The draft bill from a hosted seller's invoice: VAT of the same rate, at its time."""

from odoo import Command
from odoo.tests import tagged

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestDraftBillTaxes(TrocCase):
    def setUp(self):
        super().setUp()
        self.shop, self.client = self.seller.company_id, self.buyer.company_id

    def drafted(self, lines, **values):
        """Return the draft bill and the invoice of (price, tax name or taxes) lines."""
        invoice = self.invoice(lines=[(price, "") for price, _tax in lines], post=False)
        invoice.write(values)
        for line, (_price, tax) in zip(invoice.invoice_line_ids, lines, strict=True):
            line.tax_ids = self.tax(self.shop, tax) if isinstance(tax, str) else tax
        invoice.action_post()
        bill = self.submit(invoice).bill_id
        self.assertEqual(bill.amount_total, invoice.amount_total)
        self.assertEqual(bill.amount_tax, invoice.amount_tax)
        return bill, invoice

    def inactive(self, name):
        """Put a purchase tax of the buyer's back to what a new French chart has."""
        taxes = self.env["account.tax"].with_context(active_test=False)
        found = taxes.search(
            [
                ("company_id", "=", self.client.id),
                ("name", "=", name),
                ("type_tax_use", "=", "purchase"),
            ]
        )
        found.active = False
        return found

    def notes(self, bill):
        return " ".join(bill.message_ids.mapped("body"))

    def test_services_of_each_rate_are_deducted_at_payment(self):
        for rate in ("10% S", "5.5% S", "2.1% S"):
            with self.subTest(rate):
                own = self.inactive(rate)
                bill, _invoice = self.drafted([(100.0, rate)])
                self.assertEqual(bill.invoice_line_ids.tax_ids, own)
                self.assertEqual(own.tax_exigibility, "on_payment")
                self.assertTrue(own.active)
                self.assertIn(rate, self.notes(bill))

    def test_no_goods_tax_takes_the_place_of_a_missing_one(self):
        taxes = self.env["account.tax"].with_context(active_test=False)
        taxes.search(
            [
                ("company_id", "=", self.client.id),
                ("amount", "=", 10.0),
                ("type_tax_use", "=", "purchase"),
                ("tax_exigibility", "=", "on_payment"),
            ]
        ).unlink()
        invoice = self.invoice(lines=[(100.0, "10% S")])
        bill = self.submit(invoice).bill_id
        self.assertFalse(bill.invoice_line_ids.tax_ids)
        self.assertEqual(bill.amount_total, 100.0)
        self.assertIn("10,00", self.notes(bill))
        self.assertIn("110,00", self.notes(bill))

    def test_goods_of_each_rate_are_deducted_at_once(self):
        for rate in ("20% G", "10% G", "5.5% G"):
            bill, _invoice = self.drafted([(100.0, rate)])
            exigibility = bill.invoice_line_ids.tax_ids.mapped("tax_exigibility")
            self.assertEqual(exigibility, ["on_invoice"])

    def test_taxes_in_the_price(self):
        for price in (120.0, 99.99, 33.33):
            with self.subTest(price):
                bill, invoice = self.drafted([(price, "20% S INC"), (10.0, "20% G")])
                self.assertEqual(bill.amount_untaxed, invoice.amount_untaxed)
                self.assertEqual(len(bill.invoice_line_ids.tax_ids), 2)

    def test_taxes_in_the_price_of_several_pieces_with_a_discount(self):
        invoice = self.invoice(lines=[(9.99, "20% S INC")], post=False)
        invoice.invoice_line_ids.write({"quantity": 7, "discount": 3})
        invoice.action_post()
        bill = self.submit(invoice).bill_id
        self.assertEqual(bill.amount_total, invoice.amount_total)
        self.assertEqual(bill.amount_tax, invoice.amount_tax)

    def eco(self, in_base):
        return self.in_company(self.shop)["account.tax"].create(
            {
                "name": f"Éco-participation {in_base}",
                "amount_type": "fixed",
                "amount": 0.5,
                "type_tax_use": "sale",
                "sequence": 1,
                "include_base_amount": in_base,
            }
        )

    def test_eco_contribution(self):
        for in_base, total in ((True, 122.4), (False, 122.0)):
            with self.subTest(in_base=in_base):
                taxes = self.eco(in_base) | self.tax(self.shop, "20% G")
                invoice = self.invoice(lines=[(25.0, "")], post=False)
                invoice.invoice_line_ids.write(
                    {"quantity": 4, "tax_ids": [Command.set(taxes.ids)]}
                )
                invoice.action_post()
                self.assertEqual(invoice.amount_total, total)
                bill = self.submit(invoice).bill_id
                self.assertEqual(bill.amount_total, total)
                self.assertEqual(len(bill.invoice_line_ids), 2)
                self.assertIn("Éco", bill.invoice_line_ids[1].name)

    def test_cash_rounding(self):
        rounding = self.in_company(self.shop)["account.cash.rounding"].create(
            {
                "name": "5 centimes",
                "rounding": 0.05,
                "strategy": "add_invoice_line",
                "profit_account_id": self.account("758000", "income_other").id,
                "loss_account_id": self.account("658000", "expense").id,
            }
        )
        invoice = self.invoice(lines=[(10.01, "20% G")], post=False)
        invoice.invoice_cash_rounding_id = rounding
        invoice.action_post()
        self.assertEqual(invoice.amount_total, 12.0)
        bill = self.submit(invoice).bill_id
        self.assertEqual(bill.amount_total, 12.0)
        self.assertEqual(bill.amount_tax, 2.0)

    def account(self, code, kind):
        accounts = self.in_company(self.shop)["account.account"]
        return accounts.search([("code", "=", code)]) or accounts.create(
            {"code": code, "name": code, "account_type": kind}
        )
