"""Between submission and validation nobody is asked for euros that Actifs will pay."""

from odoo.tests import Form, tagged

from odoo.addons.troc_actif_invoice.seal import sealed

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestDue(TrocCase):
    def assert_due(self, move, euros, awaited):
        self.assertEqual((move._troc_due_now(), move._troc_awaited()), (euros, awaited))
        told = move._get_invoice_next_payment_values()
        self.assertEqual(told["amount_due"], euros)

    def test_from_the_invoice_to_the_validation(self):
        invoice = self.invoice(share=50)
        self.assert_due(invoice, 600.0, 600.0)
        compensation = self.submit(invoice)
        bill = self.post_bill(compensation.bill_id)
        for move in (invoice, bill):
            self.assert_due(move, 600.0, 600.0)
        self.validate(compensation)
        for move in (invoice, bill):
            self.assert_due(move, 600.0, 0.0)

    def test_what_was_refused_is_due_in_euros(self):
        compensation = self.submitted(share=100)
        self.assert_due(compensation.move_id, 0.0, 1200.0)
        self.by(self.animator, compensation).action_refuse("Non")
        self.assert_due(compensation.move_id, 1200.0, 0.0)

    def test_what_was_reversed_is_due_in_euros(self):
        compensation = self.validated(share=50)
        self.by(self.animator, compensation).action_reverse("Erreur")
        self.assert_due(compensation.move_id, 1200.0, 0.0)

    def register(self, user, moves):
        wizard = self.register_payment(user, moves)
        wizard.group_payment = True
        return wizard

    def test_the_screen_proposes_the_same(self):
        compensation = self.submitted(share=50)
        context = {"active_model": "account.move"}
        wizards = self.by(self.seller_accountant, self.env["account.payment.register"])
        form = Form(
            wizards.with_context(**context, active_ids=compensation.move_id.ids)
        )
        self.assertEqual(form.journal_id.type, "bank")
        self.assertEqual(form.amount, 600.0)
        self.assertIn(compensation.name, form.troc_notice)

    def test_several_invoices_at_once_leave_the_actifs_open(self):
        """Each can be validated after: before, the first of them was paid whole."""
        self.set_limits(self.buyer, 10_000)
        some = [self.submitted(share=share) for share in (50, 50, 100)]
        moves = self.env["account.move"].union(*(one.move_id for one in some))
        wizard = self.register(self.seller_accountant, moves)
        for one in some:
            self.assertIn(one.name, wizard.troc_notice)
        wizard.action_create_payments()
        self.assertEqual(moves.mapped("amount_residual"), [600.0, 600.0, 1200.0])
        for one in some:
            self.validate(one)
        self.assertEqual(moves.mapped("amount_residual"), [0.0, 0.0, 0.0])

    def test_several_bills_at_once(self):
        some = [self.submitted(share=50) for _ in range(2)]
        bills = self.env["account.move"].union(
            *(self.post_bill(one.bill_id) for one in some)
        )
        self.register(self.buyer_accountant, bills).action_create_payments()
        self.assertEqual(bills.mapped("amount_residual"), [600.0, 600.0])

    def test_a_credit_note_that_goes_back_in_actifs(self):
        """Only its euros are paid back by bank."""
        origin = self.validated(share=50)
        refund = self.refund(origin.move_id)
        self.assertEqual(refund.troc_state, "submitted")
        self.assert_due(refund, 600.0, 600.0)
        wizard = self.register_payment(self.seller_accountant, refund)
        self.assertEqual(wizard.amount, 600.0)
        self.assertIn(refund.troc_compensation_ids.name, wizard.troc_notice)


@tagged("post_install", "-at_install")
class TestNoBackDoor(TrocCase):
    """Actifs that a credit note takes back never become euros."""

    def pay(self, move, amount):
        user = self.accountant_of(move.company_id)
        wizard = self.register_payment(user, move, amount=amount)
        return wizard.action_create_payments()

    def test_only_the_euros_of_a_credit_note_are_paid_back(self):
        """The box is unticked: before, 1,200 euros were paid for Actifs in silence."""
        origin = self.validated(share=50)
        refund = self.refund(origin.move_id, take_back=False)
        self.assertEqual(
            self.register_payment(self.seller_accountant, refund).amount, 600
        )
        self.assert_refused(
            "actifs_go_back_first", origin.name, self.pay, refund, 600.01
        )
        self.pay(refund, 600.0)
        self.assertEqual(refund.amount_residual, 600.0)
        self.assert_refused("actifs_go_back_first", origin.name, self.pay, refund, 1.0)
        self.validate(self.submit(refund))
        self.assertEqual(refund.amount_residual, 0.0)
        self.assert_invariants()

    def test_nor_are_they_set_off_against_another_invoice(self):
        refund = self.refund(self.validated(share=100).move_id, take_back=False)
        other = self.invoice(share=0)
        lines = (refund + other).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        own = self.by(self.seller_accountant, lines)
        self.assert_refused("actifs_go_back_first", refund.name, own.reconcile)

    def test_while_it_waits_for_validation(self):
        refund = self.refund(self.validated(share=100).move_id)
        self.assertEqual(refund.troc_state, "submitted")
        self.assert_refused("actifs_go_back_first", refund.name, self.pay, refund, 10)

    def test_of_a_refused_one(self):
        refund = self.refund(self.validated(share=100).move_id)
        self.by(self.animator, refund.troc_compensation_ids).action_refuse("Non")
        self.assertEqual(refund._troc_due_now(), 0.0)
        self.assert_refused("actifs_go_back_first", refund.name, self.pay, refund, 10)

    def test_what_went_back_otherwise_is_due_in_euros(self):
        """A part was taken back before: of the whole, less is left in Actifs."""
        origin = self.validated(share=100)
        self.by(self.animator, origin).action_reverse_part(200, "Part")
        refund = self.refund(origin.move_id, take_back=False)
        self.assertEqual(refund._troc_due_now(), 200.0)

    def test_on_the_buyers_side(self):
        origin = self.validated(share=100)
        bill = self.post_bill(origin.bill_id)
        refund = self.refund(bill)
        self.assertEqual(refund.move_type, "in_refund")
        self.assert_refused("actifs_go_back_first", origin.name, self.pay, refund, 10)

    def test_a_plain_credit_note_is_paid_as_ever(self):
        invoice = self.invoice(share=0)
        self.pay(invoice, 1200.0)
        refund = self.refund(invoice)
        self.pay(refund, 1200.0)
        self.assertEqual(refund.amount_residual, 0.0)

    def test_the_verification_sees_it(self):
        origin = self.validated(share=50)
        refund = self.refund(origin.move_id, take_back=False)
        self.assert_invariants()
        wizard = self.register_payment(self.seller_accountant, refund, amount=700)
        sealed(wizard).action_create_payments()
        run = self.env["troc.verification"]._run(self.network)
        broken = run.line_ids.filtered(lambda line: not line.held)
        self.assertEqual(broken.mapped("code"), ["amounts_add_up"])
        self.assertIn(refund.name, broken.breaches)


@tagged("post_install", "-at_install")
class TestCreditedBefore(TrocCase):
    """A credit note before the validation: the share would be that of too much."""

    def setUp(self):
        super().setUp()
        self.compensation = self.submitted(share=50)
        self.move = self.compensation.move_id

    def unmatch(self, refund):
        lines = refund.line_ids.filtered("matched_debit_ids")
        self.by(self.seller_accountant, lines).remove_move_reconcile()

    def assert_stopped(self, refund, credited):
        self.by(self.animator, self.compensation).action_validate()
        self.assert_waits(self.compensation, "credited_before", refund.name)
        self.assertIn(credited, self.compensation.blocked_reason)
        self.assert_invariants()

    def test_of_a_part(self):
        """Before, 600 Actifs of 960 were moved where the invoice says 50 %."""
        refund = self.refund(self.move, 0.2)
        self.assertEqual(self.move.amount_residual, 960.0)
        self.assert_stopped(refund, "240")

    def test_the_way_out_ends_at_the_share(self):
        refund = self.refund(self.move, 0.2)
        self.unmatch(refund)
        self.validate(self.compensation)
        self.validate(self.submit(refund))
        self.assertEqual(self.seller.balance, 480.0)
        self.assertEqual((self.move + refund).mapped("amount_residual"), [480.0, 0.0])
        self.assert_invariants()

    def test_of_the_whole(self):
        """It is named: before, the user was told to undo a payment."""
        refund = self.refund(self.move)
        self.assertEqual(self.move.amount_residual, 0.0)
        self.assert_stopped(refund, "200,00")

    def test_of_the_bill(self):
        refund = self.refund(self.post_bill(self.compensation.bill_id), 0.2)
        self.by(self.animator, self.compensation).action_validate()
        self.assert_waits(self.compensation, "bill_credited_before", refund.name)

    def test_before_the_submission(self):
        move = self.invoice(share=50)
        refund = self.refund(move, 0.2)
        self.assert_refused("credited_before", refund.name, self.submit, move)
        self.unmatch(refund)
        self.assertEqual(self.submit(move).actif_amount, 600.0)

    def test_a_payment_is_no_credit_note(self):
        self.pay_by_bank(self.move, 600.0)
        self.validate(self.compensation)

    def test_nor_is_the_credit_note_of_another_invoice(self):
        """It pays the euros of this one: nothing of it goes back in Actifs."""
        other = self.invoice(share=0)
        self.pay_by_bank(other, 1200.0)
        old = self.refund(other, 0.25)
        lines = (old + self.move).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        self.by(self.seller_accountant, lines).reconcile()
        self.assertEqual(self.move.amount_residual, 900.0)
        self.validate(self.compensation)
        self.assertEqual(self.move.amount_residual, 300.0)
        self.assert_invariants()
