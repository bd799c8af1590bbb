"""The account: what can be spent, every movement, as page, CSV and PDF."""

import csv
import io

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.neutralized import neutralize

from .portal_case import PortalCase


@tagged("post_install", "-at_install")
class TestPortalAccount(PortalCase):
    def setUp(self):
        super().setUp()
        self.sale = self.validate(self.uploaded(self.portal, self.portal2, 1000))
        self.purchase = self.validate(self.uploaded(self.portal2, self.portal, 250))

    def test_what_he_can_spend(self):
        self.sign_in(self.portal_user)
        words = self.words(self.page("/my/actif"))
        self.assertIn("Vous pouvez dépenser 2 900,00 Actifs", words)
        self.assertIn("Votre solde : 900,00 Actifs", words)
        self.assertIn(self.sale.document_number, words)

    def test_a_copy_of_the_database_says_so(self):
        self.sign_in(self.portal_user)
        self.assertNotIn("oe_neutralize_banner", self.page("/my/actif").text)
        neutralize(self.env, "web")
        self.env.registry.clear_cache("templates")
        for path in ("/my", "/my/actif", "/my/actif/statement"):
            self.assertIn("oe_neutralize_banner", self.page(path).text)

    def test_the_tile_on_the_home_page(self):
        self.sign_in(self.portal_user)
        self.assertIn('href="/my/actif"', self.page("/my").text)

    def test_the_statement_is_the_register(self):
        self.sign_in(self.portal_user)
        words = self.words(self.page("/my/actif/statement"))
        for text in ("1 200,00", "300,00", "900,00", self.portal2.name):
            self.assertIn(text, words)
        found = self.words(
            self.page(f"/my/actif/statement?search={self.sale.document_number}")
        )
        self.assertIn(self.sale.document_number, found)
        self.assertNotIn(self.purchase.document_number, found)
        before = self.page("/my/actif/statement?date_to=2020-01-01")
        self.assertIn("Aucun mouvement", self.words(before))
        self.assertEqual(
            self.page("/my/actif/statement?date_to=demain").status_code, 200
        )

    def test_a_transfer_on_the_statement(self):
        """What it was and with whom; there is no invoice to lead to."""
        transfer = self.transfer(self.portal, self.portal2, 40)
        self.sign_in(self.portal_user)
        page = self.page("/my/actif/statement")
        words = self.words(page)
        for text in (transfer._reference(), "860,00", self.portal2.name):
            self.assertIn(text, words)
        self.assertNotIn("/my/actif/invoices/False", page.text)
        self.assertIn(f"/my/actif/invoices/{self.sale.id}", page.text)

    def test_for_a_spreadsheet(self):
        self.sign_in(self.portal_user)
        response = self.page("/my/actif/statement.csv")
        text = response.content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        self.assertEqual(len(rows), 3)
        self.assertEqual([row[3:] for row in rows[1:]][0], ["0,00", "300,00", "900,00"])
        self.assertIn("attachment", response.headers["Content-Disposition"])

    def test_the_statement_of_a_month_adds_up(self):
        today = fields.Date.today()
        statement = self.by(self.portal_user, self.portal)._statement_of()
        self.assertEqual(statement["opening"], 0.0)
        self.assertEqual((statement["earned"], statement["spent"]), (1200.0, 300.0))
        self.assertEqual(statement["closing"], 900.0)
        self.assertEqual(statement["date_from"], today.replace(day=1))
        html = self.env["ir.actions.report"]._render_qweb_html(
            "troc_actif_portal.report_statement", self.portal.ids, {}
        )[0]
        self.assertRegex(html.decode(), r"900[.,]00")

    def test_statements_from_the_back_office(self):
        members = self.portal + self.portal2
        wizards = self.env["troc.statement"].with_context(active_ids=members.ids)
        wizard = self.by(self.animator, wizards).create({})
        last_month = fields.Date.subtract(fields.Date.today(), months=1)
        self.assertEqual(wizard.date_from, last_month.replace(day=1))
        self.assertEqual(wizard.member_ids, members)
        wizard.date_to = fields.Date.today()
        action = wizard.action_print()
        html = self.printed(self.animator, action, wizard)
        for member in members:
            self.assertIn(member.name, html)
        self.assertRegex(html, r"900[.,]00")

    def test_statements_of_ones_own_books_only(self):
        own = self.by(self.seller_accountant, self.env["troc.statement"])
        with self.assertRaises(AccessError):
            own.create({"member_ids": [(6, 0, self.portal.ids)]})
        wizard = own.create({"member_ids": [(6, 0, self.seller.ids)]})
        self.assertIn(
            self.seller.name,
            self.printed(self.seller_accountant, wizard.action_print(), wizard),
        )
        # nor of another member whom a colleague put there
        wizard.sudo().member_ids = self.portal
        try:
            html = self.printed(self.seller_accountant, wizard.action_print(), wizard)
        except AccessError:
            html = ""
        self.assertNotIn(self.portal.name, html)
        with self.assertRaises(AccessError):
            self.by(self.portal_user, self.env["troc.statement"]).create({})

    def printed(self, user, action, wizard):
        """Return the report of an action as `user` is shown it."""
        reports = self.by(user, self.env["ir.actions.report"])
        return reports._render_qweb_html(action["report_name"], wizard.ids)[0].decode()

    def test_the_curve_ends_at_the_balance(self):
        member = self.by(self.portal_user, self.portal)
        first, balance = member._balance_curve()[0]
        self.assertEqual(balance, 0.0)
        # who has just begun is not shown a year of nothing
        self.assertEqual((fields.Date.today() - first).days, 30)
        self.assertEqual(member._balance_curve()[-1][1], 900.0)
        picture = member._balance_picture()
        self.assertEqual((picture["low"], picture["high"]), (0.0, 900.0))
        self.assertEqual(
            self.portal2.with_user(self.portal2_user)._balance_on(fields.Date.today()),
            -900.0,
        )
