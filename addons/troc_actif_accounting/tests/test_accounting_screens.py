"""The forms of the accountant's pack, filled in by the people they are made for."""

from freezegun import freeze_time

from odoo import fields
from odoo.tests import Form, tagged

from odoo.addons.troc_actif.tests.common import TrocCase


@tagged("post_install", "-at_install")
class TestAccountingScreens(TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()
        case.validated(amount=1000.0, share=50)
        case.validate(case.uploaded(cls.portal, cls.portal2, 100))
        cls.env.flush_all()

    def form(self, user, model):
        return Form(self.by(user, self.env[model]))

    def test_justification(self):
        for user in (self.reader, self.manager, self.seller_accountant):
            with self.form(user, "troc.justification") as form:
                form.member_id = self.seller
                self.assertEqual(form.account_code, "467800")
                report = form.save()
            self.assertIn(self.seller.company_id.name, report.display_name)
            self.assertEqual(report.books_balance, 600.0)
            action = report.action_open_lines()
            self.by(user, self.env[action["res_model"]]).get_views(
                [(False, "list"), (False, "kanban"), (False, "search")]
            )

    def test_the_company_whose_books_are_open_is_proposed(self):
        for user, member in (
            (self.seller_accountant, self.seller),
            (self.buyer_accountant, self.buyer),
        ):
            for model in ("troc.justification", "troc.vat.report"):
                self.assertEqual(self.form(user, model).member_id.sudo(), member)

    def test_vat(self):
        with self.form(self.seller_accountant, "troc.vat.report") as form:
            form.date_from = form.date_to = fields.Date.today()
            report = form.save()
        self.assertEqual(report.vat_by_compensation, 100.0)

    def test_year_end(self):
        with self.form(self.buyer_accountant, "troc.year.end") as form:
            form.date = fields.Date.today()
            self.assertTrue(form.is_negative)
            self.assertIn("467810", form.preview_html)

    def test_entries_to_book(self):
        for user in (self.reader, self.manager):
            with self.form(user, "troc.booking.export") as form:
                form.member_id = self.portal
                form.date_from = form.date_to = fields.Date.today()
                self.assertEqual(form.entry_count, 1)
                form.file_format = "fec"
                wizard = form.save()
            self.assertIn(".txt", wizard.action_download()["url"])

    def test_confirmations(self):
        with freeze_time(fields.Date.add(fields.Date.today(), days=1)):
            with self.form(self.manager, "troc.confirmation.run") as form:
                form.date_to = fields.Date.subtract(fields.Date.today(), days=1)
                self.assertEqual(form.member_count, 4)
                run = form.save()
            run.action_run()
        made = self.env["troc.balance.confirmation"].search([])
        own = made.filtered(lambda c: c.member_id == self.seller)
        readers = (self.animator, self.reader, self.manager, self.seller_accountant)
        for user in readers:
            form = Form(self.by(user, own))
            self.assertEqual((form.name, form.balance), (own.name, 600.0))
        window = self.by(self.seller_accountant, own).action_contest_window()
        contest = self.by(self.seller_accountant, self.env[window["res_model"]])
        with Form(contest.with_context(**window["context"])) as form:
            form.reason = "La facture 12 manque."
            wizard = form.save()
        wizard.action_contest()
        self.assertEqual(own.state, "contested")

    def test_fec(self):
        with self.form(self.seller_accountant, "l10n_fr.fec.export.wizard") as form:
            form.date_from = form.date_to = fields.Date.today()
            form.test_file = True

    def test_accounts_of_a_member(self):
        with Form(self.by(self.manager, self.portal)) as form:
            form.booking_customer_code = "411TROC"
        self.assertEqual(self.portal.booking_customer_code, "411TROC")
