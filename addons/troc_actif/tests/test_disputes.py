"""Disputes: frozen, told, settled; and what happens when nobody settles them."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.troc_actif_invoice.seal import sealed

from .limits_case import LimitsCase


@tagged("post_install", "-at_install")
class TestDisputes(LimitsCase):
    def setUp(self):
        super().setUp()
        self.compensation = self.uploaded(self.portal2, self.portal, 100, tax=0)
        self.before = self.mails(self.compensation)

    def dispute(self, user=None, reason="Non livré"):
        self.by(user or self.portal_user, self.compensation).action_dispute(reason)
        return self.compensation

    def lift(self, user=None, resolution="Livré depuis"):
        own = self.by(user or self.animator, self.compensation)
        own.action_lift_dispute(resolution)

    def told(self):
        """Return the mails since the last time, and forget them."""
        mails = self.mails(self.compensation) - self.before
        self.before = self.mails(self.compensation)
        return mails

    def assert_told_to_all(self, word):
        mails = self.told()
        parties = self.portal.partner_id + self.portal2.partner_id
        animators = (self.animator + self.animator2).partner_id
        self.assertEqual(mails.recipient_ids, parties + animators)
        for mail in mails:
            self.assertIn(word, str(mail.body_html))

    def test_what_was_disputed_stays_to_be_read(self):
        disputed = self.dispute()
        self.assertEqual(disputed.disputed_by_id, self.portal_user)
        self.assertTrue(disputed.disputed_on)
        self.assert_waits(disputed, "disputed", "Non livré")
        self.lift()
        self.assertFalse(disputed.is_disputed)
        self.assertFalse(disputed.is_blocked)
        self.assertEqual(disputed.dispute_reason, "Non livré")
        self.assertEqual(disputed.dispute_resolution, "Livré depuis")
        self.assertEqual(disputed.lifted_by_id, self.animator)
        notes = " ".join(str(m.body) for m in disputed.message_ids)
        for word in ("Non livré", "Livré depuis"):
            self.assertIn(word, notes)
        self.validate(disputed)
        self.assert_invariants()

    def test_both_parties_and_the_animators_are_told(self):
        self.dispute()
        self.assert_told_to_all("Non livré")
        asked = self.activities(self.compensation, "activity_dispute")
        self.assertEqual(asked.user_id, self.animator + self.animator2)
        self.lift()
        self.assert_told_to_all("Livré depuis")
        self.assertFalse(self.activities(self.compensation, "activity_dispute"))
        self.lift()
        self.assertFalse(self.told(), "lifting twice tells once")

    def test_a_resolution_needs_words_and_an_animator(self):
        self.dispute()
        own = self.by(self.animator, self.compensation).action_lift_dispute
        self.assert_refused("reason_missing", self.compensation.name, own, " ")
        for user in (self.portal_user, self.portal2_user, self.far_animator):
            with self.assertRaises(AccessError):
                self.lift(user)
        self.assertTrue(self.compensation.is_disputed)

    def test_another_dispute_begins_anew(self):
        self.dispute()
        self.lift()
        self.dispute(self.animator, "Facture en double")
        self.assertEqual(self.compensation.dispute_reason, "Facture en double")
        self.assertFalse(self.compensation.dispute_resolution)
        self.assertFalse(self.compensation.lifted_on)
        again, first = self.compensation.dispute_ids
        self.assertEqual(
            (again.reason, first.reason), ("Facture en double", "Non livré")
        )
        self.assertEqual(first.resolution, "Livré depuis")
        self.assertEqual(first.settled_by_id, self.animator)

    def test_a_second_voice_takes_the_place_of_the_first(self):
        """One is open at a time; what the first one said stays to be read."""
        self.dispute()
        self.dispute(self.portal2_user, "Trop facturé")
        again, first = self.compensation.dispute_ids
        self.assertFalse(again.settled_on)
        self.assertIn("Trop facturé", first.resolution)
        self.assertEqual(first.settled_by_id, self.portal2_user)
        self.assert_waits(self.compensation, "disputed", "Trop facturé")
        self.lift()
        self.assertFalse(self.compensation.is_disputed)
        self.assertEqual(first.settled_by_id, self.portal2_user)
        values = {"compensation_id": self.compensation.id, "reason": "Non"}
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            sealed(first).create([values, values])

    def test_who_reads_the_compensation_reads_its_disputes(self):
        disputed = self.dispute()
        hosted = self.submitted(amount=100)
        self.by(self.animator, hosted).action_dispute("Double")
        both = disputed + hosted
        for user, own in (
            (self.animator, both),
            (self.far_animator, both),
            (self.manager, both),
            (self.reader, both),
            (self.portal_user, disputed),
            (self.portal2_user, disputed),
            (self.seller_accountant, hosted),
            (self.buyer_accountant, hosted),
        ):
            with self.subTest(user.login):
                disputes = self.by(user, both.sudo().dispute_ids)
                domain = [("id", "in", disputes.ids)]
                found = disputes.search(domain)
                self.assertEqual(found, own.sudo().dispute_ids.with_env(found.env))
                found.read()
                for other in disputes - found:
                    with self.assertRaises(AccessError):
                        other.read(["reason"])

    def test_nobody_writes_a_dispute(self):
        dispute = self.dispute().dispute_ids
        values = {"reason": "Rien", "compensation_id": self.compensation.id}
        everyone = self.manager + self.portal_user + self.env.ref("base.user_admin")
        for user in everyone:
            own = self.by(user, dispute)
            for records in (own, own.with_context(troc_seal=True), own.sudo()):
                for act in (
                    lambda r: r.write({"resolution": "Rien"}),
                    lambda r: r.create(values),
                    lambda r: r.copy(),
                    lambda r: r.unlink(),
                ):
                    with self.assertRaises(UserError):
                        act(records)
        self.assertEqual(dispute.reason, "Non livré")

    def test_a_refusal_settles_it(self):
        self.dispute()
        self.by(self.animator, self.compensation).action_refuse("Jamais livré")
        self.assertEqual(self.compensation.state, "refused")
        self.assertFalse(self.compensation.is_disputed)
        self.assertEqual(self.compensation.dispute_resolution, "Jamais livré")
        self.assertEqual(self.compensation.dispute_reason, "Non livré")
        self.assertFalse(self.compensation.sudo().activity_ids)
        self.assert_invariants()

    # -- screens -------------------------------------------------------------------

    def test_the_people_of_a_hosted_party_dispute_on_screen(self):
        compensation = self.submitted(amount=100)
        for user in (self.buyer_accountant, self.animator):
            window = self.by(user, self.env["troc.reason"]).with_context(
                default_decision="dispute",
                default_compensation_ids=compensation.ids,
            )
            form = Form(window)
            form.reason = f"Non livré, dit {user.login}"
            form.save().action_confirm()
            self.assertEqual(compensation.disputed_by_id, user)
            Form(self.by(user, compensation))

    def settle(self, outcome, user=None, resolution=None):
        window = self.by(user or self.animator, self.env["troc.dispute.settlement"])
        form = Form(window.with_context(default_compensation_id=self.compensation.id))
        form.outcome = outcome
        if resolution:
            form.resolution = resolution
        self.assertTrue(form.resolution)
        return form.save().action_confirm()

    def test_the_ends_that_a_dispute_can_take(self):
        for outcome, state in (
            ("validate", "validated"),
            ("credit_note", "validated"),
            ("refuse", "refused"),
            ("new_invoice", "refused"),
            ("lift", "submitted"),
        ):
            with self.subTest(outcome):
                self.compensation = self.uploaded(self.portal2, self.portal, 10, tax=0)
                self.dispute()
                self.settle(outcome)
                self.assertEqual(self.compensation.state, state)
                self.assertFalse(self.compensation.is_disputed)
                self.assertTrue(self.compensation.dispute_resolution)
        self.assert_invariants()

    def test_a_settlement_that_a_limit_stops_is_told(self):
        self.compensation = self.uploaded(self.portal2, self.portal, 5000, tax=0)
        self.dispute()
        told = self.settle("validate", resolution="Livré le 3")
        self.assertEqual(told["params"]["type"], "warning")
        self.assert_waits(self.compensation, "credit_limit_exceeded")
        self.assertEqual(self.compensation.dispute_resolution, "Livré le 3")

    def test_a_settlement_asks_for_the_right_to_validate(self):
        self.dispute()
        with self.assertRaises(AccessError):
            self.settle("validate", self.far_animator)
        with self.assertRaises(AccessError):
            self.settle("refuse", self.portal_user)
        self.assertTrue(self.compensation.is_disputed)

    # -- time-outs -----------------------------------------------------------------

    def waited(self, days, name="invoked_on"):
        moment = fields.Datetime.now() - timedelta(days=days)
        self.sealed_write(self.compensation, **{name: moment})

    def night(self):
        self.env["troc.compensation"]._cron_time_out()

    def yesterday(self):
        """A day passes after the reminder."""
        self.sealed_write(self.compensation, reminded_on=self.days_ago(1))

    def test_what_waits_is_reminded_then_escalated_each_once(self):
        self.waited(6)
        self.night()
        self.assertFalse(self.told())
        self.waited(7)
        self.night()
        self.assert_told_to_all(self.portal.name)
        self.night()
        self.assertFalse(self.told())
        self.yesterday()
        self.waited(14)
        self.night()
        self.assertTrue(self.compensation.escalated_on)
        asked = self.activities(self.compensation, "activity_dispute").user_id
        self.assertIn(self.manager, asked)
        self.assertFalse(self.told().recipient_ids & self.portal.partner_id)
        count = len(self.activities(self.compensation, "activity_dispute"))
        self.night()
        again = self.activities(self.compensation, "activity_dispute")
        self.assertEqual(len(again), count)

    def test_a_late_night_reminds_before_it_escalates(self):
        self.waited(60)
        self.night()
        self.assertTrue(self.compensation.reminded_on)
        self.assertFalse(self.compensation.escalated_on)
        self.yesterday()
        self.night()
        self.assertTrue(self.compensation.escalated_on)

    def test_a_dispute_waits_from_its_own_day_on(self):
        self.waited(60)
        self.night()
        self.dispute()
        self.assertFalse(self.compensation.reminded_on)
        self.told()
        self.night()
        self.assertFalse(self.told())
        long_ago = fields.Datetime.now() - timedelta(days=8)
        self.sealed_write(self.compensation.dispute_ids[0], disputed_on=long_ago)
        self.compensation.invalidate_recordset()
        self.night()
        self.assert_told_to_all("Non livré")
        self.lift()
        self.assertFalse(self.compensation.reminded_on)
        self.told()
        self.night()
        self.assertFalse(self.told())

    def test_a_manager_of_a_party_is_not_asked(self):
        self.manager.partner_id.parent_id = self.portal.partner_id
        self.waited(60)
        self.night()
        self.yesterday()
        self.night()
        asked = self.activities(self.compensation, "activity_dispute").user_id
        self.assertNotIn(self.manager, asked)

    def test_no_time_outs(self):
        self.network.write({"reminder_days": 0, "escalation_days": 0})
        self.waited(60)
        self.night()
        self.assertFalse(self.told())
        self.network.reminder_days = 7
        self.validate(self.compensation)
        self.told()
        self.night()
        self.assertFalse(self.told())
