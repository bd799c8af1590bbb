"""Confirmations of balances: numbered, mailed, frozen, answered by the member."""

import hashlib
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.troc_actif.tests.common import TrocCase


@tagged("post_install", "-at_install")
class TestBalanceConfirmation(TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()
        case.validated(amount=1000.0, share=100)
        case.validate(case.uploaded(cls.portal, cls.portal2, 100))
        cls.today = fields.Date.today()
        cls.next_year = fields.Date.add(cls.today, days=400)

    def run_of(self, user=None, **values):
        records = self.by(user or self.manager, self.env["troc.confirmation.run"])
        own = {"network_id": self.network.id, "date_to": self.today, **values}
        return records.create(own)

    def made(self, **values):
        """Return the confirmations that the manager makes on the day after."""
        with freeze_time(fields.Date.add(self.today, days=1)):
            action = self.run_of(**values).action_run()
        return self.env["troc.balance.confirmation"].search(action["domain"])

    def of(self, member, confirmations):
        return confirmations.filtered(lambda c: c.member_id == member)

    def test_all_members_with_an_account(self):
        made = self.made()
        self.assertEqual(made.member_id, self.members)
        self.assertEqual(set(made.mapped("state")), {"sent"})
        self.assertEqual(len(set(made.mapped("name"))), 4)
        self.assertAlmostEqual(sum(made.mapped("balance")), 0.0)
        own = self.of(self.seller, made)
        figures = (own.opening, own.earned, own.spent, own.balance)
        self.assertEqual(figures, (0.0, 1200.0, 0.0, 1200.0))
        self.assertTrue(self.of(self.buyer, made).needs_presentation)
        self.assert_invariants()

    def test_transfers_count_and_the_network_itself_is_not_asked(self):
        self.by(self.manager, self.network).action_open_own_account()
        own = self.network.own_member_id
        self.transfer(self.seller, own, 200, kind="void")
        self.env.flush_all()
        made = self.made()
        self.assertEqual(made.member_id, self.members)
        letter = self.of(self.seller, made)
        figures = (letter.earned, letter.spent, letter.balance)
        self.assertEqual(figures, (1200.0, 200.0, 1000.0))
        self.assertEqual(letter.balance, self.seller.balance)

    def test_opening_and_turnover_of_a_later_year(self):
        with freeze_time(self.next_year):
            made = self.run_of(
                date_to=fields.Date.subtract(self.next_year, days=1)
            ).action_run()
        made = self.env["troc.balance.confirmation"].search(made["domain"])
        own = self.of(self.seller, made)
        figures = (own.opening, own.earned, own.spent, own.balance)
        self.assertEqual(figures, (1200.0, 0.0, 0.0, 1200.0))
        self.assertEqual(
            sorted(made.mapped("name")),
            [f"CONF/{own.date_to.year}/{number:04d}" for number in range(1, 5)],
        )

    def test_a_letter_with_its_fingerprint_is_mailed(self):
        made = self.made()
        own = self.of(self.portal, made)
        content = own.with_context(bin_size=False).document
        self.assertTrue(own._is_intact())
        self.assertTrue(content)
        self.assertEqual(len(own.document_sha256), len(hashlib.sha256().hexdigest()))
        html = own._printed().decode(errors="replace")
        self.assertIn(own.name, html)
        self.assertIn(self.portal.name, html)
        mail = self.env["mail.mail"].search(
            [("model", "=", own._name), ("res_id", "=", own.id)]
        )
        self.assertEqual(mail.recipient_ids, self.portal_user.partner_id)
        self.assertEqual(mail.attachment_ids.mapped("name"), [own.document_filename])
        self.assertIn(f"/my/actif/confirmations/{own.id}", mail.body_html)

    def test_nobody_is_asked_twice(self):
        self.made()
        with self.assertRaises(UserError) as caught:
            self.made()
        self.assertEqual(caught.exception.__cause__.code, "nobody_to_confirm")

    def test_who_contested_is_asked_anew(self):
        made = self.made()
        self.by(self.portal_user, self.of(self.portal, made)).action_contest("Non")
        again = self.made()
        self.assertEqual(again.member_id, self.portal)
        self.assertEqual(again.state, "sent")

    def test_not_before_the_year_is_over(self):
        self.assert_refused(
            "confirmation_too_early", self.network.name, self.run_of().action_run
        )

    def test_only_a_manager(self):
        for user in (self.animator, self.reader, self.seller_accountant):
            with self.assertRaises(AccessError):
                self.run_of(user)

    def test_the_member_confirms(self):
        own = self.of(self.portal, self.made())
        self.by(self.portal_user, own).action_confirm()
        self.assertEqual(own.state, "confirmed")
        self.assertEqual(own.answered_by_id, self.portal_user)
        self.assert_refused(
            "confirmation_answered",
            own.name,
            self.by(self.portal_user, own).action_contest,
            "Trop tard",
        )

    def test_the_accountant_of_a_hosted_member_confirms(self):
        made = self.made()
        own = self.of(self.seller, made)
        self.by(self.seller_accountant, own).action_confirm()
        self.assertEqual(own.state, "confirmed")
        for user in (self.buyer_accountant, self.portal_user):
            with self.assertRaises(AccessError):
                self.by(user, self.of(self.portal2, made)).action_confirm()

    def test_contested_it_is_given_to_the_animators(self):
        own = self.of(self.portal, self.made())
        mine = self.by(self.portal_user, own)
        self.assert_refused(
            "contest_reason_missing", own.name, mine.action_contest, " "
        )
        mine.action_contest("La facture P-9 manque.")
        self.assertEqual(own.state, "contested")
        self.assertEqual(own.contest_reason, "La facture P-9 manque.")
        animators = self.portal.territory_id.animator_ids
        self.assertTrue(animators)
        self.assertEqual(own.activity_ids.user_id, animators)

    def test_without_animators_at_work_it_is_given_to_the_managers(self):
        own = self.of(self.portal, self.made())
        self.portal.territory_id.animator_ids.active = False
        self.by(self.portal_user, own).action_contest("La facture P-9 manque.")
        self.assertIn(self.manager, own.activity_ids.user_id)

    def test_a_reader_of_the_member_does_not_answer(self):
        own = self.of(self.portal, self.made())
        self.portal_user._troc_set_right("read")
        self.assert_refused(
            "not_trader",
            self.portal_user.name,
            self.by(self.portal_user, own).action_confirm,
        )

    def test_the_network_does_not_answer_for_a_member(self):
        own = self.of(self.portal, self.made())
        for user in (self.manager, self.animator):
            with self.assertRaises(UserError):
                self.by(user, own).action_confirm()
        self.assertEqual(own.state, "sent")

    def test_frozen(self):
        own = self.of(self.portal, self.made())
        for user in (self.manager, self.portal_user, self.reader):
            for values in ({"balance": 0}, {"state": "confirmed"}, {"name": "X"}):
                with self.assertRaises(UserError):
                    self.by(user, own).write(values)
            with self.assertRaises(UserError):
                self.by(user, own).unlink()
        with self.assertRaises(UserError):
            own.sudo().write({"balance": 0})
        with self.assertRaises(UserError):
            own.sudo().unlink()

    def test_each_sees_his_own(self):
        made = self.made()
        for user, members in (
            (self.portal_user, self.portal),
            (self.seller_accountant, self.seller),
            (self.reader, self.members),
        ):
            found = self.by(user, self.env["troc.balance.confirmation"]).search([])
            self.assertEqual((found & made).member_id.sudo(), members)

    def test_many_go_through_the_queue(self):
        confirmations = self.env["troc.balance.confirmation"]
        first = fields.Date.subtract(self.today, days=30)
        made = confirmations._make(self.network, first, self.today)
        self.assertEqual(set(made.mapped("state")), {"draft"})
        confirmations.sudo()._cron_send()
        self.assertEqual(set(made.mapped("state")), {"sent"})

    def test_drafts_are_nobodys_business(self):
        yesterday = self.today - timedelta(days=1)
        made = self.env["troc.balance.confirmation"]._make(
            self.network, yesterday, self.today
        )
        own = self.of(self.portal, made)
        with mute_logger("odoo.addons.base.models.ir_rule"):
            with self.assertRaises(AccessError):
                self.by(self.portal_user, own).read(["balance"])
