"""Set-up of a company's books: once, by an accountant, touching nothing else."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.troc_actif_invoice.tests.watched import Watched

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestSetup(Watched, TrocCase):
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

    def test_a_second_run_changes_nothing(self):
        self.set_up()
        first = self.facts()
        own = self.company.troc_journal_id, self.company.troc_account_id
        self.set_up()
        self.network.with_user(self.chief).sudo().action_setup_register()
        self.assertEqual(self.facts(), first)
        own_now = self.company.troc_journal_id, self.company.troc_account_id
        self.assertEqual(own_now, own)

    def test_the_wizard_register_payment_is_for_euros(self):
        """Neither for an invoice whose preferred method is Actif, nor when asked to."""
        for share in (50, 100):
            invoice = self.invoice(share=share)
            journal = self.seller.company_id.troc_journal_id
            wizard = self.register_payment(self.seller_accountant, invoice)
            self.assertNotIn(journal, wizard.available_journal_ids)
            self.assertNotEqual(wizard.journal_id, journal)
            self.assertNotEqual(wizard.payment_method_line_id.code, "actif")
            wizard.journal_id = journal
            with self.assertRaises(UserError):
                wizard.action_create_payments()
            self.assertEqual(invoice.payment_state, "not_paid")

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
