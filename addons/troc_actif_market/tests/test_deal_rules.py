"""Deals: who may act when, what is set aside, whose turn it is, who reads along."""

from datetime import timedelta

from markupsafe import Markup

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif.tests.facturx_xml import facturx_xml
from odoo.addons.troc_actif_invoice.seal import sealed

from .market import Market


@tagged("post_install", "-at_install")
class TestDealRules(Market, TrocCase):
    def assert_code(self, code, act, *args):
        with self.assertRaises(UserError) as caught:
            act(*args)
        self.assertEqual(caught.exception.__cause__.code, code)

    # -- no deal that could not be billed ----------------------------------------------

    def test_who_may_not_buy_agrees_on_nothing(self):
        introduction = self.contact()
        introduction.action_propose(self.terms())
        self.portal2.state = "on_hold"
        other = self.by(self.portal_user, introduction)
        self.assert_code("buyer_may_not_buy", other.action_accept, 1)
        self.assert_code("buyer_may_not_buy", other.action_propose, self.terms())
        self.assert_code("buyer_may_not_buy", self.contact, self.published(name="B"))
        # what he sells goes on, and so does a helping hand
        own = self.published(self.portal2_user, name="D")
        self.assertTrue(self.contact(own, self.portal_user))
        self.assertTrue(self.contact(self.published(name="C", is_helping_hand=True)))

    def test_who_may_not_sell_agrees_on_nothing(self):
        listing = self.published()
        self.portal.state = "leaving"
        self.assert_code("seller_may_not_sell", self.contact, listing)

    # -- whose turn ------------------------------------------------------------------

    def test_after_the_deal_it_is_the_sellers_turn(self):
        deal = self.deal()
        self.assertEqual(deal.awaited_id, self.portal)
        deal.with_user(self.portal_user).action_deliver()
        self.assertEqual(deal.awaited_id, self.portal)
        self.assertEqual(deal._whose_turn(), self.portal)
        action = self.by(self.animator, deal).action_write_to()
        self.assertEqual(action["context"]["default_res_ids"], self.portal.ids)
        self.uploaded(self.portal, self.portal2, 360, tax=0)
        self.assertFalse(deal.awaited_id)

    def test_accepting_twice_is_accepting_once(self):
        deal = self.deal()
        notes = len(deal.message_ids)
        self.assertTrue(deal.with_user(self.portal_user).action_accept(1))
        self.assertEqual(len(deal.message_ids), notes)

    def test_an_answer_by_mail_counts_as_one(self):
        introduction = self.contact().sudo()
        self.date_back(introduction, last_message_on=8)
        introduction.message_post(
            body="Oui", author_id=self.portal_user.partner_id.id, message_type="email"
        )
        self.assertEqual(introduction.awaited_id, self.portal2)
        self.assertFalse(introduction.is_silent)

    def test_what_is_delivered_is_given_up_by_the_seller_or_an_animator(self):
        self.set_limits(self.portal2, 500)
        deal = self.deal(reserve="1")
        deal.with_user(self.portal_user).action_deliver()
        buyer = deal.with_user(self.portal2_user)
        self.assert_code("delivered_already", buyer.action_cancel, "Plus envie")
        self.assertEqual(self.portal2.reserved_amount, 360)
        self.assert_code(
            "reason_missing", buyer.with_user(self.animator).action_cancel, ""
        )
        wizard = self.by(self.animator, self.env["troc.reason"]).create(
            {
                "decision": "cancel",
                "introduction_ids": [(6, 0, deal.ids)],
                "reason": "Accord entre les deux",
            }
        )
        wizard.action_confirm()
        self.assertEqual(deal.state, "cancelled")
        self.assertEqual(self.portal2.reserved_amount, 0)

    # -- what is set aside -------------------------------------------------------------

    def test_the_invoice_of_a_reserved_deal_is_not_said_to_be_blocked(self):
        self.set_limits(self.portal2, 360)
        self.deal(reserve="1")
        invoice = self.uploaded(self.portal, self.portal2, 360, tax=0)
        self.assertFalse(invoice.is_blocked)

    def test_a_blocked_invoice_frees_nothing_for_the_others_of_its_batch(self):
        self.set_limits(self.portal2, 360)
        self.deal(reserve="1")
        own = self.uploaded(self.portal, self.portal2, 360, tax=0)
        other = self.uploaded(self.portal, self.portal2, 300, tax=0)
        # the first one is stopped by the seller's ceiling, after the release
        self.set_limits(self.portal, 0, 340)
        self.by(self.animator, own + other).action_validate()
        self.assertEqual(own.blocked_code, "balance_limit_exceeded")
        self.assertEqual(other.blocked_code, "credit_limit_exceeded")
        self.assertEqual(self.portal2.balance, 0)

    def test_the_verification_counts_what_is_set_aside(self):
        self.set_limits(self.portal2, 500)
        deal = self.deal(reserve="1")
        verify = self.env["troc.verification"]
        self.assertEqual(verify.report(self.network.ids)[0]["held"], 8)
        sealed(deal).reserved_amount = 100
        self.assertEqual(verify.report(self.network.ids)[0]["held"], 7)

    # -- who reads along ---------------------------------------------------------------

    def colleague(self, right):
        user = self._portal_user(f"deal_{right}", self.portal)
        user._troc_set_right(right)
        return user

    def test_who_trades_follows_and_nobody_else(self):
        talk = self.contact().sudo()
        reader, trader = self.colleague("read"), self.colleague("trade")
        self.assertIn(trader.partner_id, talk.message_partner_ids)
        self.assertNotIn(reader.partner_id, talk.message_partner_ids)
        boss = self.by(self.portal_user, self.portal)
        boss.action_set_right(trader.id, "read")
        self.assertNotIn(trader.partner_id, talk.message_partner_ids)
        boss.action_set_right(trader.id, "trade")
        self.assertIn(trader.partner_id, talk.message_partner_ids)
        boss.action_remove_colleague(trader.id)
        self.assertNotIn(trader.partner_id, talk.message_partner_ids)
        boss.action_reopen_colleague(trader.id)
        self.assertIn(trader.partner_id, talk.message_partner_ids)

    def test_one_company_does_not_learn_the_addresses_of_the_other(self):
        self.colleague("trade")
        talk = self.contact().sudo()
        mails = self.env["mail.mail"].search(
            [("mail_message_id", "in", talk.message_ids.ids)]
        )
        self.assertTrue(mails)
        for mail in mails:
            self.assertNotIn("X-Msg-To-Add", str(mail.headers))

    def test_what_is_said_leaves_from_the_networks_address(self):
        self.operator.email = "reseau@example.com"
        talk = self.contact().sudo()
        message = talk.message_ids.filtered("body")[:1]
        self.assertEqual(message.author_id, self.portal2_user.partner_id)
        self.assertIn("reseau@example.com", message.email_from)
        self.assertIn(self.portal2_user.name, message.email_from)
        self.assertNotIn(self.portal2_user.email, message.email_from)

    def test_the_link_in_a_mail_is_no_key(self):
        talk = self.contact()
        for user in (self.portal_user, self.portal2_user):
            action = talk.sudo()._get_access_action(access_uid=user.id)
            self.assertEqual(action["url"], f"/my/actif/introductions/{talk.id}")
        mails = self.env["mail.mail"].search(
            [("mail_message_id", "in", talk.sudo().message_ids.ids)]
        )
        told = mails.filtered(lambda m: self.portal_user.partner_id in m.recipient_ids)
        self.assertIn("/mail/view?", told[:1].body_html)
        self.assertNotIn("access_token", told[:1].body_html)
        self.assertNotIn("access_token", talk._fields)
        back_office = talk.sudo()._get_access_action(access_uid=self.animator.id)
        self.assertNotEqual(back_office["type"], "ir.actions.act_url")

    def test_members_post_by_our_own_means_only(self):
        talk = self.contact()
        for user in (self.portal2_user, self.seller_accountant):
            with self.assertRaises(AccessError, msg=user.login):
                self.by(user, talk).message_post(
                    body="Accord : 10 000",
                    message_type="notification",
                    subtype_xmlid="troc_actif_market.subtype_deal_note",
                )
        self.by(self.animator, talk).message_post(body="Puis-je aider ?")

    def test_what_came_by_mail_shows_its_words_only(self):
        talk = self.contact().sudo()
        talk.message_post(
            body=Markup("<p>Oui<img src='https://elsewhere.example/x.png'/></p>"),
            author_id=self.portal_user.partner_id.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        body = talk.with_user(self.portal2_user)._messages()[-1]["body"]
        self.assertIn("Oui", body)
        self.assertNotIn("<img", body)

    # -- whose company -----------------------------------------------------------------

    def test_a_portal_user_is_of_no_company_that_invited_him(self):
        """Odoo's portal wizard gives him the company of who sent the invitation."""
        company = self.seller.company_id
        self.portal2_user.write(
            {"company_ids": [(4, company.id)], "company_id": company.id}
        )
        self.assertEqual(
            self.env["troc.member"]._of_user(self.portal2_user), self.portal2
        )
        self.assertNotIn(self.portal2_user, self.seller._users())
        intruder = self.by(self.portal2_user, self.seller)
        for act in (
            lambda: intruder.action_invite("X", "x@example.com", "administer"),
            lambda: intruder.action_present("X"),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_a_stranger_learns_nothing_from_a_file_of_others(self):
        invoice = self.uploaded(self.portal, self.portal2, 500)
        third = self._portal("Test Tiers", "75011", "000100057")
        stranger = self._portal_user("third", third)
        known = facturx_xml(self.portal, self.portal2, number=invoice.document_number)
        told = self.by(stranger, self.env["troc.compensation"]).check_document(
            "f.xml", self.encoded(known)
        )
        self.assertEqual(told["type"], "danger")
        self.assertIn(stranger.name, told["message"])
        self.assertNotIn(invoice.name, told["message"])

    # -- scheduled actions -------------------------------------------------------------

    def test_one_bad_record_stops_no_other_one(self):
        self.set_limits(self.portal2, 1000)
        old = [self.deal(self.published(name=n), reserve="1") for n in ("A", "B")]
        for deal in old:
            self.date_back(deal, due_date=self.network.reservation_days + 11)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE troc_introduction SET due_date = NULL WHERE id = %s", [old[0].id]
        )
        self.env.invalidate_all()
        with self.assertLogs("odoo.addons.troc_actif.scheduled", "ERROR"):
            self.env["troc.introduction"]._cron_lapse()
        self.assertEqual([deal.reserved_amount for deal in old], [360, 0])

    def test_searches_that_cannot_be_read_are_refused(self):
        searches = self.by(self.portal2_user, self.env["troc.saved.search"])
        for filters in (
            {"department_id": "abc"},
            {"max_price": float(2**40)},
            "abc",
        ):
            self.assert_code(
                "search_unreadable", searches.create, {"name": "X", "filters": filters}
            )
        self.assertTrue(searches.create({"name": "X", "filters": {"query": 5}}))

    def test_no_more_searches_than_are_kept(self):
        searches = self.by(self.portal2_user, self.env["troc.saved.search"])
        many = [{"name": "X", "filters": {"kind": "offer"}}] * 21
        self.assert_code("searches_many", searches.create, many)

    # -- listings ----------------------------------------------------------------------

    def test_renewing_keeps_it_online_where_animators_look_first(self):
        self.network.listing_moderation = True
        listing = self.published()
        self.assertEqual(listing.state, "pending")
        self.by(self.animator, listing).action_approve()
        published_on = listing.published_on
        sealed(listing).expires_on = fields.Date.today() + timedelta(days=3)
        own = self.by(self.portal_user, listing)
        own.action_renew()
        self.assertEqual(listing.state, "published")
        self.assertGreater(listing.expires_on, fields.Date.today() + timedelta(days=30))
        self.assertEqual(listing.published_on, published_on)
        # the same words again, or another price: nothing to look at
        own.write({"name": listing.name, "price_min": 20})
        self.assertEqual(listing.state, "published")
        own.write({"name": "Autre chose"})
        self.assertEqual(listing.state, "pending")
        self.by(self.animator, listing).action_approve()
        own.action_pause()
        own.write({"description": "Changée pendant la pause"})
        own.action_publish()
        self.assertEqual(listing.state, "pending")

    def test_what_was_sent_back_is_seen_again_before_it_is_shown(self):
        self.network.listing_moderation = True
        listing = self.published()
        own, seen = self.by(self.portal_user, listing), self.by(self.animator, listing)
        seen.action_approve()
        seen.action_send_back("Le prix manque")
        own.action_publish()
        self.assertEqual(listing.state, "pending")

    def test_a_pause_makes_nothing_new_of_it(self):
        listing = self.published()
        self.date_back(listing, published_on=10)
        before = (listing.published_on, listing.expires_on)
        listing.action_pause()
        listing.action_publish()
        self.assertEqual((listing.published_on, listing.expires_on), before)

    def test_what_others_read_stays_complete(self):
        listing = self.published()
        self.assert_code("listing_missing", listing.write, {"description": False})
        self.assert_code("frozen", listing.write, {"territory_id": False})
        self.assert_code("frozen", listing.write, {"search_title": "tout"})
