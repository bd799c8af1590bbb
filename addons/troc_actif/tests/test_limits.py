"""How far below and above zero: refusal, later validation, recorded override."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestLimits(TrocCase):
    def validate_now(self, compensation, user=None):
        self.by(user or self.animator, compensation).action_validate()

    def override(self, compensation, reason="Gros chantier, suivi par le comité"):
        self.by(self.manager, compensation).action_validate_override(reason)

    def test_over_the_credit_limit_stays_submitted_until_the_buyer_has_sold(self):
        compensation = self.submitted(amount=2000)
        self.assert_waits(compensation, "credit_limit_exceeded", self.buyer.name)
        self.validate_now(compensation)
        self.assert_waits(compensation, "credit_limit_exceeded", self.buyer.name)
        for figure in ("2\xa0000", "2\xa0400", "400"):
            self.assertIn(figure, compensation.blocked_reason.replace("\u202f", "\xa0"))
        self.assertEqual(self.buyer.balance, 0.0)
        self.assert_invariants()
        sale = {"company": self.buyer.company_id, "customer": self.portal}
        self.validated(amount=400, tax="", **sale)
        self.by(self.animator, compensation).action_check_again()
        self.assertFalse(compensation.is_blocked)
        self.validate(compensation)
        self.assertEqual(self.buyer.balance, -2000.0)
        self.assert_invariants()

    def test_exactly_to_the_limit_and_not_a_cent_further(self):
        self.validated(amount=2000, tax="")
        self.assertEqual(self.buyer.balance, -2000.0)
        self.assertEqual(self.buyer.room, 0.0)
        cent = self.submitted(amount=0.01, tax="")
        self.validate_now(cent)
        self.assert_waits(cent, "credit_limit_exceeded")
        self.assert_invariants()

    def test_a_batch_cannot_spend_the_same_room_twice(self):
        batch = self.env["troc.compensation"]
        for _number in range(3):
            batch += self.submitted(amount=900, tax="")
        self.assertFalse(any(batch.mapped("is_blocked")))
        self.validate_now(batch)
        self.assertEqual(batch.mapped("state"), ["validated", "validated", "submitted"])
        self.assert_waits(batch[2], "credit_limit_exceeded")
        self.assert_invariants()

    def test_what_is_earned_in_a_batch_may_be_spent_in_it(self):
        sale = self.uploaded(self.portal, self.portal2, amount=1500, tax=0)
        purchase = self.uploaded(self.portal2, self.portal, amount=3500, tax=0)
        self.assert_waits(purchase, "credit_limit_exceeded")
        self.validate_now(sale + purchase)
        self.assertEqual(purchase.state, "validated")
        self.assertEqual(self.portal.balance, -2000.0)
        self.assert_invariants()

    def test_balance_limit(self):
        self.set_limits(self.seller, 2000, 1000)
        compensation = self.submitted(amount=1000)
        self.assert_waits(compensation, "balance_limit_exceeded", self.seller.name)
        self.validate_now(compensation)
        self.assert_waits(compensation, "balance_limit_exceeded", self.seller.name)
        self.assert_invariants()
        self.set_limits(self.seller, 2000, 1200)
        self.validate(compensation)
        self.assertEqual(self.seller.balance, 1200.0)
        self.assert_invariants()

    def test_override_of_the_credit_limit(self):
        compensation = self.submitted(amount=3000)
        self.override(compensation)
        self.assertEqual(compensation.state, "validated")
        for record in compensation, self.buyer:
            self.assertEqual(record.override_by_id, self.manager)
            self.assertEqual(
                record.override_reason, "Gros chantier, suivi par le comité"
            )
            self.assertTrue(record.override_on)
        self.assertFalse(self.seller.override_reason)
        self.assertEqual(self.buyer.balance, -3600.0)
        self.assertEqual(self.buyer.credit_override, 1600.0)
        self.assertEqual(self.buyer.room, 0.0)
        self.assert_table(compensation, 3600.0)
        self.assert_invariants()

    def test_override_shrinks_as_the_member_comes_back(self):
        self.override(self.submitted(amount=3000))
        sale = {"company": self.buyer.company_id, "customer": self.portal, "tax": ""}
        for amount, left in ((1000, 600.0), (500, 100.0), (400, 0.0)):
            self.validated(amount=amount, **sale)
            self.assertEqual(self.buyer.credit_override, left)
            self.assert_invariants()
        purchase = self.submitted(amount=300.01, tax="")
        self.validate_now(purchase)
        self.assert_waits(purchase, "credit_limit_exceeded")

    def test_override_of_the_balance_limit(self):
        self.set_limits(self.seller, 2000, 500)
        self.override(self.submitted(amount=1000))
        self.assertEqual(self.seller.balance_override, 700.0)
        self.assertEqual(self.seller.override_by_id, self.manager)
        self.assert_invariants()
        self.validated(
            amount=300, tax="", company=self.buyer.company_id, customer=self.seller
        )
        self.assertEqual(self.seller.balance_override, 400.0)
        self.assert_invariants()

    def test_override_needs_a_manager_and_a_reason(self):
        compensation = self.submitted(amount=3000)
        override = "action_validate_override"
        for user in (self.animator, self.reader, self.seller_accountant):
            with self.assertRaises(AccessError):
                getattr(self.by(user, compensation), override)("Parce que")
        own = getattr(self.by(self.manager, compensation), override)
        for reason in ("", "  ", None):
            self.assert_refused("reason_missing", compensation.name, own, reason)
        self.assert_waits(compensation, "credit_limit_exceeded")
        self.assertFalse(self.buyer.override_reason)

    def test_override_of_nobody_who_belongs_to_a_party(self):
        compensation = self.submitted(amount=3000)
        self.manager.company_ids += self.buyer.company_id
        with self.assertRaises(AccessError):
            self.override(compensation)

    def test_reversal_within_the_limits(self):
        """The seller has spent what he earned: taking it back needs an override."""
        self.set_limits(self.portal, 0)
        sale = self.validate(self.uploaded(self.portal, self.portal2))
        self.validate(self.uploaded(self.portal2, self.portal))
        reverse = self.by(self.animator, sale).action_reverse
        self.assert_refused("credit_limit_exceeded", sale.name, reverse, "Annulé")
        self.assertEqual(sale.state, "validated")
        with self.assertRaises(AccessError):
            reverse("Annulé", override=True)
        self.by(self.manager, sale).action_reverse("Annulé", override=True)
        self.assert_reversed(sale)
        self.assertEqual(self.portal.balance, -1200.0)
        self.assertEqual(self.portal.credit_override, 1200.0)
        self.assertEqual(self.portal.override_by_id, self.manager)
        self.assert_invariants()

    def test_limits_are_changed_by_a_manager_with_a_reason(self):
        for user in (self.animator, self.reader, self.portal_user):
            with self.assertRaises(AccessError):
                self.by(user, self.portal).action_set_limits(1, 0, "Parce que")
        own = self.by(self.manager, self.portal).action_set_limits
        self.assert_refused("reason_missing", self.portal.name, own, 1, 0, " ")
        self.assert_refused("limit_negative", self.portal.name, own, -1, 0, "Non")
        self.assert_refused("limit_negative", self.portal.name, own, 0, -1, "Non")
        self.portal.invalidate_recordset()
        own(3000, 9000, "Montée en charge")
        self.assertEqual(self.portal.credit_limit, 3000.0)
        self.assertEqual(self.portal.balance_limit, 9000.0)
        self.assertIn("Montée en charge", str(self.portal.message_ids.mapped("body")))
        self.env.flush_all()
        author = self.portal.message_ids[:1].author_id
        self.assertEqual(author, self.manager.partner_id)

    def test_a_limit_below_the_use_needs_to_be_recorded(self):
        self.validated(amount=1000)
        own = self.by(self.manager, self.buyer).action_set_limits
        self.assert_refused("limit_below_use", self.buyer.name, own, 500, 0, "Prudence")
        self.set_limits(self.buyer, 500, excess=True)
        self.assertEqual(self.buyer.credit_override, 700.0)
        self.assertEqual(self.buyer.override_by_id, self.manager)
        self.assert_invariants()
        below = self.by(self.manager, self.seller).action_set_limits
        self.assert_refused("limit_below_use", self.seller.name, below, 0, 1, "Non")
        self.set_limits(self.seller, 0, 1000, excess=True)
        self.assertEqual(self.seller.balance_override, 200.0)
        self.assert_invariants()

    def test_defaults_of_the_network(self):
        self.network.write({"credit_limit": 750, "balance_limit": 10000})
        member = self._portal("Test Nouveau", "78000", "000100057")
        self.assertEqual((member.credit_limit, member.balance_limit), (750, 10000))
        self.assertEqual(
            member.territory_id, self.env.ref("troc_actif.territory_nord_ouest")
        )
