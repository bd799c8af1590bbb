"""Mails to both sides, notes and activities."""

from odoo.tests import tagged

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestNotifications(TrocCase):
    def mails(self, compensation):
        return self.env["mail.mail"].search(
            [("model", "=", compensation._name), ("res_id", "=", compensation.id)],
            order="id",
        )

    def assert_told(self, compensation, before, *words):
        """One mail more, to both sides, with these words; it is queued, not sent."""
        mails = self.mails(compensation) - before
        sides = compensation.seller_partner_id + compensation.buyer_partner_id
        self.assertEqual(mails.recipient_ids, sides)
        for mail in mails:
            self.assertEqual(mail.state, "outgoing")
            self.assertIn(compensation.document_number, mail.subject)
            for word in (*words, compensation.seller_id.name):
                self.assertIn(word, str(mail.body_html))
        return self.mails(compensation)

    def test_mails_to_both_sides(self):
        compensation = self.uploaded(self.portal, self.portal2, share=50)
        mails = self.assert_told(compensation, self.env["mail.mail"], "600")
        self.validate(compensation)
        mails = self.assert_told(compensation, mails, "600", compensation.name)
        self.by(self.animator, compensation).action_reverse("Chantier annulé")
        self.assert_told(compensation, mails, "Chantier annulé")
        refused = self.uploaded(self.portal, self.portal2)
        mails = self.mails(refused)
        self.by(self.animator, refused).action_refuse("Devis différent")
        self.assert_told(refused, mails, "Devis différent")

    def test_a_subject_is_one_line(self):
        """Whatever the names in it hold; what follows a break is no header."""
        self.network.name = "Réseau\r\nBcc: pirate@example.com\u2028fin"
        last = self.env["mail.mail"].search([], limit=1, order="id desc").id or 0
        self.by(self.manager, self.portal).action_set_state("on_hold", "Impayés")
        mails = self.env["mail.mail"].search([("id", ">", last)])
        self.assertTrue(mails)
        for mail in mails:
            self.assertEqual(len(mail.subject.splitlines()), 1, repr(mail.subject))
            self.assertIn("Réseau Bcc: pirate@example.com fin", mail.subject)

    def test_mails_of_a_hosted_compensation(self):
        compensation = self.submitted()
        mails = self.assert_told(compensation, self.env["mail.mail"])
        self.validate(compensation)
        self.assert_told(compensation, mails)

    def test_one_that_waits_sends_no_mail(self):
        compensation = self.uploaded(self.portal, self.portal2, amount=5000)
        before = self.mails(compensation)
        self.by(self.animator, compensation).action_validate()
        self.assertEqual(self.mails(compensation), before)

    def test_the_chatter_says_who_did_what(self):
        compensation = self.uploaded(self.portal, self.portal2)
        self.validate(compensation)
        self.by(self.manager, compensation).action_reverse("Chantier annulé")
        notes = compensation.message_ids.sorted("id")
        for user, word in (
            (self.portal_user, self.portal_user.name),
            (self.animator, self.animator.name),
            (self.manager, "Chantier annulé"),
        ):
            own = notes.filtered(lambda m, u=user: m.author_id == u.partner_id)
            self.assertIn(word, "".join(str(body) for body in own.mapped("body")))

    def test_activities_of_the_animators_in_charge(self):
        metropole = self.env.ref("troc_actif.territory_metropole")
        compensation = self.uploaded(self.portal, self.portal2, amount=100)
        todo = compensation.activity_ids
        self.assertEqual(todo.user_id, self.animator + self.animator2)
        self.assertEqual(len(todo), 2)
        self.assertEqual(
            todo.activity_type_id, self.env.ref("troc_actif.activity_validate")
        )
        self.assertIn(self.portal.name, todo[0].summary)
        self.validate(compensation)
        self.assertFalse(compensation.activity_ids)
        metropole.animator_ids = self.animator2
        refused = self.uploaded(self.portal2, self.portal2_buyer(), amount=100)
        self.assertEqual(refused.activity_ids.user_id, self.animator2)
        self.by(self.animator2, refused).action_refuse("Non")
        self.assertFalse(refused.activity_ids)

    def portal2_buyer(self):
        return self._portal("Test Voisin", "94300", "000100057")

    def test_no_activity_for_one_who_belongs_to_a_party(self):
        self.animator.company_ids += self.seller.company_id
        self.animator2.partner_id.parent_id = self.portal2.partner_id
        compensation = self.submitted(amount=100)
        self.assertEqual(compensation.activity_ids.user_id, self.animator2)
        compensation = self.uploaded(self.portal, self.portal2, amount=100)
        self.assertEqual(compensation.activity_ids.user_id, self.animator)
