"""What a member's state does to his listings and conversations."""

from odoo import fields
from odoo.tests import Form, tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif.tests.life import Life

from .market import Market


@tagged("post_install", "-at_install")
class TestMarketLife(Life, Market, TrocCase):
    def wizard(self, member, state):
        """Return the form of the wizard as the manager is shown it."""
        action = (
            self.by(self.manager, member)
            .with_context(troc_state=state)
            .action_open_life()
        )
        wizards = self.env["troc.member.life"].with_context(**action["context"])
        return Form(self.by(self.manager, wizards))

    def both(self):
        """Return an offer and a need of the portal member, online."""
        need = self.need(self.portal_user, name="Besoin de nappes")
        return self.published(name="Offre de repas"), need

    def seen(self, listings):
        """Return which of these another member finds on the marketplace."""
        return listings & self.found().listings

    def test_on_hold_suspends_needs_and_active_brings_them_back(self):
        offer, need = self.both()
        self.assertEqual(self.seen(offer + need), offer + need)
        self.set_state(self.portal, "on_hold")
        self.assertEqual(self.seen(offer + need), offer)
        self.assertEqual(need.state, "paused")
        self.assertEqual(self.portal.room, 0.0)
        self.assertIn("Décision du comité", self.portal.state_note)
        own = self.by(self.portal_user, need)
        self.assert_refused("buyer_may_not_buy", need.name, own.action_publish)
        self.set_state(self.portal, "active")
        self.assertEqual(self.seen(offer + need), offer + need)
        self.assertFalse(need.suspended_state)

    def test_stand_by_suspends_offers(self):
        offer, need = self.both()
        self.set_state(self.portal, "stand_by")
        self.assertEqual(self.seen(offer + need), need)
        own = self.by(self.portal_user, offer)
        self.assert_refused("seller_may_not_sell", offer.name, own.action_publish)
        self.set_state(self.portal, "on_hold")
        self.assertEqual(self.seen(offer + need), offer)

    def test_what_the_member_paused_himself_stays_paused(self):
        _offer, need = self.both()
        own = self.by(self.portal_user, need)
        own.action_pause()
        self.set_state(self.portal, "on_hold")
        self.set_state(self.portal, "active")
        self.assertEqual(need.state, "paused")
        own.action_publish()
        self.set_state(self.portal, "on_hold")
        own.action_close()
        self.set_state(self.portal, "active")
        self.assertEqual(need.state, "closed")

    def test_what_expired_meanwhile_comes_back_as_expired(self):
        _offer, need = self.both()
        self.set_state(self.portal, "on_hold")
        self.date_back(need, expires_on=120)
        self.set_state(self.portal, "active")
        self.assertEqual(need.state, "expired")

    def test_what_waited_for_an_animator_waits_again(self):
        self.network.listing_moderation = True
        offer = self.published()
        self.assertEqual(offer.state, "pending")
        self.set_state(self.portal, "stand_by")
        self.assertEqual(offer.state, "paused")
        self.assertFalse(offer.sudo().activity_ids)
        self.set_state(self.portal, "active")
        self.assertEqual(offer.state, "pending")
        self.assertTrue(offer.sudo().activity_ids)

    def test_the_wizard_says_what_it_will_do(self):
        self.both()
        self.deal(reserve="1")
        self.contact(self.published(name="Autre offre"))
        self.uploaded(self.portal2, self.portal, amount=100, tax=0)
        form = self.wizard(self.portal, "on_hold")
        for words in (
            "taken off the marketplace: 1",
            "Conversations that stay open: 1",
            "still to be invoiced: 1",
            "that wait, with the reason: 1",
        ):
            self.assertIn(words, form.effects)
        form.reason = "Factures impayées"
        form.save().action_confirm()
        self.assertEqual(self.portal.state, "on_hold")
        buyer = self.wizard(self.portal2, "on_hold")
        self.assertRegex(buyer.effects, "360[.,]00 Actifs stay set aside")

    # -- an opening judgment ----------------------------------------------------------

    def test_a_judgment_suspends_all_and_closes_no_deal(self):
        offer, need = self.both()
        deal, talk = self.deal(offer), self.contact(self.published(name="Buffet"))
        own = self.by(self.manager, self.portal)
        own.action_record_judgment(fields.Date.today(), "receivership")
        judgment = self.portal.insolvency_ids
        self.assertFalse(self.seen(offer + need))
        self.assertEqual((deal.state, talk.state), ("agreed", "open"))
        for one in (deal, talk.sudo()):
            self.assertIn(one.name, judgment.stopped_deals)
            self.assertIn("judgment", one.message_ids[:1].body)
        publish = self.by(self.portal_user, need).action_publish
        self.assert_refused("insolvent", self.portal.name, publish)
        propose = talk.action_propose
        self.assert_refused("insolvent", self.portal.name, propose, self.terms())
        self.by(self.manager, judgment).action_lift("Plan adopté")
        self.assertEqual(self.seen(offer + need), offer + need)
        self.assertFalse(judgment.stopped_deals)
