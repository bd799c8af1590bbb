"""Leaving: the notice, towards zero, what is left over, the last day."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.seal import sealed

from .common import TrocCase
from .life import Life


@tagged("post_install", "-at_install")
class TestMemberLeave(Life, TrocCase):
    def today(self):
        return fields.Date.context_today(self.network)

    # -- the notice ---------------------------------------------------------------

    def test_the_notice_of_the_network_or_another_one(self):
        self.network.notice_days = 30
        self.set_state(self.portal, "leaving", "Notre boutique ferme")
        self.assertEqual(self.portal.notice_end, self.today() + timedelta(days=30))
        self.assertEqual(
            self.portal.state_change_ids.notice_end, self.portal.notice_end
        )
        day = self.today() + timedelta(days=12)
        self.set_state(self.portal2, "leaving", notice_end=day.isoformat())
        self.assertEqual(self.portal2.notice_end, day)
        own = self.by(self.manager, self.seller).action_set_state
        past = self.today() - timedelta(days=1)
        self.assert_refused(
            "notice_past", self.seller.name, own, "leaving", "Non", past
        )

    # -- towards zero ---------------------------------------------------------------

    def test_a_batch_does_not_cross_zero(self):
        self.earn(self.portal, 100)
        self.set_state(self.portal, "leaving")
        batch = self.env["troc.compensation"]
        for _number in range(2):
            batch += self.uploaded(self.portal2, self.portal, amount=60, tax=0)
        self.by(self.animator, batch).action_validate()
        self.assertEqual(batch.mapped("state"), ["validated", "submitted"])
        self.assert_waits(batch[1], "leaving_buys_beyond")
        # the seller learns nothing of the buyer's account
        told = self.by(self.portal2_user, batch[1]).blocked_reason or ""
        self.assertNotRegex(told, r"40[.,]00")
        self.by(self.manager, batch[1]).action_validate_override("Accord du comité")
        self.assertEqual(self.portal.balance, -20.0)
        self.assert_invariants()

    # -- leaving -----------------------------------------------------------------

    def assert_left(self, member):
        self.assertEqual(member.state, "left")
        self.assertEqual(member.balance, 0.0)
        self.assert_invariants()

    def test_he_is_not_leaving(self):
        own = self.by(self.manager, self.portal).action_leave
        self.assert_refused("state_not_next", self.portal.name, own, "Non")

    def test_a_positive_balance_is_spent_within_the_notice_then_voided(self):
        self.earn(self.portal, 100)
        self.set_state(self.portal, "leaving")
        self.assert_refused(
            "notice_running", self.portal.name, self.leave, self.portal, "Non"
        )
        # nor around the act, which settles it
        own = self.by(self.manager, self.portal).action_set_state
        self.assert_refused("notice_running", "100", own, "left", "Non")
        self.notice_over(self.portal)
        self.leave(self.portal)
        self.assert_left(self.portal)
        transfer = self.portal.void_transfer_id
        self.assertEqual((transfer.kind, transfer.state), ("void", "posted"))
        self.assertEqual(transfer.amount, 100.0)
        self.assertEqual(transfer.posted_by_id, self.manager)
        self.assertIn("boutique ferme", transfer.reason)
        account = self.network.own_member_id
        self.assertEqual(account.balance, 100.0)
        # no euro moves: the register alone, and no book of a portal member
        self.assertEqual(transfer.entry_ids, transfer.register_move_id)

    def test_a_hosted_members_books_follow(self):
        self.validated(amount=100, tax="")
        self.set_state(self.seller, "leaving")
        self.notice_over(self.seller)
        self.leave(self.seller)
        self.assert_left(self.seller)
        entries = self.seller.void_transfer_id.entry_ids
        self.assertIn(self.seller.company_id, entries.company_id)
        accounts = entries.line_ids.account_id.mapped("account_type")
        self.assertNotIn("asset_cash", accounts)

    def test_after_the_notice_the_act_alone_voids(self):
        self.earn(self.portal, 100)
        self.set_state(self.portal, "leaving")
        self.notice_over(self.portal)
        own = self.by(self.manager, self.portal).action_set_state
        self.assert_refused("leave_positive", self.portal.name, own, "left", "Non")

    def test_a_second_signature_is_waited_for(self):
        self.network.four_eyes_threshold = 50
        second = self._user("manager2", "troc_actif.group_troc_manager")
        self.earn_with_two(100)
        self.set_state(self.portal, "leaving")
        self.notice_over(self.portal)
        told = self.leave(self.portal)
        self.assertEqual(told["tag"], "display_notification")
        self.assertEqual(self.portal.state, "leaving")
        transfer = self.portal.void_transfer_id
        self.assertEqual(transfer.first_validator_id, self.manager)
        self.assertEqual(self.portal.balance, 100.0)
        self.assert_refused(
            "same_validator", transfer.name, self.leave, self.portal, "Encore"
        )
        self.leave(self.portal, user=second)
        self.assert_left(self.portal)
        self.assertEqual(self.portal.void_transfer_id, transfer)
        self.assertEqual(transfer.posted_by_id, second)

    def test_a_cancelled_departure_leaves_no_draft_behind(self):
        self.network.four_eyes_threshold = 50
        self.earn_with_two(100)
        self.set_state(self.portal, "leaving")
        self.notice_over(self.portal)
        self.leave(self.portal)
        transfer = self.portal.void_transfer_id
        self.set_state(self.portal, "active", "Il reste")
        self.assertFalse(transfer.exists())
        self.assertEqual(self.portal.balance, 100.0)
        self.assert_invariants()

    def test_another_amount_is_signed_anew(self):
        self.network.four_eyes_threshold = 50
        second = self._user("manager2", "troc_actif.group_troc_manager")
        self.earn_with_two(100)
        self.set_state(self.portal, "leaving")
        self.notice_over(self.portal)
        self.leave(self.portal)
        self.validate(self.uploaded(self.portal2, self.portal, amount=10, tax=0))
        self.leave(self.portal, user=second)
        self.assertEqual(self.portal.state, "leaving")
        self.assertEqual(self.portal.void_transfer_id.amount, 90.0)
        self.assertEqual(self.portal.void_transfer_id.first_validator_id, second)
        self.leave(self.portal)
        self.assert_left(self.portal)

    def earn_with_two(self, amount):
        sale = self.uploaded(self.portal, self.portal2, amount=amount, tax=0)
        for user in (self.animator, self.animator2):
            self.by(user, sale).action_validate()
        self.assertEqual(self.portal.balance, amount)

    def test_a_debt_is_settled_by_sales_first(self):
        self.earn(self.portal2, 100)
        self.set_state(self.portal, "leaving")
        self.notice_over(self.portal)
        self.assert_refused(
            "leave_negative", self.portal.name, self.leave, self.portal, "Non"
        )
        self.earn(self.portal, 100)
        self.leave(self.portal)
        self.assert_left(self.portal)

    def test_who_left_may_ask_again(self):
        self.set_state(self.portal, "leaving")
        self.leave(self.portal)
        self.set_state(self.portal, "candidate", "Il revient")
        self.assertFalse(self.portal.notice_end)
        self.by(self.animator, self.portal).action_activate()
        self.validate(self.uploaded(self.portal, self.portal2, amount=10, tax=0))
        self.assert_invariants()

    # -- the night ----------------------------------------------------------------

    def night(self, member, announced, ends):
        """Run the night as if announced so many days ago; return the new mails."""
        last = self.last_mail()
        sealed(member).write(
            {
                "state_date": self.today() - timedelta(days=announced),
                "notice_end": self.today() + timedelta(days=ends),
            }
        )
        self.env["troc.member"]._cron_notice()
        return self.mails_to(member, last)

    def test_reminders_once_each(self):
        self.earn(self.portal, 100)
        self.set_state(self.portal, "leaving")
        self.assertFalse(self.night(self.portal, 44, 46))
        self.assertIn("100", self.night(self.portal, 45, 45).body_html)
        self.assertFalse(self.night(self.portal, 46, 44))
        self.assertEqual(len(self.night(self.portal, 75, 15)), 1)
        self.assertFalse(self.night(self.portal, 76, 14))
        self.assertFalse(self.portal.activity_ids)
        self.assertEqual(len(self.night(self.portal, 91, -1)), 1)
        self.assertIn(self.manager, self.portal.activity_ids.user_id)
        self.assertFalse(self.night(self.portal, 92, -2))
        self.leave(self.portal)
        self.assertFalse(self.portal.activity_ids)

    def test_nobody_else_is_reminded(self):
        self.set_state(self.portal, "on_hold")
        last = self.last_mail()
        self.env["troc.member"]._cron_notice()
        self.assertFalse(self.mails_to(self.portal, last))

    def test_one_member_that_fails_does_not_stop_the_others(self):
        for member in (self.portal, self.portal2):
            self.set_state(member, "leaving")
            self.notice_over(member)
        first = self.portal.id
        members = type(self.env["troc.member"])
        follow = members._follow_notice

        def fails(member):
            if member.id == first:
                raise RuleError("wrong_state")
            return follow(member)

        self.patch(members, "_follow_notice", fails)
        with self.assertLogs("odoo.addons.troc_actif.scheduled", "ERROR"):
            self.env["troc.member"]._cron_notice()
        self.assertFalse(self.portal.notice_told)
        self.assertEqual(self.portal2.notice_told, "ended")
