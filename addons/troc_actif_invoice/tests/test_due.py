"""What is due in euros now: nobody is asked for euros that will be paid in Actifs."""

import json
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import IBAN, InvoiceCase

ONLINE = "account_payment.enable_portal_payment"


class DueCase(InvoiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(ONLINE, "True")
        cls.company.qr_code = True

    def asked_by_code(self, move):
        """Return what the QR code of an invoice asks for, None where there is none."""
        asked = []
        banks = type(self.env["res.partner.bank"])

        def qr_code(bank, amount, **_other):
            asked.append(amount)

        with patch.object(banks, "_get_qr_code_base64", qr_code):
            move._generate_qr_code(silent_errors=True)
        return asked[0] if asked else None

    def assert_asked(self, move, euros):
        """Each way of asking for a payment asks for these euros, or not at all."""
        own = move.company_id.currency_id
        self.assertEqual(own.compare_amounts(move._troc_due_now(), euros), 0)
        self.assertEqual(move._has_to_be_paid(), bool(euros))
        self.assertEqual(self.asked_by_code(move), euros or None)
        told = move._get_invoice_next_payment_values()
        self.assertEqual(
            (told["amount_due"], told["next_amount_to_pay"]), (euros, euros)
        )
        old = move._get_invoice_next_payment_values(custom_amount=move.amount_residual)
        self.assertEqual(old["next_amount_to_pay"], euros, "by a link of before")
        if euros:
            link = move._get_default_payment_link_values()
            self.assertEqual((link["amount"], link["amount_max"]), (euros, euros))
            self.assertIn(f"amount={euros}", move._get_portal_payment_link())
            move._troc_check_euros(euros)
        with self.assertRaises(UserError):
            move._troc_check_euros(euros + 0.01)

    def printed(self, move):
        self.needs_codes()
        report = self.env["ir.actions.report"]
        name = "account.report_invoice_with_payments"
        return report._render_qweb_html(name, move.ids)[0].decode()


@tagged("post_install", "-at_install")
class TestDue(DueCase):
    def test_half(self):
        self.assert_asked(self.invoice(50), 600.0)

    def test_the_whole(self):
        invoice = self.invoice(100)
        self.assert_asked(invoice, 0.0)
        self.assertIn("in Actifs", invoice._get_online_payment_error())
        self.assertNotIn(IBAN, self.printed(invoice).replace(" ", ""))

    def test_nothing_changes_without_a_share(self):
        invoice = self.invoice(0)
        self.assertEqual(invoice._troc_due_now(), 1200.0)
        self.assertEqual(self.asked_by_code(invoice), 1200.0)
        invoice._troc_check_euros(5000.0)
        self.assertIn(IBAN, self.printed(invoice).replace(" ", ""))

    def test_what_was_paid_in_actifs_is_awaited_no_more(self):
        invoice = self.invoice(50)
        journal = self.company.troc_journal_id.id
        self.register_payment(
            self.accountant, invoice, journal_id=journal, amount=200
        ).action_create_payments()
        self.assertEqual(invoice._troc_awaited(), 400.0)
        self.assert_asked(invoice, 600.0)
        printed = self.printed(invoice)
        self.assertIn('name="troc_due_now"', printed)
        self.assertTrue('id="qrcode_info"' in printed, "the code is drawn")

    def test_what_was_paid_in_euros_is_due_no_more(self):
        invoice = self.invoice(50)
        self.register_payment(self.accountant, invoice).action_create_payments()
        self.assertEqual(invoice.amount_residual, 600.0)
        self.assert_asked(invoice, 0.0)
        self.assertNotIn(IBAN, self.printed(invoice).replace(" ", ""))
        wizard = self.register_payment(
            self.accountant, invoice, journal_id=self.company.troc_journal_id.id
        )
        self.assertEqual(wizard.amount, 600.0, "in Actifs")

    def test_the_journal_says_which_part_is_proposed(self):
        wizard = self.register_payment(self.accountant, self.invoice(30))
        self.assertEqual(wizard.amount, 840.0)
        wizard.journal_id = self.company.troc_journal_id
        self.assertEqual(wizard.amount, 360.0)

    def test_several_at_once(self):
        """Each by a payment of its own, what is wholly in Actifs by none."""
        half, whole, plain = (self.invoice(share) for share in (50, 100, 0))
        wizard = self.register_payment(self.accountant, half + whole + plain)
        wizard.journal_id = wizard.available_journal_ids.filtered(
            lambda j: j.type == "bank"
        )[:1]
        wizard.group_payment = True
        wizard.action_create_payments()
        self.assertEqual(
            (half + whole + plain).mapped("amount_residual"), [600.0, 1200.0, 0.0]
        )

    def test_several_at_once_in_actifs(self):
        half, whole = self.invoice(50), self.invoice(100)
        journal = self.company.troc_journal_id
        self.register_payment(
            self.accountant, half + whole, journal_id=journal.id
        ).action_create_payments()
        self.assertEqual((half + whole).mapped("amount_residual"), [600.0, 0.0])

    def test_several_wholly_in_actifs_take_no_euros(self):
        with self.assertRaises(UserError):
            (self.invoice(100) + self.invoice(100))._troc_check_euros(1.0)

    def test_several_of_which_nothing_is_due(self):
        wizard = self.register_payment(
            self.accountant, self.invoice(100) + self.invoice(100)
        )
        wizard.journal_id = wizard.available_journal_ids.filtered(
            lambda j: j.type == "bank"
        )[:1]
        with self.assertRaisesRegex(UserError, "nothing is due in euros"):
            wizard.action_create_payments()

    def test_the_mail_says_it(self):
        invoice = self.invoice(50)
        template = self.env.ref("account.email_template_edi_invoice")
        send = self.env["account.move.send"]
        body = send._get_default_mail_body(invoice, template, "en_US")
        self.assertIn("To pay in euros: ", body)
        plain = send._get_default_mail_body(self.invoice(0), template, "en_US")
        self.assertNotIn("To pay in euros", plain)

    def test_one_payment_settles_only_what_awaits_nothing(self):
        half, plain = self.invoice(50), self.invoice(0)
        self.assertEqual((half + plain)._troc_payable_together(), plain)
        self.assertEqual(half._troc_payable_together(), half)
        self.assertFalse(self.invoice(100)._troc_payable_together())


@tagged("post_install", "-at_install")
class TestPortalPayments(HttpCase, DueCase):
    def answer(self, invoice, amount):
        """Return what the server says to a payment of this amount on the portal."""
        params = {
            "access_token": invoice._portal_ensure_token(),
            "provider_id": 0,
            "payment_method_id": 0,
            "token_id": None,
            "amount": amount,
            "flow": "redirect",
            "tokenization_requested": False,
            "landing_route": "/my",
        }
        response = self.url_open(
            f"/invoice/transaction/{invoice.id}",
            data=json.dumps({"jsonrpc": "2.0", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()["error"]["data"]

    def test_a_payment_of_the_whole_is_refused(self):
        invoice = self.invoice(50)
        with mute_logger("odoo.http"):
            told = self.answer(invoice, 1200.0)
            self.assertEqual(told["name"], "odoo.exceptions.ValidationError")
            self.assertIn("en Actifs", told["message"])
            other = self.answer(invoice, 600.0)  # no provider is set up
        self.assertNotIn("en Actifs", other["message"])

    def test_the_page_of_an_invoice(self):
        invoice = self.invoice(50)
        page = self.url_open(invoice.get_portal_url()).text
        self.assertIn('name="troc_awaited"', page)
        plain = self.url_open(self.invoice(0).get_portal_url()).text
        self.assertNotIn('name="troc_awaited"', plain)
