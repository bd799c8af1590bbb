"""Leaving, with offers, needs and deals."""

from odoo import fields
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif.tests.life import Life
from odoo.addons.troc_actif_invoice.seal import sealed

from .market import Market


@tagged("post_install", "-at_install")
class TestMarketLeave(Life, Market, TrocCase):
    def today(self):
        return fields.Date.context_today(self.network)

    def assert_left(self, member):
        self.assertEqual(member.state, "left")
        self.assertEqual(member.balance, 0.0)
        self.assert_invariants()

    def test_a_departure_is_cancelled_within_the_notice(self):
        offer = self.published()
        self.set_state(self.portal, "leaving")
        self.assertEqual(offer.state, "paused")
        self.set_state(self.portal, "active", "Il reste")
        self.assertFalse(self.portal.notice_end)
        self.assertEqual(offer.state, "published")
        self.validate(self.uploaded(self.portal, self.portal2, amount=50, tax=0))

    def test_with_a_positive_balance_he_spends_and_sells_no_more(self):
        self.earn(self.portal, 100)
        offer, need = self.published(), self.need(self.portal_user, name="Nappes")
        self.set_state(self.portal, "leaving")
        self.assertEqual(self.portal.room, 100.0)
        self.assertEqual((offer.state, need.state), ("paused", "published"))
        with self.assertRaisesRegex(Exception, "may not sell"):
            self.uploaded(self.portal, self.portal2, amount=10, tax=0)
        beyond = self.uploaded(self.portal2, self.portal, amount=100.01, tax=0)
        self.by(self.animator, beyond).action_validate()
        self.assert_waits(beyond, "leaving_buys_beyond", self.portal.name)
        self.validate(self.uploaded(self.portal2, self.portal, amount=100, tax=0))
        self.assertEqual(self.portal.balance, 0.0)
        with self.assertRaisesRegex(Exception, "may not buy"):
            self.uploaded(self.portal2, self.portal, amount=1, tax=0)
        self.assert_invariants()

    def test_with_a_debt_he_sells_and_buys_no_more(self):
        self.earn(self.portal2, 100)
        self.assertEqual(self.portal.balance, -100.0)
        offer, need = self.published(), self.need(self.portal_user, name="Nappes")
        self.set_state(self.portal, "leaving")
        self.assertEqual(self.portal.room, 0.0)
        self.assertEqual((offer.state, need.state), ("published", "paused"))
        with self.assertRaisesRegex(Exception, "may not buy"):
            self.uploaded(self.portal2, self.portal, amount=10, tax=0)
        beyond = self.uploaded(self.portal, self.portal2, amount=100.01, tax=0)
        self.assert_waits(beyond, "leaving_sells_beyond", self.portal.name)
        self.validate(self.uploaded(self.portal, self.portal2, amount=100, tax=0))
        self.assertEqual(self.portal.balance, 0.0)
        # the night takes his offer off: nothing is to be settled any more
        self.env["troc.member"]._cron_notice()
        self.assertEqual(offer.state, "paused")
        self.assert_invariants()

    def test_deals_agreed_before_are_concluded(self):
        self.date_back(self.deal(), agreed_on=1)
        self.set_state(self.portal, "leaving")
        sale = self.uploaded(self.portal, self.portal2, amount=360, tax=0)
        self.assertTrue(sale.introduction_id)
        self.validate(sale)
        self.assertEqual(self.portal.balance, 360.0)
        self.assert_invariants()

    def test_no_new_deal_that_settles_nothing(self):
        offer = self.published()
        introduction = self.contact(offer)
        introduction.action_propose(self.terms())
        self.set_state(self.portal, "leaving")
        own = self.by(self.portal_user, introduction)
        self.assert_refused(
            "seller_may_not_sell", introduction.name, own.action_accept, 1
        )
        new = self.listing(name="Nouvelle offre")
        self.assert_refused("seller_may_not_sell", new.name, new.action_publish)
        self.assertTrue(own.action_say("Nous fermons, désolés."))

    def test_a_new_deal_does_not_cross_zero(self):
        """Nor does its invoice, however the deal came about."""
        self.earn(self.portal2, 100)
        self.set_state(self.portal, "leaving")
        introduction = self.contact(self.published())
        introduction.action_propose(self.terms())
        own = self.by(self.portal_user, introduction)
        self.assert_refused(
            "leaving_deal_beyond", self.portal.name, own.action_accept, 1
        )
        self.by(self.portal2_user, introduction).action_propose(
            self.terms(total_amount="60")
        )
        own.action_accept(2)
        self.assertEqual(introduction.state, "agreed")
        sealed(introduction).write({"total_amount": 120, "actif_amount": 120})
        sale = self.uploaded(self.portal, self.portal2, amount=120, tax=0)
        self.assertTrue(sale.introduction_id)
        self.by(self.animator, sale).action_validate()
        self.assert_waits(sale, "leaving_sells_beyond")

    def test_at_zero_he_leaves_at_once_and_all_is_closed(self):
        offer, draft = self.published(), self.listing(name="Brouillon")
        introduction = self.contact(offer)
        self.set_state(self.portal, "leaving")
        self.leave(self.portal)
        self.assert_left(self.portal)
        self.assertEqual((offer + draft).mapped("state"), ["closed"] * 2)
        self.assertEqual(introduction.state, "cancelled")
        said = str(introduction.sudo().message_ids.mapped("body"))
        self.assertIn("has left the network", said)
        with self.assertRaisesRegex(Exception, "may not sell"):
            self.uploaded(self.portal, self.portal2, amount=10, user=self.animator)
        self.assertIn("boutique ferme", self.mails_to(self.portal)[:1].body_html)

    def test_what_waits_is_decided_before(self):
        self.deal()
        waiting = self.uploaded(self.portal2, self.portal, amount=30, tax=0)
        self.set_state(self.portal, "leaving")
        self.notice_over(self.portal)
        for named in (waiting.name, "Plateaux repas"):
            self.assert_refused("leave_waits", named, self.leave, self.portal, "Non")
        self.assertEqual(self.portal.state, "leaving")
        self.by(self.animator, waiting).action_refuse("Trop tard")
        deal = self.portal._talks("agreed")
        self.by(self.animator, deal).action_cancel("Trop tard")
        self.leave(self.portal)
        self.assert_left(self.portal)
