"""A failure after any step of the posting leaves nothing behind, in no book."""

from contextlib import ExitStack
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .committed import CommittedCase

COUNTED = (
    "account_move",
    "account_move_line",
    "account_payment",
    "account_partial_reconcile",
    "account_full_reconcile",
    "mail_message",
    "mail_mail",
    "mail_activity",
    "troc_compensation",
)
# What posts, reconciles and tells, of ours and of Odoo: of each the first, the middle
# and the last call fail in turn.
VALIDATION = (
    ("troc.compensation", "_write_guards"),
    ("troc.posting", "_post_payments"),
    ("account.payment", "create"),
    ("account.move", "_post"),
    ("account.move.line", "_reconcile_plan"),
    ("account.partial.reconcile", "_create_tax_cash_basis_moves"),
    ("troc.posting", "_post_register"),
    ("troc.compensation", "_notify_validated"),
    ("mail.template", "send_mail_batch"),
)
REVERSAL = (
    ("troc.compensation", "_write_guards"),
    ("account.move", "_reverse_moves"),
    ("troc.compensation", "_notify_decided"),
)
PART = (
    ("troc.compensation", "_write_guards"),
    ("troc.posting", "_post_payments"),
    ("account.partial.reconcile", "unlink"),
    ("account.partial.reconcile", "_create_tax_cash_basis_moves"),
    ("troc.posting", "_post_register"),
    ("troc.notice", "_corrected"),
    ("mail.template", "send_mail_batch"),
)


class Crash(Exception):
    """What no code expects: a bug, a full disk, a lost connection."""


@tagged("post_install", "-at_install")
class TestFailures(CommittedCase):
    def state_of_the_books(self):
        """Return what all books hold, as committed."""
        self.commit()
        facts = {}
        for table in COUNTED:
            self.cr.execute(f"SELECT COUNT(*), MAX(write_date) FROM {table}")
            facts[table] = self.cr.fetchone()
        self.cr.execute(
            "SELECT SUM(ABS(balance)), SUM(ABS(amount_residual)) FROM account_move_line"
        )
        facts["sums"] = self.cr.fetchone()
        facts["members"] = self.members.read(
            ["balance", "credit_override", "balance_override"]
        )
        return facts

    def failing(self, model, method, calls, number=0, error=None):
        """Make the `number`th call of a method raise, after it has done its work.

        `calls`: a list that grows by one with each call.
        """
        cls = type(self.env[model])
        original = getattr(cls, method)

        def fail_afterwards(records, *args, **kwargs):
            result = original(records, *args, **kwargs)
            records.env.flush_all()
            calls.append(method)
            if len(calls) == number:
                raise error
            return result

        return patch.object(cls, method, fail_afterwards)

    def act(self, compensation, method, *args, commit=True):
        """Decide as the animator in a transaction of its own, as a request does."""
        cr, own = self.session(self.animator, compensation)
        with cr:
            getattr(own, method)(*args)
            if not commit:
                cr.rollback()

    def each_step(self, steps, error, compensation, act, check):
        """Let `act` fail in each of these methods; `check` what is left each time."""
        for (model, method), times in self.counted(steps, compensation, act).items():
            self.assertTrue(times, f"{method} is no step of it")
            for number in sorted({1, (times + 1) // 2, times}):
                with self.subTest(method, call=f"{number}/{times}"):
                    calls = []
                    with self.failing(model, method, calls, number, error):
                        try:
                            self.act(compensation, *act)
                            raised = None
                        except Exception as refusal:
                            raised = refusal
                    self.assertGreaterEqual(len(calls), number)
                    self.commit()
                    check(raised)

    def counted(self, steps, compensation, act):
        """Return {step: how often it is called}, by one run that is undone."""
        calls = {step: [] for step in steps}
        with ExitStack() as stack:
            for step in steps:
                stack.enter_context(self.failing(*step, calls[step]))
            self.act(compensation, *act, commit=False)
        return {step: len(made) for step, made in calls.items()}

    def prepared(self):
        # the tests of this class commit what they move, in whatever order they run
        self.set_limits(self.buyer, 10_000)
        compensation = self.submitted(share=50)
        self.post_bill(compensation.bill_id)
        self.commit()
        return compensation

    def test_a_crash_during_validation(self):
        compensation = self.prepared()
        before, crash = self.state_of_the_books(), Crash()

        def check(raised):
            self.assertIs(raised, crash)
            self.assertEqual(self.state_of_the_books(), before)
            self.assertEqual(compensation.state, "submitted")

        steps = VALIDATION[:1] + VALIDATION[-3:]
        self.each_step(steps, crash, compensation, ("action_validate",), check)
        self.finish(compensation)

    def test_a_refusal_of_odoo_during_validation(self):
        """It is told on the compensation; all the rest is as it was."""
        compensation = self.prepared()
        before = self.state_of_the_books()
        del before["troc_compensation"]

        def check(raised):
            self.assertIsNone(raised)
            after = self.state_of_the_books()
            del after["troc_compensation"]
            self.assertEqual(after, before)
            self.assertEqual(compensation.state, "submitted")
            self.assertEqual(compensation.blocked_code, "posting_failed")
            self.assertIn("Compte archivé", compensation.blocked_reason)
            self.assertFalse(compensation.entry_ids)
            self.assertFalse(compensation.validated_by_id)

        self.each_step(
            VALIDATION,
            UserError("Compte archivé"),
            compensation,
            ("action_validate",),
            check,
        )
        self.finish(compensation)

    def test_a_failure_during_reversal(self):
        compensation = self.prepared()
        self.finish(compensation)
        before = self.state_of_the_books()
        for error in Crash(), UserError("Compte archivé"):

            def check(raised, error=error):
                self.assertIs(raised, error)
                self.assertEqual(self.state_of_the_books(), before)
                self.assertEqual(compensation.state, "validated")
                self.assertEqual(compensation.seller_payment_id.state, "paid")

            act = ("action_reverse", "Erreur")
            self.each_step(REVERSAL, error, compensation, act, check)
        self.act(compensation, *act)
        self.commit()
        self.assert_reversed(compensation)
        self.assert_invariants()

    def test_a_failure_while_a_part_is_taken_back(self):
        compensation = self.prepared()
        self.finish(compensation)
        before = self.state_of_the_books()
        for error in Crash(), UserError("Compte archivé"):

            def check(raised, error=error):
                self.assertIs(raised, error)
                self.assertEqual(self.state_of_the_books(), before)
                self.assertFalse(compensation.credit_note_ids)

            act = ("action_reverse_part", 200, "Erreur")
            self.each_step(PART, error, compensation, act, check)
        self.act(compensation, *act)
        self.commit()
        self.assertEqual(compensation.bill_id.amount_residual, 800.0)
        self.assertEqual(compensation.move_id.amount_residual, 800.0)
        self.assert_invariants()

    def finish(self, compensation):
        """Nothing is in the way of doing it after all."""
        self.assert_invariants()
        self.act(compensation, "action_validate")
        self.commit()
        self.assert_table(compensation, 600.0)
        self.assertEqual(compensation.bill_id.amount_residual, 600.0)
        self.assert_invariants()
