"""Set-up of a company's books: once, by an accountant, touching nothing else."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import TrocCase

WATCHED = {
    "account.journal": (
        "name",
        "code",
        "type",
        "sequence",
        "default_account_id",
        "restrict_mode_hash_table",
        "suspense_account_id",
    ),
    "account.account": ("code", "name", "account_type", "reconcile", "active"),
    "account.payment.method.line": (
        "name",
        "journal_id",
        "payment_method_id",
        "payment_account_id",
        "sequence",
    ),
    "account.tax": ("name", "amount", "tax_exigibility", "active"),
}


@tagged("post_install", "-at_install")
class TestSetup(TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the operator keeps ordinary books and is no hosted member: not set up
        cls.company = cls.operator
        cls.chief = new_test_user(
            cls.env,
            "troc_chief",
            "account.group_account_manager,account.group_account_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def set_up(self, user=None):
        self.by(user or self.chief, self.company).action_troc_setup()

    def facts(self):
        """Return what the company has: {model: {id: values of the watched fields}}."""
        facts = {}
        for model, names in WATCHED.items():
            company = {
                "account.account": "company_ids",
                "account.payment.method.line": "journal_id.company_id",
            }.get(model, "company_id")
            records = self.in_company(self.company)[model].with_context(
                active_test=False
            )
            found = records.search([(company, "=", self.company.id)])
            facts[model] = {row["id"]: row for row in found.read(names)}
        return facts

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
        self.network.with_user(self.chief).sudo().action_setup_register()
        self.assertEqual(self.facts(), first)
        own_now = self.company.troc_journal_id, self.company.troc_account_id
        self.assertEqual(own_now, own)

    def test_nothing_of_a_company_that_invoices_changes(self):
        invoice = self.invoice(company=self.company, customer=self.portal, share=0)
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
        following = self.invoice(company=self.company, customer=self.portal, share=0)
        number = int(sequence[-5:]) + 1
        self.assertEqual(following.name, f"{sequence[:-5]}{number:05d}")

    def pay_by_bank_of_chief(self, invoice):
        wizard = self.register_payment(invoice)
        wizard.action_create_payments()
        self.assertFalse(wizard.journal_id.troc_role)

    def register_payment(self, invoice, user=None):
        wizard = self.by(user or self.chief, self.env["account.payment.register"])
        return wizard.with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})

    def test_the_bank_journal_stays_the_default(self):
        invoice = self.invoice(company=self.company, customer=self.portal, share=0)
        before = self.register_payment(invoice).journal_id
        payments = self.by(self.chief, self.env["account.payment"])
        default = Form(payments).journal_id
        self.set_up()
        self.assertEqual(self.register_payment(invoice).journal_id, before)
        self.assertEqual(Form(payments).journal_id, default)
        self.assertNotEqual(default, self.company.troc_journal_id)

    def test_the_wizard_register_payment_is_for_euros(self):
        """Neither for an invoice whose preferred method is Actif, nor when asked to."""
        for share in (50, 100):
            invoice = self.invoice(share=share)
            journal = self.seller.company_id.troc_journal_id
            wizard = self.register_payment(invoice, self.seller_accountant)
            self.assertNotIn(journal, wizard.available_journal_ids)
            self.assertNotEqual(wizard.journal_id, journal)
            self.assertNotEqual(wizard.payment_method_line_id.code, "actif")
            wizard.journal_id = journal
            with self.assertRaises(UserError):
                wizard.action_create_payments()
            self.assertEqual(invoice.payment_state, "not_paid")

    def test_a_hundred_percent_invoice_prefers_the_method_actif(self):
        line = self.seller.company_id._troc_method_line("inbound")
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
        self.chief.group_ids -= self.env.ref("account.group_account_manager")
        plain = self._user("plain", "account.group_account_user", self.company)
        for user in (plain, self.chief, self.animator, self.manager, self.reader):
            with self.assertRaises(AccessError) as caught:
                self.set_up(user)
            self.assertIn(self.company.name, str(caught.exception))
        chief = self._user("chief2", "account.group_account_manager", self.company)
        with self.assertRaises(AccessError):
            self.by(chief, self.seller.company_id).action_troc_setup()
        self.set_up(chief)
        self.assertTrue(self.company.troc_journal_id)

    def test_without_a_chart_of_accounts(self):
        bare = self.env["res.company"].create({"name": "Test Sans Plan"})
        self.chief.company_ids += bare
        with self.assertRaises(UserError) as caught:
            bare.with_user(self.chief).action_troc_setup()
        self.assertIn("Test Sans Plan", str(caught.exception))
        self.assertFalse(bare.troc_journal_id)

    def test_from_the_settings_and_from_the_members_page(self):
        settings = self.env["res.config.settings"].with_company(self.company).create({})
        settings.action_troc_setup()
        self.assertTrue(self.company.troc_journal_id)
        before = self.facts()
        member = self._member(self.company.partner_id, "000100057", self.company)
        member.action_setup_books()
        self.assertEqual(self.facts(), before)

    def test_register(self):
        network = self.env["troc.network"].create(
            {"name": "Réseau neuf", "company_id": self.company.id}
        )
        self.assertFalse(network.register_ready)
        with self.assertRaises(AccessError):
            self.by(self.manager, network).action_setup_register()
        self.chief.group_ids += self.env.ref("troc_actif.group_troc_manager")
        self.by(self.chief, network).action_setup_register()
        self.assertTrue(network.register_ready)
        account, journal = network.register_account_id, network.register_journal_id
        self.assertEqual(account.account_type, "off_balance")
        self.assertEqual((journal.type, journal.troc_role), ("general", "register"))
        self.assertTrue(journal.restrict_mode_hash_table)
        self.assertEqual(journal.company_id, self.company)
        self.by(self.chief, network).action_setup_register()
        self.assertEqual(network.register_journal_id, journal)
        self.assertEqual(network.register_account_id, account)
        self.assertNotEqual(journal, self.network.register_journal_id)
        self.assertNotEqual(account, self.network.register_account_id)
