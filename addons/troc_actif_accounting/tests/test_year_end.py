"""A negative Actif account at year end: proposed, never forced, beside the account."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_justification import AccountingCase


@tagged("post_install", "-at_install")
class TestYearEnd(AccountingCase):
    def setUp(self):
        super().setUp()
        self.validated(amount=1000.0, share=100)
        self.today = fields.Date.today()
        self.client = self.buyer.company_id

    def wizard(self, user=None, day=None):
        records = self.by(user or self.buyer_accountant, self.env["troc.year.end"])
        return records.create({"date": day or self.today})

    def proposed(self):
        action = self.wizard().action_propose()
        moves = self.env["account.move"].search([("troc_closing_date", "!=", False)])
        self.assertEqual(action["res_model"], "account.move")
        return moves.sorted("date")

    def test_two_drafts_that_take_each_other_back(self):
        first, second = self.proposed()
        self.assertEqual((first.state, second.state), ("draft", "draft"))
        self.assertEqual((first.date, second.date), (self.today, self.next_day()))
        self.assertEqual(second.reversed_entry_id, first)
        contra, passive = first.line_ids.sorted("credit").account_id
        self.assertEqual(contra.account_type, "asset_current")
        self.assertEqual(passive.account_type, "liability_current")
        self.assertEqual(sum(first.line_ids.mapped("debit")), 1200.0)
        self.assertFalse(first.journal_id.troc_role)
        self.assertEqual(first.create_uid, self.buyer_accountant)

    def next_day(self):
        return self.today + timedelta(days=1)

    def test_posted_it_moves_the_debt_and_nothing_else(self):
        """Assets up to zero, liabilities down to -1200, the account untouched."""
        moves = self.proposed()
        self.by(self.buyer_accountant, moves[0]).action_post()
        self.assertEqual(self.balance_of(self.client, "467800"), -1200.0)
        self.assertEqual(self.balance_of(self.client, "467810"), 1200.0)
        self.assertEqual(self.balance_of(self.client, "468900"), -1200.0)
        self.assert_invariants()
        self.by(self.buyer_accountant, moves[1]).with_context(
            disable_auto_post=True
        ).action_post()
        self.env.flush_all()
        for code in ("467810", "468900"):
            self.assertEqual(self.balance_of(self.client, code), 0.0)
        self.assert_invariants()
        report = self.env["troc.justification"].create({"member_id": self.buyer.id})
        self.assertEqual(report.difference_count, 0)

    def test_the_preview_says_what_will_be_made(self):
        html = self.wizard().preview_html
        self.assertIn("467810", html)
        self.assertRegex(html, r"1[\s,.\u202f\xa0]?200[.,]00")

    def test_not_above_zero(self):
        wizard = self.wizard(self.seller_accountant)
        self.assertFalse(wizard.is_negative)
        self.assert_refused(
            "nothing_to_present", self.seller.company_id.name, wizard.action_propose
        )
        early = self.wizard(day=self.today - timedelta(days=1))
        self.assert_refused(
            "nothing_to_present", self.client.name, early.action_propose
        )

    def test_not_twice(self):
        first = self.proposed()[0]
        again = self.wizard()
        self.assertIn(first, again.entry_ids)
        self.assert_refused("presented_already", self.client.name, again.action_propose)
        self.proposed_away(again)

    def proposed_away(self, wizard):
        """Deleted drafts may be proposed anew: nothing is forced."""
        wizard.entry_ids.unlink()
        self.wizard().action_propose()

    def test_not_in_a_locked_year(self):
        self.client.sudo().fiscalyear_lock_date = self.today
        self.assert_refused(
            "closing_locked", self.client.name, self.wizard().action_propose
        )

    def test_only_ones_own_accountant(self):
        for user in (self.animator, self.manager, self.reader, self.portal_user):
            with self.assertRaises(AccessError):
                self.wizard(user)
        records = self.by(self.seller_accountant, self.env["troc.year.end"])
        with self.assertRaises(AccessError):
            records.create({"date": self.today, "company_id": self.client.id})

    def test_with_accounts_of_ones_own(self):
        accounts = self.in_company(self.client)["account.account"]
        own = accounts.search([("code", "=", "467000")], limit=1)
        self.client.sudo().troc_passive_account_id = own
        first = self.proposed()[0]
        self.assertIn(own, first.line_ids.account_id)

    def test_drafts_of_another_balance_are_replaced(self):
        first, second = self.proposed()
        self.validated(amount=100.0, share=100)
        moves = self.proposed()
        self.assertFalse((first + second).exists())
        self.assertEqual(moves[0].amount_total, 1320.0)

    def test_what_came_after_the_posted_entries_is_added(self):
        self.by(self.buyer_accountant, self.proposed()).action_post()
        again = self.wizard()
        self.assert_refused("presented_already", self.client.name, again.action_propose)
        self.validated(amount=100.0, share=100)
        moves = self.proposed()
        self.assertEqual(sorted(moves.mapped("amount_total")), [120, 120, 1200, 1200])

    def test_reversed_it_may_be_proposed_again(self):
        first = self.proposed()[0]
        own = self.by(self.buyer_accountant, first)
        own.action_post()
        own._reverse_moves([{"date": first.date}], cancel=True)
        self.wizard().action_propose()
