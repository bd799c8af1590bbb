"""Validation, refusal, reversal: states, two animators, disputes, batches, queue."""

from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.troc_actif_invoice.seal import sealed

from .common import TrocCase

QUEUE = "odoo.addons.troc_actif.models.compensation.troc_queue"


@tagged("post_install", "-at_install")
class TestDecisions(TrocCase):
    def decide(self, compensation, user=None):
        return self.by(user or self.animator, compensation)

    def test_what_a_validation_records(self):
        compensation = self.validated()
        self.assertEqual(compensation.validated_by_id, self.animator)
        self.assertEqual(compensation.entry_date, fields.Date.today())
        self.assertEqual(compensation.validated_on.date(), fields.Date.today())
        self.assertEqual(compensation.entry_ids.create_uid, self.animator)

    def test_a_repeat_is_harmless(self):
        compensation = self.validated()
        entries, on = compensation.entry_ids, compensation.validated_on
        self.decide(compensation, self.animator2).action_validate()
        self.assertEqual(compensation.entry_ids, entries)
        self.assertEqual(compensation.validated_on, on)
        self.assertEqual(compensation.validated_by_id, self.animator)
        self.assertEqual(self.seller.balance, 1200.0)
        self.assert_invariants()

    def test_what_stops_it_is_kept_in_the_language_of_the_network(self):
        """Over RPC without a language an animator read English; by whoever asked."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.operator.partner_id.lang = "fr_FR"
        compensation = self.submitted()
        self.set_limits(self.buyer, 0)
        for lang in ("en_US", False):
            asked = self.decide(compensation).with_context(lang=lang)
            asked.action_check_again()
            self.assertIn("Actifs et", compensation.blocked_detail)

    def test_refusal(self):
        compensation = self.submitted()
        refuse = self.decide(compensation).action_refuse
        for reason in ("", "   ", None, False):
            self.assert_refused("reason_missing", compensation.name, refuse, reason)
        refuse("Devis différent")
        self.assertEqual(compensation.state, "refused")
        self.assertEqual(compensation.decision_reason, "Devis différent")
        self.decide(compensation).action_validate()
        self.assertEqual(compensation.state, "refused")
        self.assertFalse(compensation.entry_ids)
        self.assertEqual(self.members.mapped("balance"), [0.0] * 4)
        self.assert_invariants()

    def test_a_validated_one_is_not_refused_but_reversed(self):
        compensation = self.validated()
        self.decide(compensation).action_refuse("Trop tard")
        self.assertEqual(compensation.state, "validated")
        reverse = self.decide(compensation).action_reverse
        self.assert_refused("reason_missing", compensation.name, reverse, " ")
        reverse("Avoir accordé")
        self.assert_refused("wrong_state", compensation.name, reverse, "Encore")
        self.assert_reversed(compensation)
        self.assert_invariants()

    def test_a_submitted_one_is_not_reversed(self):
        compensation = self.submitted()
        reverse = self.decide(compensation).action_reverse
        self.assert_refused("wrong_state", compensation.name, reverse, "Erreur")

    def test_one_of_a_set_that_cannot_be_reversed_stops_all(self):
        both = self.validated(customer=self.portal) + self.submitted()
        with self.assertRaises(UserError):
            self.decide(both).action_reverse("Erreur")
        self.assertEqual(both.mapped("state"), ["validated", "submitted"])

    def test_two_animators_from_a_threshold_on(self):
        self.network.four_eyes_threshold = 1200.0
        below = self.validated(amount=999.99)
        self.assertFalse(below.first_validator_id)
        compensation = self.submitted(customer=self.portal)
        self.decide(compensation).action_validate()
        self.assertEqual(compensation.state, "submitted")
        self.assertEqual(compensation.first_validator_id, self.animator)
        self.assertFalse(compensation.entry_ids)
        self.decide(compensation).action_validate()
        self.assert_waits(compensation, "same_validator", self.animator.name)
        self.validate(compensation, self.animator2)
        self.assertEqual(compensation.validated_by_id, self.animator2)
        self.assertEqual(compensation.first_validator_id, self.animator)
        self.assert_invariants()

    def test_a_manager_is_a_second_person_too_but_not_twice(self):
        self.network.four_eyes_threshold = 100.0
        compensation = self.submitted()
        for _attempt in range(2):
            self.decide(compensation, self.manager).action_validate_override("Vu")
            self.assertEqual(compensation.state, "submitted")
        self.validate(compensation)
        self.assert_invariants()

    def test_a_member_put_on_hold_after_submission(self):
        for member, state, code in (
            (self.buyer, "on_hold", "buyer_may_not_buy"),
            (self.seller, "stand_by", "seller_may_not_sell"),
        ):
            with self.subTest(state):
                compensation = self.submitted(amount=100.0)
                member.state = state
                self.decide(compensation).action_validate()
                self.assert_waits(compensation, code, member.name)
                member.state = "active"
                self.validate(compensation)
        self.assert_invariants()

    def test_dispute(self):
        compensation = self.submitted(customer=self.portal)
        for user in (self.buyer_accountant, self.portal2_user, self.far_animator):
            with self.assertRaises(AccessError):
                self.decide(compensation, user).action_dispute("Non livré")
        own = self.decide(compensation, self.portal_user)
        self.assert_refused("reason_missing", compensation.name, own.action_dispute, "")
        own.action_dispute("Non livré")
        self.assert_waits(compensation, "disputed", "Non livré")
        self.decide(compensation).action_validate()
        self.decide(compensation, self.manager).action_validate_override("Urgent")
        self.assert_waits(compensation, "disputed", "Non livré")
        for user in (self.portal_user, self.seller_accountant, self.reader):
            with self.assertRaises(AccessError):
                self.decide(compensation, user).action_lift_dispute("Livré depuis")
        self.decide(compensation).action_lift_dispute("Livré depuis")
        self.assertFalse(compensation.blocked_reason)
        self.validate(compensation)
        dispute = self.decide(compensation, self.portal_user).action_dispute
        self.assert_refused("wrong_state", compensation.name, dispute, "Trop tard")

    def test_one_that_is_stopped_does_not_stop_the_others(self):
        batch = self.submitted(amount=100) + self.submitted(amount=200)
        batch += self.submitted(amount=100, customer=self.portal)
        batch += self.uploaded(self.portal, self.portal2, amount=100)
        self.decide(batch[0], self.buyer_accountant).action_dispute("Non livré")
        result = self.decide(batch).action_validate()
        self.assertEqual(batch.mapped("state"), ["submitted"] + ["validated"] * 3)
        self.assertIn(batch[0].blocked_reason, result["params"]["message"])
        self.assertEqual(self.members.mapped("balance"), [360.0, -240.0, 0.0, -120.0])
        self.assert_invariants()

    def test_what_odoo_itself_refuses_stops_that_one_alone(self):
        """Such as an account that the buyer's accountant archived."""
        batch = self.submitted(customer=self.portal) + self.submitted(amount=100)
        batch += self.uploaded(self.portal, self.portal2, amount=100)
        # behind our back: we refuse it
        sealed(self.buyer.company_id.troc_account_id).active = False
        self.decide(batch).action_validate()
        self.assertEqual(batch.mapped("state"), ["validated", "submitted", "validated"])
        self.assert_waits(batch[1], "posting_failed")
        self.assertEqual(self.buyer.balance, 0.0)
        self.assert_invariants()
        sealed(self.buyer.company_id.troc_account_id).active = True
        self.validate(batch[1])
        self.assert_invariants()

    def test_company_that_is_not_set_up(self):
        member = self._member(self.operator.partner_id, "000100057", self.operator)
        elsewhere = self.env["res.company"].search(
            [("id", "not in", [company.id for company in self.companies.values()])],
            limit=1,
        )
        user = self._user("else", "troc_actif.group_troc_manager", elsewhere)
        for values in (
            {"customer": member},
            {"company": self.operator, "customer": self.portal},
        ):
            move = self.invoice(amount=100, **values)
            move.sudo().action_troc_submit()
            compensation = move.troc_compensation_ids
            # who works for the operator and keeps no books of it is no party
            for who in (self.manager, user):
                self.decide(compensation, who).action_validate()
                self.assert_waits(compensation, "books_not_ready", self.operator.name)
        self.operator.action_troc_setup()
        self.validate(compensation, user)
        self.assert_invariants()

    def test_network_without_register(self):
        network = self.env["troc.network"].create(
            {"name": "Réseau neuf", "company_id": self.operator.id}
        )
        sides = [
            self._member(partner, siren, network_id=network.id)
            for partner, siren in (
                (self._company_partner("Test Neuf Vendeur"), "000100057"),
                (self._company_partner("Test Neuf Acheteur"), "000100065"),
            )
        ]
        compensation = self.uploaded(*sides, user=self.animator)
        self.decide(compensation).action_validate()
        self.assert_waits(compensation, "register_not_ready", network.name)
        network.action_setup_register()
        self.validate(compensation)
        self.assert_invariants(network)

    def test_a_long_batch_goes_through_the_queue(self):
        batch = self.submitted(amount=100) + self.submitted(amount=100)
        batch += self.submitted(amount=100, customer=self.portal)
        queue = self.env.ref("troc_actif.cron_validate_queue")
        with patch(f"{QUEUE}.CHUNK", 2):
            self.decide(batch).action_validate()
            self.assertEqual(batch.queued_by_id, self.animator)
            self.assertEqual(set(batch.mapped("state")), {"submitted"})
            with self.enter_registry_test_mode():
                queue.method_direct_trigger()
        self.assertEqual(set(batch.mapped("state")), {"validated"})
        self.assertEqual(batch.validated_by_id, self.animator)
        self.assertFalse(batch.queued_by_id)
        self.assert_invariants()

    def test_the_queue_checks_the_right_again(self):
        batch = self.submitted(amount=100) + self.submitted(amount=100)
        queue = self.env.ref("troc_actif.cron_validate_queue")
        with patch(f"{QUEUE}.CHUNK", 1):
            self.decide(batch).action_validate()
        with patch(f"{QUEUE}.CHUNK", 2):
            self.env.ref("troc_actif.territory_metropole").animator_ids = False
            with self.enter_registry_test_mode():
                queue.method_direct_trigger()
        for compensation in batch:
            self.assert_waits(compensation, "wrong_territory")
        self.assertFalse(batch.queued_by_id)
