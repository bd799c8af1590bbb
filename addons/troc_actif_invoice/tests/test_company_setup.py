"""Set-up of a company's books: once, by an accountant, touching nothing else."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import InvoiceCase
from .watched import Watched


@tagged("post_install", "-at_install")
class TestCompanySetup(Watched, InvoiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # another one, which keeps ordinary books and is not set up
        cls.company = cls.other
        cls.chief = cls.user("other_chief", "account.group_account_manager")

    def set_up(self, user=None):
        self.by(user or self.chief, self.company).action_troc_setup()

    def test_what_it_makes(self):
        self.set_up()
        account, journal = self.company.troc_account_id, self.company.troc_journal_id
        self.assertEqual(account.with_company(self.company).code, "467800")
        self.assertEqual(account.account_type, "asset_current")
        self.assertFalse(account.reconcile)
        self.assertEqual((journal.code, journal.type), ("TROC", "bank"))
        self.assertEqual(journal.troc_role, "compensation")
        self.assertEqual(journal.company_id, self.company)
        self.assertTrue(journal.restrict_mode_hash_table)
        for direction in ("inbound", "outbound"):
            line = journal[f"{direction}_payment_method_line_ids"]
            self.assertEqual((line.name, line.code), ("Actif", "actif"))
            self.assertEqual(line.payment_account_id, account)
            self.assertEqual(line.payment_type, direction)

    def test_a_second_run_changes_nothing(self):
        self.set_up()
        first = self.facts()
        own = self.company.troc_journal_id, self.company.troc_account_id
        self.set_up()
        self.assertEqual(self.facts(), first)
        own_now = self.company.troc_journal_id, self.company.troc_account_id
        self.assertEqual(own_now, own)

    def test_books_in_another_currency_are_refused(self):
        """An Actif is a euro: 1,000 of them were posted as 2,000 dollars."""
        self.in_dollars(self.company)
        self.assert_refused("books_other_currency", "USD", self.set_up)
        self.assertFalse(self.company.troc_journal_id)

    def test_nothing_of_a_company_that_invoices_changes(self):
        invoice = self.invoice(company=self.company, share=0)
        self.pay_by_bank_of_chief(invoice)
        before = self.facts()
        sequence = invoice.name
        self.set_up()
        after = self.facts()
        for model, rows in before.items():
            kept = {key: after[model][key] for key in rows}
            self.assertEqual(kept, rows, model)
        made = {model: len(after[model]) - len(before[model]) for model in before}
        self.assertEqual(made["account.account"], 1)
        self.assertEqual(made["account.payment.method.line"], 2)
        self.assertEqual(made["account.journal"], 1)
        self.assertEqual(made["account.tax"], 0)
        following = self.invoice(company=self.company, share=0)
        number = int(sequence[-5:]) + 1
        self.assertEqual(following.name, f"{sequence[:-5]}{number:05d}")

    def pay_by_bank_of_chief(self, invoice):
        wizard = self.register_payment(self.chief, invoice)
        wizard.action_create_payments()
        self.assertFalse(wizard.journal_id.troc_role)

    def test_the_bank_journal_stays_the_default(self):
        invoice = self.invoice(company=self.company, share=0)
        before = self.register_payment(self.chief, invoice).journal_id
        payments = self.by(self.chief, self.env["account.payment"])
        default = Form(payments).journal_id
        self.set_up()
        self.assertEqual(self.register_payment(self.chief, invoice).journal_id, before)
        self.assertEqual(Form(payments).journal_id, default)
        self.assertNotEqual(default, self.company.troc_journal_id)

    def test_a_hundred_percent_invoice_prefers_the_method_actif(self):
        self.set_up()
        line = self.company._troc_method_line("inbound")
        full, half = self.invoice(share=100), self.invoice(share=50)
        self.assertEqual(full.preferred_payment_method_line_id, line)
        self.assertNotEqual(half.preferred_payment_method_line_id, line)

    def test_a_code_that_is_taken(self):
        journals = self.in_company(self.company)["account.journal"]
        journals.create({"name": "Troc de livres", "code": "TROC", "type": "general"})
        accounts = self.in_company(self.company)["account.account"]
        accounts.create(
            {"name": "Autre", "code": "467800", "account_type": "asset_current"}
        )
        self.set_up()
        self.assertEqual(self.company.troc_journal_id.code, "TROC1")
        code = self.company.troc_account_id.with_company(self.company).code
        self.assertTrue(code.startswith("4678") and code != "467800", code)

    def test_who_may(self):
        plain = self.user("plain", "account.group_account_user")
        nobody = self.user("nobody", "base.group_user")
        for user in (plain, nobody):
            with self.assertRaises(AccessError) as caught:
                self.set_up(user)
            self.assertIn(self.company.name, str(caught.exception))
        with self.assertRaises(AccessError):
            self.by(self.chief, self.companies["buyer"]).action_troc_setup()
        self.assertFalse(self.company.troc_journal_id)
        self.set_up(self.chief)
        self.assertTrue(self.company.troc_journal_id)

    def test_without_a_chart_of_accounts(self):
        bare = self.env["res.company"].create({"name": "Test Sans Plan"})
        self.chief.company_ids += bare
        with self.assertRaises(UserError) as caught:
            bare.with_user(self.chief).action_troc_setup()
        self.assertIn("Test Sans Plan", str(caught.exception))
        self.assertFalse(bare.troc_journal_id)

    def test_from_the_settings(self):
        settings = self.env["res.config.settings"].with_company(self.company).create({})
        settings.action_troc_setup()
        self.assertTrue(self.company.troc_journal_id)

    def test_from_the_menu_of_an_accounting_administrator(self):
        """The settings are closed to who administers the books and not Odoo."""
        action = self.by(
            self.chief, self.env.ref("troc_actif_invoice.action_company")
        ).run()
        shown = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(shown, self.company)
        with Form(self.by(self.chief, shown), action["views"][0][0]) as form:
            self.assertFalse(form.troc_journal_id)
        self.by(self.chief, shown).action_troc_setup()
        self.assertTrue(self.company.troc_journal_id)
        plain = self.user("plain", "account.group_account_user")
        with self.assertRaises(AccessError):
            self.by(plain, self.env.ref("troc_actif_invoice.action_company")).run()
