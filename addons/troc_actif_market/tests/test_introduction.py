"""Two members talk, agree, set Actifs aside, deliver, and bill."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif_invoice.seal import sealed

from .market import Market


@tagged("post_install", "-at_install")
class TestIntroduction(Market, TrocCase):
    def other(self, introduction):
        """Return it as the user of the other side, the owner of the listing."""
        return self.by(self.portal_user, introduction)

    def test_who_sells_follows_from_the_listing(self):
        offer = self.contact(self.published()).sudo()
        self.assertEqual((offer.seller_id, offer.buyer_id), (self.portal, self.portal2))
        need = self.contact(self.need(), self.portal_user).sudo()
        self.assertEqual((need.seller_id, need.buyer_id), (self.portal, self.portal2))
        self.assertEqual(need.initiator_id, self.portal)

    def test_a_conversation_with_files(self):
        introduction = self.contact()
        self.other(introduction).action_say(
            "Oui, mardi.\n<script>alert(1)</script>", [("plan <b>.svg", b"<svg/>")]
        )
        messages = introduction._messages()
        self.assertEqual([m["is_own"] for m in messages], [True, False])
        self.assertNotIn("<script>", messages[-1]["body"])
        ((file_id, name),) = messages[-1]["files"]
        self.assertEqual(name, "plan <b>.svg")
        file = introduction._file(file_id)
        self.assertIn(file.mimetype, ("application/x-download", "text/plain"))
        self.assertEqual(file.raw, b"<svg/>")
        self.assertFalse(introduction._file(file_id + 1))
        self.assertEqual(introduction.sudo().awaited_id, self.portal2)
        self.assert_refused(
            "message_missing", introduction.name, introduction.action_say, " "
        )

    def test_a_contact_over_rpc(self):
        listing = self.by(self.portal2_user, self.published())
        found = listing.action_contact("Bonjour")
        introduction = self.by(self.portal2_user, self.env["troc.introduction"])
        self.assertTrue(introduction.browse(found)._messages()[0]["is_own"])
        with self.assertRaises(AccessError):
            self.by(self.animator, listing).action_contact("Bonjour")

    def test_asking_twice_goes_on_in_the_same_conversation(self):
        listing = self.published()
        first = self.contact(listing)
        self.assertEqual(self.contact(listing, body="Encore moi"), first)
        self.assertEqual(len(first._messages()), 2)

    def test_the_other_side_is_told_by_mail(self):
        introduction = self.contact()
        notified = introduction.sudo().message_ids.notified_partner_ids
        self.assertIn(self.portal_user.partner_id, notified)

    def test_no_contact_with_oneself_or_when_out(self):
        listing = self.published()
        self.assert_refused(
            "own_listing", listing.name, self.contact, listing, self.portal_user
        )
        sealed(self.portal2).state = "candidate"
        self.assert_refused("may_not_trade", self.portal2.name, self.contact, listing)

    def test_a_week_of_silence(self):
        introduction = self.contact().sudo()
        silent = [("is_silent", "=", True)]
        self.assertFalse(introduction.is_silent)
        self.assertNotIn(introduction, introduction.search(silent))
        self.date_back(introduction, last_message_on=8)
        introduction.invalidate_recordset(["is_silent"])
        self.assertTrue(introduction.is_silent)
        self.assertIn(introduction, introduction.search(silent))
        self.assertNotIn(introduction, introduction.search([("is_silent", "=", False)]))

    def test_help_is_asked_and_given(self):
        introduction = self.contact()
        introduction.action_ask_help("Le vendeur ne répond plus")
        own = introduction.sudo()
        self.assertTrue(own.needs_help)
        self.assertEqual(own.activity_ids.user_id, self.animator + self.animator2)
        with self.assertRaises(AccessError):
            introduction.action_help_given()
        self.by(self.animator, introduction).action_help_given()
        self.assertFalse(own.needs_help)
        self.assertFalse(own.activity_ids)

    # -- the deal -----------------------------------------------------------------

    def test_both_accept_the_same_words(self):
        introduction = self.contact()
        self.assert_refused(
            "terms_none", introduction.name, introduction.action_accept, 0
        )
        introduction.action_propose(self.terms(actif_share="50"))
        own = introduction.sudo()
        self.assertEqual((own.actif_amount, own.cash_amount), (180.0, 180.0))
        self.assertEqual(own.state, "open")
        version = own.terms_version
        introduction.action_propose(self.terms(total_amount="300"))
        other = self.other(introduction)
        self.assert_refused("terms_changed", own.name, other.action_accept, version)
        other.action_accept(own.terms_version)
        self.assertEqual(own.state, "agreed")
        for name in (self.portal.name, self.portal2.name, "Vingt plateaux", "300"):
            self.assertIn(name, own.deal_text)
        self.assert_refused("wrong_state", own.name, introduction.action_propose, {})
        kept = own.deal_text
        self.portal.partner_id.name = "Un autre nom"
        self.assertEqual(own.deal_text, kept)

    def test_terms_that_are_no_terms(self):
        introduction = self.contact()
        for code, wrong in (
            ("terms_missing", {"subject": " "}),
            ("terms_missing", {"due_date": ""}),
            ("terms_past", {"due_date": "2020-01-01"}),
            ("terms_unreadable", {"total_amount": "cent"}),
            ("terms_unreadable", {"total_amount": "nan"}),
            ("terms_unreadable", {"due_date": "demain"}),
            ("share_not_allowed", {"actif_share": "37"}),
            ("amount_not_positive", {"total_amount": "0"}),
            ("terms_too_long", {"subject": "x" * 301}),
            ("terms_hours", {"hours": "1001"}),
            ("terms_unreadable", {"hours": "inf"}),
        ):
            with self.assertRaises(UserError, msg=wrong) as caught:
                introduction.action_propose(self.terms(**wrong))
            self.assertEqual(caught.exception.__cause__.code, code, wrong)
        self.assertFalse(introduction.sudo().terms_version)

    def test_what_is_set_aside_cannot_be_spent_elsewhere(self):
        self.set_limits(self.portal2, 500)
        deal = self.deal(reserve="1")
        self.assertEqual(deal.reserved_amount, 360)
        self.assertEqual(self.portal2.reserved_amount, 360)
        self.assertEqual(self.portal2.room, 140)
        other = self.uploaded(self.portal, self.portal2, 200, tax=0)
        self.by(self.animator, other).action_validate()
        self.assert_waits(other, "credit_limit_exceeded")
        deal.with_user(self.portal2_user).action_cancel("Changement de programme")
        self.assertEqual(self.portal2.room, 500)
        self.assertEqual(deal.state, "cancelled")
        self.by(self.animator, other).action_validate()
        self.assertEqual(other.state, "validated")

    def test_no_reservation_beyond_the_room_and_no_balance_told(self):
        self.set_limits(self.portal2, 100)
        introduction = self.contact()
        introduction.action_propose(self.terms(reserve="1"))
        other = self.other(introduction)
        with self.assertRaises(UserError) as caught:
            other.action_accept(other.terms_version)
        self.assertEqual(caught.exception.__cause__.code, "no_room_to_reserve")
        self.assertNotIn("100", str(caught.exception))

    def test_an_old_reservation_lapses(self):
        self.set_limits(self.portal2, 500)
        deal = self.deal(reserve="1")
        cron = self.env["troc.introduction"]._cron_lapse
        cron()
        self.assertEqual(deal.reserved_amount, 360)
        self.date_back(deal, due_date=self.network.reservation_days + 11)
        cron()
        self.assertEqual(deal.reserved_amount, 0)
        self.assertEqual(self.portal2.reserved_amount, 0)
        self.assertEqual(deal.state, "agreed")

    def test_delivered_billed_settled(self):
        self.set_limits(self.portal2, 360)
        deal = self.deal(reserve="1")
        deal.with_user(self.portal2_user).action_deliver()
        self.assertEqual(deal.state, "delivered")
        invoice = self.uploaded(self.portal, self.portal2, 360, tax=0)
        self.assertEqual(invoice.introduction_id, deal)
        self.assertEqual(deal.state, "invoiced")
        self.by(self.animator, invoice).action_validate()
        self.assertEqual(invoice.state, "validated")
        self.assertEqual(deal.state, "settled")
        self.assertEqual(self.portal2.reserved_amount, 0)
        self.assertEqual(self.portal2.balance, -360)
        self.by(self.manager, invoice).action_reverse("Erreur de quantité")
        self.assertEqual(deal.state, "delivered")

    def test_another_total_is_billed_from_the_page_of_the_deal(self):
        deal = self.deal()
        invoice = self.uploaded(self.portal, self.portal2, 350, tax=0)
        self.assertFalse(invoice.introduction_id)
        sealed(invoice)._bill(sealed(deal))
        self.assertEqual(deal.state, "invoiced")
        wrong = self.uploaded(self.portal2, self.portal, 20, tax=0)
        with self.assertRaises(UserError) as caught:
            sealed(wrong)._bill(sealed(deal))
        self.assertEqual(caught.exception.__cause__.code, "other_deal")

    def test_a_refused_invoice_leaves_the_deal_to_be_billed_again(self):
        deal = self.deal()
        invoice = self.uploaded(self.portal, self.portal2, 360, tax=0)
        self.by(self.animator, invoice).action_refuse("Mauvais client")
        self.assertEqual((deal.state, deal.awaited_id), ("agreed", self.portal))

    def test_a_helping_hand_counts_hours(self):
        listing = self.published(is_helping_hand=True, price_min=0)
        deal = self.deal(listing, hours="1.5", total_amount="", actif_share="")
        deal.with_user(self.portal_user).action_deliver()
        self.assertEqual(deal.state, "settled")
        self.assertRegex(deal.deal_text, r"1[.,]5")
        self.assertEqual(self.portal.hours_given, 1.5)
        self.assertEqual(self.portal2.hours_received, 1.5)

    def test_the_room_is_told_as_yes_or_no_where_the_network_wants(self):
        introduction = self.contact()
        introduction.action_propose(self.terms())
        self.assertIsNone(introduction._room_is_enough())
        self.network.show_room = True
        self.set_limits(self.portal2, 359)
        self.assertIs(introduction._room_is_enough(), False)
        self.set_limits(self.portal2, 360)
        self.assertIs(introduction._room_is_enough(), True)
        # a seller does not find the room by trying amounts
        self.other(introduction).action_propose(self.terms(total_amount="361"))
        self.assertIsNone(introduction._room_is_enough())

    # -- the buyer's word -----------------------------------------------------------

    def test_no_validation_before_the_buyer_accepts(self):
        self.network.buyer_acceptance = True
        invoice = self.uploaded(self.portal, self.portal2, 100, tax=0)
        self.by(self.animator, invoice).action_validate()
        self.assert_waits(invoice, "not_accepted", self.portal2.name)
        self.assert_refused(
            "not_buyer",
            self.portal2.name,
            self.by(self.portal_user, invoice).action_accept,
        )
        self.by(self.portal2_user, invoice).action_accept()
        self.assertEqual(invoice.buyer_accepted_by_id, self.portal2_user)
        self.by(self.animator, invoice).action_validate()
        self.assertEqual(invoice.state, "validated")

    # -- who --------------------------------------------------------------------------

    def test_others_neither_read_nor_act(self):
        introduction = self.contact()
        third = self._portal("Test Tiers", "75011", "000100057")
        stranger = self.by(self._portal_user("third", third), introduction)
        for act in (
            lambda: stranger.read(["name"]),
            lambda: stranger.action_say("Bonjour"),
            lambda: stranger.action_accept(1),
            stranger.action_deliver,
            lambda: stranger.action_cancel("Non"),
            stranger._messages,
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertFalse(stranger.search([]))

    def test_who_only_reads_does_not_act(self):
        introduction = self.contact()
        partner = self.env["res.partner"].create(
            {"name": "Lecture seule", "parent_id": self.portal.partner_id.id}
        )
        user = new_test_user(
            self.env, "troc_lecture", groups="base.group_portal", partner_id=partner.id
        )
        user._troc_set_right("read")
        own = self.by(user, introduction)
        self.assertTrue(own._messages())
        self.assert_refused("not_trader", self.portal.name, own.action_say, "Bonjour")
        with self.assertRaises(AccessError):
            self.listing(user, self.portal)

    def test_nobody_writes_a_conversation_by_hand(self):
        introduction = self.contact()
        for user in (self.portal_user, self.portal2_user, self.animator, self.manager):
            own = self.by(user, introduction)
            with self.assertRaises(AccessError, msg=user.login):
                own.write({"state": "settled"})
            with self.assertRaises(AccessError, msg=user.login):
                own.unlink()

    def test_the_animators_follow(self):
        introduction = self.contact()
        own = self.by(self.animator, introduction)
        self.assertTrue(own.in_my_territory)
        self.assertIn(introduction, own.search([("in_my_territory", "=", True)]))
        far = self.by(self.far_animator, introduction)
        self.assertFalse(far.in_my_territory)
        own.message_post(body="Puis-je aider ?", subtype_xmlid="mail.mt_comment")
        self.assertIn("aider", introduction._messages()[-1]["body"])
        self.assertEqual(own.last_message_on.date(), fields.Date.today())
