"""Parts taken back, and the days that corrections bear."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import TrocCase


class Corrections(TrocCase):
    def take_back(self, compensation, amount, user=None, override=False):
        """Let the animator take a part back; return the correction."""
        own = self.by(user or self.animator, compensation)
        own.action_reverse_part(amount, "Un article rendu", override)
        return compensation.sudo().credit_note_ids.sorted("id")[-1:]


@tagged("post_install", "-at_install")
class TestParts(Corrections):
    def test_in_all_books_and_the_vat(self):
        compensation = self.validated(share=50)
        bill = self.post_bill(compensation.bill_id)
        shop, client = self.seller.company_id, self.buyer.company_id
        sold = self.snapshot(shop, "411", "4678", "44571", "44574")
        bought = self.snapshot(client, "401", "4678", "44566", "44564")
        part = self.take_back(compensation, 200)
        self.assertEqual((part.state, part.document_type), ("validated", "correction"))
        self.assertEqual((part.tax_amount, part.untaxed_amount), (33.33, 166.67))
        self.assertEqual(
            (compensation.state, compensation.taken_back), ("validated", 200.0)
        )
        self.assert_moved(
            shop, sold, a411=200.0, a4678=-200.0, a44571=33.33, a44574=-33.33
        )
        self.assert_moved(
            client, bought, a401=-200.0, a4678=200.0, a44566=-33.33, a44564=33.33
        )
        self.assertEqual(compensation.move_id.amount_residual, 800.0)
        self.assertEqual(bill.amount_residual, 800.0)
        self.assertEqual((self.seller.balance, self.buyer.balance), (400.0, -400.0))
        self.assert_entry(
            part.register_move_id,
            ("808000", self.buyer),
            ("808000", self.seller),
            200.0,
        )
        self.assert_invariants()

    def test_both_parties_and_the_invoice_are_told(self):
        compensation = self.validated(share=50)
        part = self.take_back(compensation, 200)
        mails = self.env["mail.mail"].search(
            [("model", "=", part._name), ("res_id", "=", part.id)]
        )
        told = self.seller.partner_id | self.buyer.partner_id
        self.assertEqual(mails.recipient_ids, told)
        for record in (compensation, compensation.move_id):
            self.assertIn("Un article rendu", str(record.message_ids.mapped("body")))

    def test_vat_on_debits_stays(self):
        compensation = self.validated(share=50, tax="20% G")
        shop = self.seller.company_id
        before = self.snapshot(shop, "411", "44571")
        self.take_back(compensation, 200)
        self.assert_moved(shop, before, a411=200.0)
        self.assert_invariants()

    def test_bill_draft_then_posted(self):
        compensation = self.validated(share=50)
        self.take_back(compensation, 200)
        bill = self.post_bill(compensation.bill_id)
        self.assertEqual(bill.amount_residual, 800.0)
        self.assert_invariants()

    def test_portal_members_have_the_register_alone(self):
        compensation = self.validate(self.uploaded(self.portal, self.portal2))
        part = self.take_back(compensation, 0.01)
        self.assertEqual(part.entry_ids, part.register_move_id)
        self.assert_invariants()

    def test_part_after_part_until_nothing_is_left(self):
        compensation = self.validated(amount=33.33, share=50)
        total = compensation.actif_amount
        for amount in (7.0, 0.01, round(total - 7.01, 2)):
            self.take_back(compensation, amount)
            self.assert_invariants()
        self.assertEqual(compensation.left_amount, 0.0)
        self.assertEqual(self.seller.balance, 0.0)
        self.assertEqual(self.vat_due(self.seller.company_id), 0.0)
        again = self.by(self.animator, compensation).action_reverse_part
        self.assert_refused("part_beyond_left", compensation.name, again, 0.01, "Non")

    def test_amounts_refused(self):
        compensation = self.validated(share=50)
        take = self.by(self.animator, compensation).action_reverse_part
        for amount in (0, -1, 0.004):
            self.assert_refused(
                "part_not_positive", compensation.name, take, amount, "Non"
            )
        self.assert_refused("part_beyond_left", "600", take, 600.01, "Non")
        self.assert_refused("reason_missing", compensation.name, take, 1, " ")
        part = self.take_back(compensation, 100)
        own = self.by(self.animator, part).action_reverse_part
        self.assert_refused("part_of_correction", part.name, own, 1, "Non")
        self.assertEqual(compensation.left_amount, 500.0)

    def test_all_of_it_is_the_full_reversal(self):
        compensation = self.validated(share=50)
        self.by(self.animator, compensation).action_reverse_part(600, "Erreur")
        self.assert_reversed(compensation)
        self.assert_invariants()

    def test_the_whole_is_not_reversed_over_its_parts(self):
        compensation = self.validated(share=50)
        part = self.take_back(compensation, 200)
        reverse = self.by(self.animator, compensation).action_reverse
        self.assert_refused("has_parts", part.name, reverse, "Erreur")
        self.by(self.animator, part).action_reverse("Rendu par erreur")
        self.assert_reversed(part)
        self.assertEqual(compensation.move_id.amount_residual, 600.0)
        self.assertEqual(self.vat_due(self.seller.company_id), 100.0)
        self.assert_invariants()
        reverse("Erreur")
        self.assert_invariants()

    def test_a_part_paid_in_euros_since_cannot_come_back(self):
        compensation = self.validated(share=50)
        part = self.take_back(compensation, 200)
        self.pay_by_bank(compensation.move_id, 700.0)
        reverse = self.by(self.animator, part).action_reverse
        self.assert_refused("invoice_paid", part.name, reverse, "Erreur")
        self.assert_invariants()

    def test_rights_and_limits(self):
        compensation = self.validated(share=50)
        for user, code in (
            (self.far_animator, "wrong_territory"),
            (self.seller_accountant, "not_animator"),
        ):
            take = self.by(user, compensation).action_reverse_part
            self.assert_refused(code, compensation.name, take, 1, "Non")
        self.validated(company=self.buyer.company_id, customer=self.seller, amount=500)
        self.set_limits(self.seller, 0.0)
        take = self.by(self.manager, compensation).action_reverse_part
        self.assert_refused("credit_limit_exceeded", self.seller.name, take, 100, "A")
        take(100, "Vu en comité", True)
        self.assertEqual(self.seller.override_reason, "Vu en comité")
        self.assert_invariants()


@tagged("post_install", "-at_install")
class TestOpenDay(Corrections):
    def setUp(self):
        super().setUp()
        self.today = fields.Date.today()
        self.until = self.today + timedelta(days=5)
        self.first = self.today + timedelta(days=6)

    def test_the_first_day_open_in_all_books(self):
        for key, field in (
            ("seller", "fiscalyear_lock_date"),
            ("buyer", "tax_lock_date"),
            ("operator", "fiscalyear_lock_date"),
        ):
            with self.subTest(key), self.env.cr.savepoint() as savepoint:
                compensation = self.validated(share=50)
                self.post_bill(compensation.bill_id)
                self.companies[key][field] = self.until
                part = self.take_back(compensation, 200)
                self.assertEqual(part.entry_date, self.first)
                self.assertEqual(part.locked_until, self.until)
                self.assertEqual(part.locked_company_id, self.companies[key])
                self.assertEqual(set(part.entry_ids.mapped("date")), {self.first})
                self.assert_vat_dated(compensation, self.first)
                self.assert_invariants()
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_sale_lock_is_no_lock_of_ours(self):
        compensation = self.validated(share=50)
        self.seller.company_id.sale_lock_date = self.until
        self.assertEqual(self.take_back(compensation, 10).entry_date, self.today)

    def test_full_reversal_gives_the_vat_back_on_its_own_day(self):
        compensation = self.validated(share=50)
        self.seller.company_id.fiscalyear_lock_date = self.until
        self.by(self.animator, compensation).action_reverse("Erreur")
        self.assertEqual(compensation.reversal_date, self.first)
        self.assert_vat_dated(compensation, self.first)
        self.assertEqual(self.vat_due(self.seller.company_id), 0.0)
        self.assert_invariants()

    def test_the_vat_of_a_closed_month_stays(self):
        """Validated before, taken back now: its own period keeps what it had."""
        compensation = self.validated(share=50)
        shop = self.seller.company_id
        self.take_back(compensation, 200)
        moves = self.env["account.move"].search(
            [("tax_cash_basis_origin_move_id", "=", compensation.move_id.id)]
        )
        self.assertEqual(len(moves), 3)
        forged = self.env["troc.posting"].with_context(
            troc_cash_basis_date=str(self.until)
        )
        move = forged.env["account.move"]
        self.assertIsNone(move._troc_cash_basis_date())
        self.assertEqual(self.vat_due(shop), 66.67)

    def test_locked_for_good(self):
        compensation = self.validated(share=50)
        shop = self.seller.company_id
        shop.fiscalyear_lock_date = self.today + timedelta(days=800)
        take = self.by(self.animator, compensation).action_reverse_part
        self.assert_refused("no_open_day", shop.name, take, 10, "Non")

    def assert_vat_dated(self, compensation, day):
        """What Odoo posted of the VAT since bears the day of the correction."""
        moves = self.env["account.move"].search(
            [("tax_cash_basis_origin_move_id", "=", compensation.move_id.id)]
        )
        self.assertEqual(
            moves.sorted("id")[1:].mapped("date"), [day] * (len(moves) - 1)
        )
        self.assertGreater(len(moves), 1)


@tagged("post_install", "-at_install")
class TestGuards(Corrections):
    def test_euros_proposed_beside_waiting_actifs(self):
        compensation = self.submitted(share=50)
        wizard = (
            self.by(self.seller_accountant, self.env["account.payment.register"])
            .with_context(
                active_model="account.move", active_ids=compensation.move_id.ids
            )
            .create({})
        )
        self.assertEqual(wizard.amount, 600.0)
        self.assertIn(compensation.name, wizard.troc_notice)
        self.assertFalse(wizard.troc_beyond)
        wizard.amount = 600.01
        self.assertTrue(wizard.troc_beyond)
        wizard.action_create_payments()
        self.assertTrue(compensation.move_id.troc_notice_warns)
        self.assertIn(compensation.name, compensation.move_id.troc_notice)

    def test_the_bill_stays_paid(self):
        compensation = self.validated(share=50)
        bill = self.post_bill(compensation.bill_id)
        own = self.by(self.buyer_accountant, bill)
        self.assert_refused("bill_compensated", compensation.name, own.button_cancel)
        self.assert_refused(
            "payment_of_compensation",
            compensation.name,
            own.line_ids.remove_move_reconcile,
        )
        self.assertEqual(bill.amount_residual, 600.0)

    def test_the_bill_of_a_reversed_compensation_says_so(self):
        compensation = self.validated(share=50)
        bill = self.post_bill(compensation.bill_id)
        self.by(self.animator, compensation).action_reverse("Commande annulée")
        self.assertIn(compensation.name, bill.troc_notice)
        self.assertIn("Commande annulée", bill.troc_notice)
        self.assertTrue(bill.troc_notice_warns)


@tagged("post_install", "-at_install")
class TestCreditNoteWizard(Corrections):
    def wizard(self, invoice, **values):
        return (
            self.by(self.seller_accountant, self.env["account.move.reversal"])
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, **values})
        )

    def test_the_posted_credit_note_is_submitted(self):
        origin = self.validated(share=50)
        wizard = self.wizard(origin.move_id)
        self.assertIn(origin.name, wizard.troc_notice)
        self.assertIn("600", wizard.troc_notice)
        refund = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
        refund.invoice_line_ids.price_unit /= 2
        self.by(self.seller_accountant, refund).action_post()
        note = refund.troc_compensation_ids
        self.assertEqual((note.state, note.actif_amount), ("submitted", 300.0))
        self.validate(note)
        self.assertEqual(self.seller.balance, 300.0)
        self.assert_invariants()

    def test_reverse_and_create_invoice(self):
        origin = self.validated(share=50)
        wizard = self.wizard(origin.move_id)
        again = self.env["account.move"].browse(wizard.modify_moves()["res_id"])
        self.assertEqual((again.state, again.actif_share), ("draft", 50))
        refund = origin.move_id.reversal_move_ids
        self.assertEqual(refund.troc_compensation_ids.actif_amount, 600.0)
        self.validate(refund.troc_compensation_ids)
        self.assertEqual(origin.move_id.amount_residual, 0.0)
        self.assertEqual(self.seller.balance, 0.0)
        self.assert_invariants()

    def test_without_the_tick(self):
        origin = self.validated(share=50)
        wizard = self.wizard(origin.move_id, troc_take_back=False)
        wizard.modify_moves()
        self.assertFalse(origin.move_id.reversal_move_ids.troc_compensation_ids)

    def test_of_an_invoice_that_waits(self):
        waiting = self.submitted(share=50)
        wizard = self.wizard(waiting.move_id)
        self.assertIn(waiting.name, wizard.troc_notice)
        self.assertFalse(wizard.troc_compensated)
