"""Several users at once, each with a real cursor, on committed data."""

# pylint: disable=invalid-commit
# The point of these tests is what several committed transactions do to each other.

from odoo.exceptions import UserError
from odoo.tests import tagged

from .committed import CommittedCase
from .facturx_xml import facturx_xml


class Purchases(CommittedCase):
    """Portal members who buy and sell at the same time, four of them."""

    @classmethod
    def make_network(cls):
        made = super().make_network()
        cls.third = cls._portal("Test Troisième", "75011", "000100057")
        cls.fourth = cls._portal("Test Quatrième", "75012", "000100065")
        return made

    def setUp(self):
        super().setUp()
        self.start = {m: m.balance for m in self.portal + self.portal2}

    def purchase(self, amount=1200, buyer=None, seller=None):
        """Return a committed, submitted purchase of the portal member."""
        buyer, seller = buyer or self.portal, seller or self.portal2
        compensation = self.uploaded(seller, buyer, amount=amount, tax=0)
        self.commit()
        return compensation

    def give_room(self, room):
        """Let the portal member spend exactly so much."""
        self.set_limits(self.portal, room - self.portal.balance)
        self.commit()

    def held_by(self, user, compensation, method="action_validate", *args):
        """Decide in a transaction that stays open; return its cursor."""
        cr, own = self.session(user, compensation)
        getattr(own, method)(*args)
        cr.flush()
        return cr

    def moved(self, member):
        return round(member.balance - self.start[member], 2)

    def entries(self, compensation):
        self.commit()
        return len(compensation.entry_ids)


@tagged("post_install", "-at_install")
class TestEmptyRegister(Purchases):
    def test_strangers_share_the_register(self):
        """Other members, the same journal: the next number, and one chain of hashes."""
        self.give_room(500)
        # an empty chain first, then one that goes on
        for _round in range(2):
            pair = self.purchase(60)
            pair += self.uploaded(self.third, self.fourth, 10, user=self.animator)
            self.commit()
            cr = self.held_by(self.animator, pair[0])
            call = self.in_thread(self.animator, pair[1], "action_validate")
            call.wait_for_lock(self.cr)
            cr.commit()
            call.finish()
            self.assertIsNone(call.error)
            self.assertEqual(call.attempts, 1)
            self.commit()
            self.assertEqual(pair.mapped("blocked_reason"), [False] * 2)
            self.assertEqual(pair.mapped("state"), ["validated"] * 2)
            numbers = pair.register_move_id.mapped("sequence_number")
            self.assertEqual(numbers[1], numbers[0] + 1)
            self.assert_invariants()


@tagged("post_install", "-at_install")
class TestConcurrency(Purchases):
    def test_two_transfers_with_room_for_one(self):
        first, second = (
            self.transfer(self.portal, self.portal2, 60, post=False) for _ in "12"
        )
        self.give_room(100)
        cr = self.held_by(self.manager, first, "action_post")
        call = self.in_thread(self.manager, second, "action_post")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsInstance(call.error, UserError)
        self.assertIn(self.portal.name, str(call.error))
        self.commit()
        self.assertEqual((first + second).mapped("state"), ["posted", "draft"])
        self.assertEqual(self.moved(self.portal), -60)
        self.assert_invariants()

    def test_two_who_dispute_at_once(self):
        """The second finds the first one's dispute, and takes its place."""
        compensation = self.purchase(60)
        dispute = ("action_dispute", "Non livré")
        cr = self.held_by(self.portal_user, compensation, *dispute)
        call = self.in_thread(
            self.portal2_user, compensation, "action_dispute", "Trop facturé"
        )
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsNone(call.error)
        self.assertEqual(call.conflicts, ["SerializationFailure"])
        self.commit()
        again, first = compensation.dispute_ids
        self.assertEqual((first.reason, again.reason), ("Non livré", "Trop facturé"))
        self.assertTrue(first.settled_on)
        self.assertFalse(again.settled_on)

    def test_two_spendings_with_room_for_one(self):
        first, second = self.purchase(60), self.purchase(60)
        self.give_room(100)
        cr = self.held_by(self.animator, first)
        call = self.in_thread(self.animator2, second, "action_validate")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsNone(call.error)
        self.assertEqual(call.attempts, 2)
        self.assertEqual(call.conflicts, ["SerializationFailure"])
        self.commit()
        self.assertEqual(first.state, "validated")
        self.assertEqual(second.state, "submitted")
        self.assertEqual(second.blocked_code, "credit_limit_exceeded")
        self.assertIn("40", second.blocked_reason)
        self.assertFalse(second.entry_ids)
        self.assertEqual(self.moved(self.portal), -60.0)
        self.assert_invariants()

    def test_two_spendings_with_room_for_both(self):
        first, second = self.purchase(60), self.purchase(60)
        self.give_room(120)
        cr = self.held_by(self.animator, first)
        call = self.in_thread(self.animator2, second, "action_validate")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.commit()
        self.assertEqual((first + second).mapped("state"), ["validated"] * 2)
        self.assertEqual(self.moved(self.portal), -120.0)
        self.assert_invariants()

    def test_the_first_gives_up(self):
        first, second = self.purchase(60), self.purchase(60)
        self.give_room(100)
        cr = self.held_by(self.animator, first)
        call = self.in_thread(self.animator2, second, "action_validate")
        call.wait_for_lock(self.cr)
        cr.rollback()
        call.finish()
        self.commit()
        self.assertEqual((first + second).mapped("state"), ["submitted", "validated"])
        self.assertEqual(call.attempts, 1)
        self.assertEqual(self.moved(self.portal), -60.0)
        self.assert_invariants()

    def test_the_same_one_validated_twice(self):
        compensation = self.purchase(60)
        self.give_room(200)
        cr = self.held_by(self.animator, compensation)
        call = self.in_thread(self.animator2, compensation, "action_validate")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsNone(call.error)
        self.assertEqual(call.attempts, 2)
        self.assertEqual(self.entries(compensation), 1)
        self.assertEqual(compensation.validated_by_id, self.animator)
        self.assertEqual(self.moved(self.portal), -60.0)
        self.assert_invariants()

    def test_validated_while_refused(self):
        for held, other, state in (
            (("action_validate",), ("action_refuse", "Non"), "validated"),
            (("action_refuse", "Non"), ("action_validate",), "refused"),
        ):
            with self.subTest(state):
                compensation = self.purchase(10)
                self.give_room(100)
                cr = self.held_by(self.animator, compensation, *held)
                call = self.in_thread(self.animator2, compensation, *other)
                call.wait_for_lock(self.cr)
                cr.commit()
                call.finish()
                self.assertEqual(self.entries(compensation), int(state == "validated"))
                self.assertEqual(compensation.state, state)
        self.assert_invariants()

    def test_a_bill_posted_while_it_is_validated(self):
        """Whoever is first, the payment and the bill find each other."""
        for bill_first in (True, False):
            with self.subTest(bill_first=bill_first):
                compensation = self.submitted(amount=100, share=50)
                bill = compensation.bill_id
                self.commit()
                acts = [
                    (self.buyer_accountant, bill, "action_post"),
                    (self.animator, compensation, "action_validate"),
                ]
                held, other = acts if bill_first else acts[::-1]
                cr = self.held_by(*held)
                call = self.in_thread(*other)
                call.wait_for_lock(self.cr)
                cr.commit()
                call.finish()
                self.assertIsNone(call.error)
                self.commit()
                self.assertEqual(compensation.state, "validated")
                self.assertEqual(bill.amount_residual, 60.0)
                self.assert_invariants()

    def test_reversed_twice(self):
        compensation = self.purchase(60)
        self.give_room(200)
        self.validate(compensation)
        self.commit()
        cr = self.held_by(self.animator, compensation, "action_reverse", "Erreur")
        call = self.in_thread(self.animator2, compensation, "action_reverse", "Erreur")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsInstance(call.error, UserError)
        self.assertEqual(call.error.__cause__.code, "wrong_state")
        self.assertEqual(self.entries(compensation), 2)
        self.assertEqual(self.moved(self.portal), 0.0)
        self.assert_invariants()

    def test_the_same_part_taken_back_twice(self):
        compensation = self.purchase(60)
        self.give_room(200)
        self.validate(compensation)
        self.commit()
        part = ("action_reverse_part", 40, "Erreur")
        cr = self.held_by(self.animator, compensation, *part)
        call = self.in_thread(self.animator2, compensation, *part)
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsInstance(call.error, UserError)
        self.assertEqual(call.error.__cause__.code, "part_beyond_left")
        self.commit()
        self.assertEqual(len(compensation.credit_note_ids), 1)
        self.assertEqual(self.moved(self.portal), -20.0)
        self.assert_invariants()

    def test_a_limit_lowered_while_it_is_spent(self):
        compensation = self.purchase(60)
        self.give_room(100)
        cr = self.held_by(self.animator, compensation)
        limit = max(0.0, -self.start[self.portal])
        call = self.in_thread(
            self.manager, self.portal, "action_set_limits", limit, 0, "Prudence"
        )
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertEqual(call.error.__cause__.code, "limit_below_use")
        self.commit()
        self.assertEqual(self.moved(self.portal), -60.0)
        self.assert_invariants()

    def test_a_purchase_while_a_limit_is_lowered(self):
        """The other way round: the limit is held first, the purchase then sees it."""
        compensation = self.purchase(60)
        self.give_room(100)
        limit = max(0.0, -self.start[self.portal])
        cr = self.held_by(
            self.manager, self.portal, "action_set_limits", limit, 0, "Prudence"
        )
        call = self.in_thread(self.animator, compensation, "action_validate")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsNone(call.error)
        self.assertEqual(call.attempts, 2)
        self.commit()
        self.assertEqual(compensation.blocked_code, "credit_limit_exceeded")
        self.assertEqual(self.moved(self.portal), 0.0)
        self.assert_invariants()

    def test_two_decisions_about_one_limit(self):
        """The second decision reads what the first one wrote: the log is a chain."""
        self.give_room(100)
        before = self.portal.credit_limit
        cr = self.held_by(
            self.manager, self.portal, "action_set_limits", before + 10, 0, "Un"
        )
        call = self.in_thread(
            self.manager, self.portal, "action_set_limits", before + 20, 0, "Deux"
        )
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsNone(call.error)
        self.commit()
        last = self.portal.limit_change_ids.sorted("id")[-2:]
        self.assertEqual(last.mapped("credit_before"), [before, before + 10])
        self.assertEqual(last.mapped("credit_after"), [before + 10, before + 20])
        self.assert_invariants()

    def test_opposite_directions_do_not_block_each_other_for_good(self):
        """Members are taken in order of id, whoever sells: no deadlock."""
        self.give_room(500)
        pairs = [
            self.purchase(10) + self.purchase(10, self.portal2, self.portal)
            for _number in range(2)
        ]
        batches = [pairs[0], pairs[1][::-1]]
        calls = [
            self.in_thread(user, batch, "action_validate")
            for user, batch in zip(
                (self.animator, self.animator2), batches, strict=True
            )
        ]
        for call in calls:
            call.finish(120)
            self.assertIsNone(call.error)
            self.assertNotIn("DeadlockDetected", call.conflicts)
        self.commit()
        self.assertEqual(set((pairs[0] + pairs[1]).mapped("state")), {"validated"})
        self.assertEqual(self.moved(self.portal), 0.0)
        self.assert_invariants()

    def test_the_same_file_submitted_twice(self):
        content = facturx_xml(self.portal2, self.portal, amount=10)
        cr, own = self.session(self.portal2_user, self.env["troc.compensation"])
        self.send(own, content)
        cr.flush()
        call = self.in_thread(
            self.animator, own, "submit_document", "f.xml", self.encoded(content)
        )
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsInstance(call.error, UserError)
        self.commit()
        number = self.env["troc.compensation"].search_count(
            [
                ("seller_id", "=", self.portal2.id),
                (
                    "document_number",
                    "=",
                    content.split(b"<ram:ID>")[2].split(b"<")[0].decode(),
                ),
            ]
        )
        self.assertEqual(number, 1)
        self.assert_invariants()

    def send(self, compensations, content):
        return compensations.submit_document("f.xml", self.encoded(content))
