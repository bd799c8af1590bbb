"""Members near a limit, and credit that sleeps: found at night, told once."""

from odoo.tests import tagged

from .limits_case import LimitsCase


@tagged("post_install", "-at_install")
class TestLimitWatch(LimitsCase):
    def night(self):
        accounts = self.env["troc.account"]
        accounts._cron_warn()
        accounts._cron_find_dormant()

    def told(self, member=None):
        """Return the mails that this member has had of his account."""
        member = member or self.portal
        return self.mails(member).filtered(
            lambda mail: member.partner_id in mail.recipient_ids
        )

    # -- near a limit --------------------------------------------------------------

    def test_warned_once_a_crossing(self):
        self.sell(self.portal2, self.portal, 1599)
        self.night()
        self.assertEqual(len(self.told()), 0)
        self.sell(self.portal2, self.portal, 1)
        self.night()
        self.assertEqual(len(self.told()), 1)
        self.assertEqual(self.portal.near_credit_since, self.today)
        self.assertEqual(self.told().recipient_ids, self.portal.partner_id)
        asked = self.activities(self.portal, "activity_limit").user_id
        self.assertEqual(asked, self.animator)
        self.sell(self.portal2, self.portal, 100)
        self.night()
        self.assertEqual(len(self.told()), 1, "still near: no second mail")
        self.sell(self.portal, self.portal2, 500)
        self.night()
        self.assertFalse(self.portal.near_credit_since)
        self.assertFalse(self.activities(self.portal, "activity_limit"))
        self.sell(self.portal2, self.portal, 500)
        self.night()
        self.assertEqual(len(self.told()), 2, "again, once he was back under")
        self.assert_invariants()

    def test_near_the_ceiling(self):
        self.set_limits(self.portal, 2000, 1000)
        self.sell(self.portal, self.portal2, 799)
        self.night()
        self.assertFalse(self.portal.near_ceiling_since)
        self.sell(self.portal, self.portal2, 1)
        self.night()
        self.assertEqual(self.portal.near_ceiling_since, self.today)
        self.assertEqual(len(self.told()), 1)
        self.assertIn("800,00", str(self.told().body_html))

    def test_a_raised_limit_ends_the_warning(self):
        self.sell(self.portal2, self.portal, 1700)
        self.night()
        self.set_limits(self.portal, 4000)
        self.night()
        self.assertFalse(self.portal.near_credit_since)

    def test_from_the_percentage_of_the_network(self):
        self.sell(self.portal2, self.portal, 1700)
        self.network.warning_percent = 0
        self.night()
        self.assertEqual(len(self.told()), 0)
        self.network.warning_percent = 90
        self.night()
        self.assertEqual(len(self.told()), 0)
        self.network.warning_percent = 50
        self.night()
        self.assertEqual(len(self.told()), 1)

    def test_no_activity_for_an_animator_of_the_member(self):
        self.animator.partner_id.parent_id = self.portal.partner_id
        self.sell_as(self.animator2, 1700)
        self.night()
        asked = self.activities(self.portal, "activity_limit").user_id
        self.assertNotIn(self.animator, asked)
        self.assertEqual(len(self.told()), 1)

    def sell_as(self, animator, amount):
        compensation = self.uploaded(self.portal2, self.portal, amount=amount, tax=0)
        return self.validate(compensation, animator)

    def test_nobody_writes_the_marks(self):
        for name in ("near_credit_since", "dormant_since", "positive_since"):
            act = self.as_manager(self.portal).write
            with self.assertRaises(Exception) as caught:
                act({name: self.today})
            self.assertEqual(caught.exception.__cause__.code, "frozen")

    # -- dormant credit ------------------------------------------------------------

    def since(self, days, member=None):
        self.sealed_write(member or self.portal, positive_since=self.days_ago(days))

    def test_credit_that_nobody_spends(self):
        self.sell(self.portal, self.portal2, 500)
        self.assertEqual(self.portal.positive_since, self.today)
        self.since(89)
        self.night()
        self.assertFalse(self.portal.dormant_since)
        self.since(90)
        self.night()
        self.assertEqual(self.portal.dormant_since, self.days_ago(90))
        self.assertEqual(len(self.told()), 1)
        body = str(self.told().body_html)
        self.assertIn(self.portal._where_to_trade(), body)
        self.night()
        self.assertEqual(len(self.told()), 1, "told once")
        dormant = self.env["troc.member"].search([("dormant_since", "!=", False)])
        self.assertEqual(dormant, self.portal)

    def test_a_purchase_wakes_it(self):
        self.sell(self.portal, self.portal2, 500)
        self.since(200)
        self.night()
        bought = self.sell(self.portal2, self.portal, 100)
        self.assertEqual(self.portal.positive_since, self.days_ago(200))
        self.night()
        self.assertFalse(self.portal.dormant_since)
        self.sealed_write(bought, entry_date=self.days_ago(120))
        self.night()
        self.assertEqual(self.portal.dormant_since, self.days_ago(120))
        self.assertEqual(len(self.told()), 2)
        self.by(self.manager, bought).action_reverse("Erreur")
        self.night()
        self.assertEqual(self.portal.dormant_since, self.days_ago(200))
        self.assertEqual(len(self.told()), 2)

    def test_what_was_earned_yesterday_does_not_sleep(self):
        """He bought long ago, and has lain below zero until yesterday."""
        bought = self.sell(self.portal2, self.portal, 300)
        self.sealed_write(bought, entry_date=self.days_ago(300))
        self.sell(self.portal, self.portal2, 900)
        self.night()
        self.assertFalse(self.portal.dormant_since)

    def test_spent_to_zero_begins_anew(self):
        self.sell(self.portal, self.portal2, 500)
        self.since(200)
        self.sell(self.portal2, self.portal, 500)
        self.assertFalse(self.portal.positive_since)
        self.sell(self.portal, self.portal2, 10)
        self.assertEqual(self.portal.positive_since, self.today)

    def test_who_may_not_buy_is_not_pressed(self):
        self.sell(self.portal, self.portal2, 500)
        self.since(200)
        self.portal.sudo().state = "on_hold"
        self.night()
        self.assertFalse(self.portal.dormant_since)
        self.portal.sudo().state = "active"
        self.network.dormant_days = 0
        self.night()
        self.assertFalse(self.portal.dormant_since)
        self.assertEqual(len(self.told()), 0)

    def test_the_account_of_the_network_is_left_alone(self):
        own = self.network.sudo()._ensure_own_member()
        self.transfer(self.portal, own, 100, kind="void")
        self.since(200, own)
        self.night()
        self.assertFalse(own.dormant_since)
