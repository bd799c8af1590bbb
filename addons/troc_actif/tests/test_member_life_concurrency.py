"""A member leaves while a compensation of his is validated, each with a real cursor."""

# pylint: disable=invalid-commit
# The point of these tests is what several committed transactions do to each other.

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .committed import CommittedCase
from .life import Life


@tagged("post_install", "-at_install")
class TestMemberLifeConcurrency(Life, CommittedCase):
    @classmethod
    def make_network(cls):
        made = super().make_network()
        cls.third = cls._portal("Test Troisième", "75011", "000100057")
        return made

    def leaving(self, amount):
        """Return a committed, leaving member with so many Actifs, notice over."""
        self.earn(self.portal, amount)
        self.set_state(self.portal, "leaving")
        self.notice_over(self.portal)
        self.commit()
        return self.portal

    def test_voiding_and_spending_at_once(self):
        """Whoever comes second finds what the first one left."""
        member = self.leaving(100)
        transfer = self.transfer(member, self.portal2, 60, kind="gift", post=False)
        self.commit()
        cr, own = self.session(self.manager, transfer)
        own.action_post()
        cr.flush()
        call = self.in_thread(self.manager, member, "action_leave", "Départ")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsNone(call.error)
        self.assertEqual(call.attempts, 2)
        self.commit()
        self.assertEqual(member.state, "left")
        self.assertEqual(member.balance, 0.0)
        self.assertEqual(member.void_transfer_id.amount, 40.0)
        self.assert_invariants()

    def judged(self):
        """Return the cursor in which the buyer's judgment is being recorded."""
        cr, own = self.session(self.manager, self.buyer)
        own.action_record_judgment(fields.Date.today(), "liquidation")
        cr.flush()
        self.addCleanup(self.lift)
        return cr

    def lift(self):
        self.commit()
        self.by(self.manager, self.buyer.insolvency_ids).action_lift("Fin du test")
        self.commit()

    def test_a_judgment_while_a_sale_is_validated(self):
        """Who validates second finds the judgment, though he began before it."""
        sale = self.uploaded(self.portal2, self.buyer, 50, tax=0)
        self.commit()
        cr = self.judged()
        call = self.in_thread(self.animator, sale, "action_validate")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsNone(call.error)
        self.commit()
        self.assertEqual((sale.state, sale.blocked_code), ("submitted", "insolvent"))
        self.assertEqual(self.buyer.balance, 0.0)
        self.assert_invariants()

    def test_a_judgment_and_what_it_did_not_know_of(self):
        """Submitted and validated by one who began before, while it is recorded."""
        cr = self.judged()
        transfer = self.transfer(self.buyer, self.portal2, 60, post=False)
        self.commit()
        call = self.in_thread(self.manager, transfer, "action_post")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsInstance(call.error, UserError)
        self.assertEqual(call.attempts, 2)
        self.commit()
        self.assertEqual((transfer.state, self.buyer.balance), ("draft", 0.0))

    def test_a_purchase_that_waits_while_he_leaves(self):
        member = self.third
        sale = self.uploaded(member, self.portal2, 50, tax=0, user=self.animator)
        self.validate(sale)
        purchase = self.uploaded(self.seller, member, 30, tax=0, user=self.animator)
        self.set_state(member, "leaving")
        self.notice_over(member)
        self.commit()
        cr, own = self.session(self.animator, purchase)
        own.action_validate()
        cr.flush()
        call = self.in_thread(self.manager, member, "action_leave", "Départ")
        call.wait_for_lock(self.cr)
        cr.rollback()
        call.finish()
        self.assertIsInstance(call.error, UserError)
        self.assertEqual(call.error.__cause__.code, "leave_waits")
        self.commit()
        self.assertEqual(member.state, "leaving")
        self.assertEqual(purchase.state, "submitted")
        self.assert_invariants()
