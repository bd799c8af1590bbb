"""Justification of the account 4678: what differs comes first, with its cause."""

import base64
import io
from datetime import date, datetime, timedelta

import openpyxl

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif_invoice.seal import sealed


class AccountingCase(TrocCase):
    def by_hand(self, company, debit, credit, amount, day=None, post=True):
        """Return a general entry that the company's accountant makes by hand."""
        env = self.in_company(company)
        journal = env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "general")], limit=1
        )
        move = self.by(self.accountant_of(company), self.env["account.move"]).create(
            {
                "journal_id": journal.id,
                "date": day or fields.Date.today(),
                "ref": "=OD-1",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": self.account(company, code).id,
                            "name": "À la main",
                            "debit": amount if code == debit else 0.0,
                            "credit": amount if code == credit else 0.0,
                        }
                    )
                    for code in (debit, credit)
                ],
            }
        )
        if post:
            # as before this was refused, or by a script
            sealed(move).action_post()
        return move

    def account(self, company, code):
        """Return an account of the company's chart, which has it."""
        accounts = self.in_company(company)["account.account"]
        found = accounts.search([("code", "=", code)])
        self.assertEqual(len(found), 1, f"{code} in the chart of {company.name}")
        return found

    def bank_code(self, company):
        """Return the code of the account of the company's bank."""
        env = self.in_company(company)
        bank = env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
        )
        return bank.default_account_id.code

    def table_of(self, report):
        """Return the cells of a report's XLSX, as they are stored."""
        content = base64.b64decode(report.with_context(bin_size=False).xlsx)
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        return [[cell for cell in row if cell.value is not None] for row in sheet.rows]

    def printed(self, user, report):
        """Return the printed report as `user` is shown it."""
        reports = self.by(user, self.env["ir.actions.report"])
        name = report.action_pdf()["report_name"]
        return reports._render_qweb_html(name, report.ids)[0].decode()


@tagged("post_install", "-at_install")
class TestJustification(AccountingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()
        cls.shop = cls.seller.company_id
        cls.full = case.validated(amount=1000.0, share=100)
        cls.half = case.validated(amount=100.0, share=50)
        case.by(cls.animator, cls.half).action_reverse("Erreur")

    def report(self, user=None, member=None, day=None):
        records = self.by(user or self.reader, self.env["troc.justification"])
        return records.create(
            {
                "member_id": (member or self.seller).id,
                "date": day or fields.Date.today(),
            }
        )

    def test_books_and_register_agree_line_by_line(self):
        for member, balance in ((self.seller, 1200.0), (self.buyer, -1200.0)):
            report = self.report(member=member)
            self.assertEqual(report.difference_count, 0)
            self.assertEqual(report.books_balance, balance)
            self.assertEqual(report.register_balance, balance)
            amounts = report.line_ids.mapped("books_amount")
            self.assertEqual(sorted(map(abs, amounts)), [60.0, 60.0, 1200.0])
        self.assert_invariants()

    def test_of_a_day_before_there_is_nothing(self):
        report = self.report(day=fields.Date.today() - timedelta(days=1))
        self.assertFalse(report.line_ids)
        self.assertEqual((report.books_balance, report.register_balance), (0.0, 0.0))

    def test_an_entry_by_hand_comes_first(self):
        move = self.by_hand(self.shop, "467800", "706000", 77.0)
        report = self.report(self.seller_accountant)
        first = report.line_ids[0]
        self.assertEqual((first.cause, first.difference), ("by_hand", 77.0))
        self.assertEqual(report.difference, 77.0)
        self.assertEqual(report.line_ids.mapped("is_difference"), [True] + [False] * 3)
        action = first.action_open_record()
        self.assertEqual((action["res_model"], action["res_id"]), (move._name, move.id))

    def test_a_draft_by_hand_counts_for_nothing(self):
        self.by_hand(self.shop, "467800", "706000", 77.0, post=False)
        self.assertEqual(self.report().difference_count, 0)

    def damage(self, move, **values):
        """Change an entry behind Odoo's back."""
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE account_move_line SET %s = %s WHERE move_id = %s",
                    SQL.identifier(name),
                    value,
                    move.id,
                )
            )
        self.env.invalidate_all()

    def causes(self, **options):
        report = self.report(**options)
        return {
            line.cause: (line.books_amount, line.register_amount)
            for line in report.line_ids
            if line.is_difference
        }

    def test_what_is_missing_in_the_books(self):
        self.damage(self.full.seller_payment_id.move_id, parent_state="draft")
        self.assertEqual(self.causes(), {"entry_missing": (0.0, 1200.0)})
        back = self.half.seller_payment_id.move_id.reversal_move_ids
        self.damage(back, parent_state="draft")
        self.assertEqual(self.causes()["reversal_missing"], (0.0, -60.0))

    def test_what_is_missing_in_the_register(self):
        self.damage(self.full.register_move_id, parent_state="draft")
        self.assertEqual(self.causes(), {"register_missing": (1200.0, 0.0)})

    def test_dates_that_differ(self):
        yesterday = fields.Date.today() - timedelta(days=1)
        self.damage(self.full.seller_payment_id.move_id, date=yesterday)
        self.assertEqual(self.causes(), {"date": (1200.0, 1200.0)})
        self.assertEqual(self.causes(day=yesterday), {"date": (1200.0, 0.0)})

    def test_amounts_that_differ(self):
        move = self.full.seller_payment_id.move_id
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE account_move_line SET balance = balance / 2 WHERE move_id = %s",
                move.id,
            )
        )
        self.assertEqual(self.causes(), {"amount": (600.0, 1200.0)})

    def test_who_may_see_it(self):
        for user in (self.reader, self.manager, self.seller_accountant):
            self.assertEqual(self.report(user).books_balance, 1200.0)
        with self.assertRaises(AccessError):
            self.report(self.buyer_accountant)
        with self.assertRaises(AccessError):
            self.report(self.animator)
        with self.assertRaises(AccessError):
            self.report(self.portal_user, self.portal)
        own = self.report(self.buyer_accountant, self.buyer)
        with self.assertRaises(AccessError):
            own.member_id = self.seller

    def test_a_form_tells_nothing_before_it_is_saved(self):
        records = self.by(self.buyer_accountant, self.env["troc.justification"])
        form = records.new({"member_id": self.seller.id})
        self.assertFalse(form.company_name)
        self.assertFalse(form.chain)
        own = records.new({"member_id": self.buyer.id})
        self.assertEqual(own.company_name, self.buyer.company_id.name)

    def test_nobody_reads_the_picture_of_another(self):
        report = self.report(self.seller_accountant)
        for records in (report, report.line_ids):
            with self.assertRaises(AccessError):
                self.by(self.buyer_accountant, records).read(["display_name"])
        for user in (self.buyer_accountant, self.manager, self.portal_user):
            with self.assertRaises(AccessError):
                self.printed(user, report)

    def test_nobody_changes_its_lines(self):
        report = self.report(self.seller_accountant)
        with self.assertRaises(AccessError):
            report.line_ids[0].books_amount = 1.0
        with self.assertRaises(AccessError):
            report.line_ids.unlink()

    def test_one_click_to_the_record(self):
        line = self.report(self.reader).line_ids[0]
        self.assertEqual(line.action_open_record()["res_model"], "troc.compensation")
        self.by_hand(self.shop, "467800", "706000", 77.0)
        line = self.report(self.reader).line_ids[0]
        self.assert_refused(
            "entry_in_their_books", self.shop.name, line.action_open_record
        )

    def test_as_a_spreadsheet(self):
        self.by_hand(self.shop, "467800", "706000", 77.0)
        report = self.report(self.seller_accountant)
        rows = self.table_of(report)
        cells = [cell for row in rows for cell in row]
        self.assertIn(self.shop.name, [cell.value for cell in cells])
        texts = [cell for cell in cells if cell.value == "=OD-1"]
        self.assertEqual([cell.data_type for cell in texts], ["s"], "run as a formula")
        days = [c.value for c in cells if isinstance(c.value, (date, datetime))]
        self.assertEqual(len(days), 1 + len(report.line_ids))
        amounts = [cell.value for cell in cells if cell.data_type == "n"]
        self.assertIn(1200, amounts)
        self.assertIn(77, amounts)

    def test_on_paper(self):
        self.by_hand(self.shop, "467800", "706000", 77.0)
        report = self.report(self.seller_accountant)
        html = self.printed(self.seller_accountant, report)
        for text in (self.shop.name, "467800", self.full.document_number):
            self.assertIn(text, html)
        self.assertIn(self.full.seller_payment_id.move_id.journal_id.code, html)
        hashes = report.chain.split(" : ")
        self.assertIn(hashes[1].splitlines()[0], html)

    def test_a_part_taken_back_is_a_line(self):
        self.by(self.animator, self.full).action_reverse_part(200, "Rendu", False)
        for member, amount in ((self.seller, -200.0), (self.buyer, 200.0)):
            report = self.report(member=member)
            self.assertEqual(report.difference_count, 0)
            self.assertIn(amount, report.line_ids.mapped("books_amount"))
            self.assertEqual(report.books_balance, member.balance)

    def test_a_transfer_is_a_line_and_opens(self):
        gift = self.transfer(self.seller, self.portal, 30, kind="gift")
        report = self.report()
        self.assertEqual(report.difference_count, 0)
        line = report.line_ids.filtered(lambda line: line.transfer_id == gift)
        amounts = (line.books_amount, line.register_amount)
        self.assertEqual(amounts, (-30.0, -30.0))
        self.assertEqual(line.action_open_record()["res_model"], gift._name)
        own = self.report(self.seller_accountant).line_ids
        opened = own.filtered("transfer_id").action_open_record()
        self.assertEqual(opened["res_model"], "account.move")

    def test_a_transfer_missing_in_the_books(self):
        gift = self.transfer(self.seller, self.portal, 30, kind="gift")
        self.damage(gift.entry_ids - gift.register_move_id, parent_state="draft")
        self.assertEqual(self.causes(), {"entry_missing": (0.0, -30.0)})

    def test_a_transfer_missing_in_the_register(self):
        gift = self.transfer(self.seller, self.portal, 30, kind="gift")
        self.damage(gift.register_move_id, parent_state="draft")
        self.assertEqual(self.causes(), {"register_missing": (-30.0, 0.0)})

    def queries(self):
        """Return how many queries a justification takes, and its lines."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        report = self.report()
        return self.env.cr.sql_log_count - before, report.line_count

    def test_constant_in_the_number_of_lines(self):
        """The picture is taken by one query, whatever the number of movements."""
        self.queries()
        few, lines = self.queries()
        for _number in range(3):
            self.validated(amount=10.0, share=100)
        many, more_lines = self.queries()
        self.assertEqual((many, more_lines), (few, lines + 3))
