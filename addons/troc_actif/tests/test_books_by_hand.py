"""The journals that compensations alone write, tried by an accountant by hand."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestBooksByHand(TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chiefs = cls.env["res.users"]
        for company in (cls.seller.company_id, cls.buyer.company_id, cls.operator):
            cls.chiefs += new_test_user(
                cls.env,
                f"troc_chief_{company.id}",
                "account.group_account_manager,account.group_account_user",
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
        cls.shop, cls.client = cls.seller.company_id, cls.buyer.company_id

    def chief(self, company):
        """Return the accounting administrator of a company."""
        return self.chiefs.filtered(lambda u: u.company_id == company)

    def assert_forbidden(self, act, *args):
        with self.assertRaises(UserError) as caught:
            act(*args)
        # the record is reachable: it is the rule that forbids, not a missing right
        self.assertNotIsInstance(caught.exception, AccessError)

    def entry_values(self, journal, account):
        return {
            "journal_id": journal.id,
            "date": fields.Date.today(),
            "line_ids": [
                Command.create({"account_id": account.id, "name": "", side: 10.0})
                for side in ("debit", "credit")
            ],
        }

    def test_no_entry_by_hand(self):
        for company, journal, account in (
            (self.shop, self.shop.troc_journal_id, self.shop.troc_account_id),
            (
                self.operator,
                self.network.register_journal_id,
                self.network.register_account_id,
            ),
        ):
            own = self.by(self.chief(company), self.env["account.move"])
            move = own.create(self.entry_values(journal, account))
            self.assertEqual(move.journal_id, journal)
            self.assert_forbidden(move.action_post)
            self.assert_forbidden(move.write, {"state": "posted"})
        self.assert_invariants()

    def test_no_payment_by_hand(self):
        journal = self.shop.troc_journal_id
        own = self.by(self.chief(self.shop), self.env["account.payment"])
        for direction in ("inbound", "outbound"):
            payment = own.create(
                {
                    "payment_type": direction,
                    "partner_id": self.buyer.partner_id.id,
                    "amount": 10.0,
                    "journal_id": journal.id,
                    "payment_method_line_id": self.shop._troc_method_line(direction).id,
                }
            )
            self.assertNotIn(journal, own.new({}).available_journal_ids._origin)
            self.assert_forbidden(payment.action_post)
        self.assert_invariants()

    def test_no_bank_statement(self):
        own = self.by(self.chief(self.shop), self.env["account.bank.statement.line"])
        self.assert_forbidden(
            own.create,
            {
                "journal_id": self.shop.troc_journal_id.id,
                "payment_ref": "Virement",
                "amount": 10.0,
            },
        )

    def test_payments_of_a_compensation_stay(self):
        compensation = self.validated(share=50)
        self.post_bill(compensation.bill_id)
        for company, payment in (
            (self.shop, compensation.seller_payment_id),
            (self.client, compensation.buyer_payment_id),
        ):
            own = self.by(self.chief(company), payment)
            for act in (
                (own.action_draft,),
                (own.action_cancel,),
                (own.action_reject,),
                (own.unlink,),
                (own.write, {"state": "draft"}),
                (own.write, {"state": "reversed"}),
                (own.write, {"amount": 1.0}),
                (own.write, {"date": "2026-01-01"}),
                (own.write, {"partner_id": self.portal.partner_id.id}),
                (own.write, {"move_id": False}),
            ):
                with self.subTest(company=company.name, act=str(act)[:90]):
                    self.assert_forbidden(*act)
        self.assertEqual(compensation.seller_payment_id.amount, 600.0)
        self.assert_invariants()

    def test_entries_of_a_compensation_stay(self):
        compensation = self.validated(share=50)
        self.post_bill(compensation.bill_id)
        for move in compensation.entry_ids:
            own = self.by(self.chief(move.company_id), move)
            line = own.line_ids[0]
            for act in (
                (own.button_draft,),
                (own.button_cancel,),
                (own.unlink,),
                (own.with_context(force_delete=True).unlink,),
                (own.write, {"date": "2026-01-01"}),
                (own.write, {"state": "draft"}),
                (own.write, {"journal_id": False}),
                (own._reverse_moves,),
                (self.reversal(own).reverse_moves,),
                (line.write, {"debit": 1.0}),
                (line.write, {"account_id": own.line_ids[1].account_id.id}),
                (line.unlink,),
            ):
                with self.subTest(move=move.name, act=str(act)[:90]):
                    self.assert_forbidden(*act)
            self.assertFalse(move.reversal_move_ids)
        self.assert_invariants()

    def reversal(self, move):
        return (
            move.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id, "date": fields.Date.today()})
        )

    def test_the_invoice_stays_reconciled(self):
        """Undoing the reconciliation would open a paid invoice, and take VAT back."""
        compensation = self.validated(share=100)
        due = self.vat_due(self.shop)
        own = self.by(self.chief(self.shop), compensation.move_id)
        lines = own.line_ids.filtered("reconciled")
        partials = lines.matched_credit_ids
        self.assertTrue(partials)
        for act in (
            (lines.remove_move_reconcile,),
            (own.js_remove_outstanding_partial, partials.id),
            (partials.unlink,),
        ):
            self.assert_forbidden(*act)
        self.assertEqual(compensation.move_id.payment_state, "paid")
        self.assertEqual(self.vat_due(self.shop), due)
        self.assert_invariants()

    def test_a_credit_note_leaves_the_compensation_as_it_is(self):
        """It is open until the compensation is reversed."""
        compensation = self.validated(share=100)
        wizard = self.by(self.chief(self.shop), self.env["account.move.reversal"])
        wizard = wizard.with_context(
            active_model="account.move", active_ids=compensation.move_id.ids
        ).create(
            {
                "journal_id": compensation.move_id.journal_id.id,
                "troc_take_back": False,
            }
        )
        wizard.refund_moves()
        note = wizard.new_move_ids
        note.action_post()
        self.assertEqual(note.payment_state, "not_paid")
        self.assertFalse(note.actif_share)
        self.assert_invariants()
        self.by(self.animator, compensation).action_reverse("Avoir")
        self.assertEqual(compensation.move_id.amount_residual, 1200.0)
        self.assert_invariants()
