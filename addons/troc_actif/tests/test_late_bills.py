"""Bills that come late, differ or are moved: what pays them stays with its own."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.troc_actif_invoice.seal import sealed

from .common import TrocCase


class LateBills(TrocCase):
    def setUp(self):
        super().setUp()
        self.client = self.buyer.company_id
        self.set_limits(self.buyer, 20000)
        self.paid = self.validate(self.uploaded(self.portal, self.buyer, number="F-1"))

    def late(self, ref="F-1", amount=1000.0, **values):
        """Return a bill of the portal seller, entered after the payment."""
        return self.bill_of(self.portal, self.client, ref, amount, **values)

    def advance(self, compensation=None):
        """Return what of the payment in Actifs is not set off."""
        paid = compensation or self.paid
        return self.env["troc.posting"]._left_on_account(paid)

    def account(self, code, kind="liability_payable", company=None):
        accounts = self.in_company(company or self.client)["account.account"]
        return accounts.search([("code", "=", code)], limit=1) or accounts.create(
            {"code": code, "name": code, "account_type": kind, "reconcile": True}
        )

    def on_account(self, code, ref="F-1", amount=1000.0):
        """Return a posted bill whose due line stands on another payable account."""
        bill = self.late(ref, amount, post=False)
        due = bill.line_ids.filtered(lambda li: li.display_type == "payment_term")
        due.account_id = self.account(code)
        self.by(self.buyer_accountant, bill).action_post()
        return bill


@tagged("post_install", "-at_install")
class TestLateBills(LateBills):
    def test_one_cent_less_is_told(self):
        bill = self.late(amount=999.99)
        self.assertEqual(bill.amount_total, 1199.99)
        self.assertEqual(self.paid.bill_id, bill)
        self.assertAlmostEqual(self.advance(), 0.01)
        self.assertTrue(bill.troc_notice_warns)
        self.assertIn("0,01", bill.troc_notice)
        self.assertIn("1\xa0200,00", bill.troc_notice)
        self.assert_invariants()

    def test_ten_percent_more_is_told(self):
        bill = self.late(amount=1100.0)
        self.assertEqual(bill.amount_residual, 120.0)
        self.assertFalse(self.advance())
        self.assertTrue(bill.troc_notice_warns)
        self.assertIn("1\xa0320,00", bill.troc_notice)

    def test_the_same_total_says_nothing(self):
        self.assertFalse(self.late().troc_notice_warns)

    def test_another_payable_account_is_followed(self):
        bill = self.on_account("404900")
        self.assertEqual(bill.amount_residual, 0.0)
        self.assertFalse(self.advance())
        carried = self.env["troc.posting"]._carried(self.paid)
        lines = carried.with_company(self.client).line_ids
        found = {(li.account_id.code, li.balance) for li in lines}
        usual = self.paid.buyer_payment_id.destination_account_id
        usual = usual.with_company(self.client).code
        self.assertEqual(found, {("404900", 1200.0), (usual, -1200.0)})
        self.assertEqual(self.balance_of(self.client, "404900"), 0.0)
        self.assert_invariants()
        return bill

    def test_what_was_carried_goes_back_with_the_compensation(self):
        bill = self.test_another_payable_account_is_followed()
        self.by(self.animator, self.paid).action_reverse("Erreur")
        self.assertEqual(bill.amount_residual, 1200.0)
        self.assertEqual(self.balance_of(self.client, "404900"), -1200.0)
        self.assert_invariants()

    def test_a_part_taken_back_of_what_was_carried(self):
        bill = self.test_another_payable_account_is_followed()
        self.by(self.animator, self.paid).action_reverse_part(200.0, "Retour")
        self.assertEqual(bill.amount_residual, 200.0)
        self.assertFalse(self.advance())
        self.assert_invariants()

    def test_a_bill_put_on_the_right_account_again(self):
        bill = self.test_another_payable_account_is_followed()
        own = self.by(self.buyer_accountant, bill)
        own.button_draft()
        due = bill.line_ids.filtered(lambda li: li.display_type == "payment_term")
        due.account_id = self.paid.buyer_payment_id.destination_account_id
        own.action_post()
        self.assertEqual(bill.amount_residual, 0.0)
        self.assertFalse(self.env["troc.posting"]._carried(self.paid))
        self.assert_invariants()

    def test_what_was_carried_stays(self):
        self.test_another_payable_account_is_followed()
        carried = self.env["troc.posting"]._carried(self.paid)
        own = self.by(self.chief, carried)
        for act in (own.button_draft, own.button_cancel, own._reverse_moves):
            with self.assertRaises(UserError):
                act()
        with self.assertRaises(UserError):
            own.line_ids.remove_move_reconcile()

    @property
    def chief(self):
        return self.buyer_accountant

    def test_a_number_typed_otherwise(self):
        for typed in ("f 1", "FAC-F/0001", "F.01"):
            with self.subTest(typed):
                number = f"F-{len(typed)}1"
                typed = typed.replace("1", f"{len(typed)}1")
                paid = self.validate(
                    self.uploaded(self.portal, self.buyer, 500, number=number)
                )
                bill = self.late(typed, 500.0)
                self.assertEqual(paid.bill_id, bill)
                self.assertEqual(bill.payment_state, "paid")
        self.assert_invariants()

    def test_entered_with_another_date_of_the_next_year(self):
        paid = self.paid.document_date
        for days, found in ((20, True), (300, False)):
            number = f"G-{days}"
            one = self.validate(
                self.uploaded(self.portal, self.buyer, 300, number=number)
            )
            bill = self.late(number, 300.0, date=paid - timedelta(days=days))
            if one.document_year == bill.invoice_date.year:
                continue
            self.assertEqual(one.bill_id == bill, found)

    def test_two_that_come_into_question_are_proposed(self):
        other = self.validate(self.uploaded(self.portal, self.buyer, number="G-F-1"))
        bill = self.late("1")
        self.assertEqual(bill.payment_state, "not_paid")
        self.assertTrue(bill.troc_may_attach)
        self.assertIn(self.paid.name, bill.troc_notice)
        self.assertIn(other.name, bill.troc_notice)
        self.attach(self.paid, bill)
        self.assertEqual(bill.payment_state, "paid")
        self.assertFalse(bill.troc_may_attach)
        self.assert_invariants()

    def test_a_number_of_nothing_is_proposed_by_its_total(self):
        bill = self.late("Sans rapport")
        self.assertEqual(bill.payment_state, "not_paid")
        self.assertTrue(bill.troc_may_attach)
        self.assertFalse(self.late("Autre", 12.0).troc_may_attach)

    def test_a_bill_in_dollars(self):
        self.env.ref("base.USD").active = True
        bill = self.late(post=False)
        bill.currency_id = self.env.ref("base.USD")
        self.by(self.buyer_accountant, bill).action_post()
        self.assertEqual(bill.amount_residual, bill.amount_total)
        self.assertEqual(self.advance(), 1200.0)
        self.assert_invariants()

    # -- moved ----------------------------------------------------------------

    def attach(self, compensation, bill, user=None, **context):
        choices = self.by(user or self.buyer_accountant, self.env["troc.bill.choice"])
        wizard = choices.with_context(**context).create(
            {"compensation_id": compensation.id, "bill_id": bill.id}
        )
        return wizard.action_attach()

    def test_moved_to_the_right_bill(self):
        wrong, right = self.late(), self.late("X-9")
        register = self.paid.register_move_id
        self.attach(self.paid, right)
        self.assertEqual(wrong.payment_state, "not_paid")
        self.assertEqual(right.payment_state, "paid")
        self.assertEqual(self.paid.bill_id, right)
        self.assertEqual(self.paid.register_move_id, register)
        self.assertFalse(register.reversal_move_ids)
        self.assert_invariants()
        # the wrong one is an ordinary bill again
        own = self.by(self.buyer_accountant, wrong)
        own.button_draft()
        own.button_cancel()

    def test_moved_from_another_account(self):
        wrong, right = self.on_account("404900"), self.late("X-9")
        self.attach(self.paid, right)
        self.assertEqual(wrong.amount_residual, 1200.0)
        self.assertEqual(right.amount_residual, 0.0)
        self.assert_invariants()

    def test_what_may_not_be_its_bill(self):
        other = self.bill_of(self.portal2, self.client, "F-1", 1000.0)
        self.assert_refused(
            "bill_other_supplier", self.paid.name, self.attach, self.paid, other
        )
        refund = self.written(
            self.client,
            self.portal.partner_id,
            [(1000, "20% S")],
            use="purchase",
            move_type="in_refund",
        )
        self.assert_refused(
            "bill_other_kind", self.paid.name, self.attach, self.paid, refund
        )
        taken = self.validate(self.uploaded(self.portal, self.buyer, number="T-1"))
        bill = self.late("T-1")
        self.assertEqual(taken.bill_id, bill)
        self.assert_refused("bill_taken", self.paid.name, self.attach, self.paid, bill)

    def test_what_was_reversed_is_attached_to_nothing(self):
        bill = self.late("X-9")
        self.by(self.animator, self.paid).action_reverse("Erreur")
        self.assert_refused("wrong_state", self.paid.name, self.attach, self.paid, bill)
        self.assertFalse(bill.sudo().troc_bill_compensation_ids)

    def test_nobody_elses_accountant_moves_it(self):
        bill = self.late("X-9")
        with self.assertRaises(UserError):
            self.attach(self.paid, bill, self.seller_accountant)
        with self.assertRaises(UserError):
            self.attach(self.paid, bill, self.animator)

    # -- by hand, in Odoo's own screens ---------------------------------------

    def set_off(self, bill):
        """Let the accountant take the advance in “outstanding debits” of a bill."""
        payment = self.paid.buyer_payment_id
        line = self.env["troc.posting"]._counterpart(payment)
        self.by(self.buyer_accountant, bill).js_assign_outstanding_line(line.id)

    def test_set_off_by_hand_is_followed(self):
        bill = self.late("Sans rapport")
        self.set_off(bill)
        self.assertEqual(self.paid.bill_id, bill)
        self.assertEqual(bill.payment_state, "paid")
        self.assert_invariants()

    def test_set_off_against_another_bill_is_refused(self):
        self.late(amount=500.0)
        other = self.late("X-9")
        self.assert_refused("advance_of_other_bill", other.name, self.set_off, other)
        self.assertEqual(other.payment_state, "not_paid")

    def test_set_off_against_another_suppliers_is_refused(self):
        other = self.bill_of(self.portal2, self.client, "F-1", 1000.0)
        line = self.env["troc.posting"]._counterpart(self.paid.buyer_payment_id)
        due = other.line_ids.filtered(lambda li: li.display_type == "payment_term")
        with self.assertRaises(UserError):
            self.by(self.buyer_accountant, line + due).reconcile()

    def test_written_off_without_a_bill_is_refused(self):
        line = self.env["troc.posting"]._counterpart(self.paid.buyer_payment_id)
        move = self.entry_by_hand(line.account_id, 1200.0)
        own = self.by(self.buyer_accountant, line + move.line_ids[0])
        self.assert_refused("advance_needs_bill", move.name, own.reconcile)

    def test_the_cent_that_is_left_may_be_written_off(self):
        self.late(amount=999.99)
        line = self.env["troc.posting"]._counterpart(self.paid.buyer_payment_id)
        move = self.entry_by_hand(line.account_id, 0.01)
        self.by(self.buyer_accountant, line + move.line_ids[0]).reconcile()
        self.assertFalse(self.advance())
        self.assert_invariants()

    def entry_by_hand(self, account, amount):
        moves = self.in_company(self.client)["account.move"]
        other = self.account("658000", "expense")
        move = moves.create(
            {
                "line_ids": [
                    Command.create(
                        {
                            "account_id": one.id,
                            "partner_id": self.portal.partner_id.id,
                            "balance": balance,
                        }
                    )
                    for one, balance in ((account, -amount), (other, amount))
                ]
            }
        )
        move.action_post()
        return move

    def test_a_paid_bill_is_not_got_rid_of(self):
        bill = self.late()
        own = self.by(self.buyer_accountant, bill)
        own.button_draft()
        for act in (
            (own.button_cancel,),
            (own.unlink,),
            (own.write, {"partner_id": self.portal2.partner_id.id}),
            (own.write, {"currency_id": self.env.ref("base.USD").id}),
        ):
            with self.subTest(str(act)[:60]):
                self.assert_refused("bill_compensated", bill.display_name, *act)
        own.invoice_line_ids.price_unit = 500.0
        own.action_post()
        self.assertEqual(self.advance(), 600.0)
        self.assertIn("600,00", bill.troc_notice)
        self.assert_invariants()

    def test_an_early_bill_may_still_go_before_the_validation(self):
        compensation = self.submitted(share=50)
        bill = self.post_bill(compensation.bill_id)
        own = self.by(self.buyer_accountant, bill)
        own.button_draft()
        own.button_cancel()
        self.assertEqual(bill.state, "cancel")


@tagged("post_install", "-at_install")
class TestOpenAccounts(LateBills):
    def split(self, move, code, part, kind):
        """Put a part of what is due on another account, as a retention of guarantee."""
        account = self.account(code, kind, move.company_id)
        terms = self.in_company(move.company_id)["account.payment.term"].create(
            {
                "name": "Retenue 5 %",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 100 - part}),
                    Command.create(
                        {"value": "percent", "value_amount": part, "nb_days": 365}
                    ),
                ],
            }
        )
        move.invoice_payment_term_id = terms
        due = move.line_ids.filtered(lambda li: li.display_type == "payment_term")
        due.sorted("date_maturity")[-1].account_id = account
        move.action_post()
        return move

    def retained(self, share):
        invoice = self.invoice(share=share, post=False)
        return self.split(invoice, "411700", 5, "asset_receivable")

    def test_whole_amount_on_two_accounts_is_refused(self):
        invoice = self.retained(100)
        self.assert_refused("invoice_accounts", invoice.name, self.submit, invoice)
        self.assert_invariants()

    def test_half_of_it_is_paid_from_the_account_that_holds_it(self):
        compensation = self.validate(self.submit(self.retained(50)))
        self.assertEqual(compensation.move_id.amount_residual, 600.0)
        self.assert_invariants()

    def test_bill_on_two_accounts(self):
        compensation = self.submitted(share=100)
        self.split(compensation.bill_id, "401700", 5, "liability_payable")
        self.by(self.animator, compensation).action_validate()
        self.assert_waits(compensation, "bill_accounts", compensation.name)
        self.assert_invariants()

    def test_bill_in_dollars(self):
        compensation = self.submitted(share=100)
        self.env.ref("base.USD").active = True
        bill = compensation.bill_id
        bill.currency_id = self.env.ref("base.USD")
        self.post_bill(bill)
        self.by(self.animator, compensation).action_validate()
        self.assert_waits(compensation, "bill_currency", bill.name)
        self.assert_invariants()

    def test_late_bill_on_two_accounts_leaves_the_rest_open(self):
        bill = self.late(post=False)
        self.split(bill, "401700", 5, "liability_payable")
        self.assertEqual(bill.amount_residual, 60.0)
        self.assertEqual(self.advance(), 60.0)
        self.assert_invariants()
        self.assertEqual(fields.Date.today().year, bill.date.year)


@tagged("post_install", "-at_install")
class TestMovedBehindOurBack(LateBills):
    """What our guards refuse, done all the same: the verification names it."""

    def assert_breach(self, *named):
        run = self.env["troc.verification"]._run(self.network)
        broken = run.line_ids.filtered(lambda line: not line.held)
        self.assertEqual(broken.mapped("code"), ["amounts_add_up"])
        for word in (self.paid.name, *named):
            self.assertIn(word, broken.breaches)

    def behind(self, bill, **values):
        """Write as a script of somebody else would."""
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE account_move SET %s = %s WHERE id = %s",
                    SQL.identifier(name),
                    value,
                    bill.id,
                )
            )
        self.env.invalidate_all()

    def test_set_off_elsewhere(self):
        self.late(amount=500.0)
        other = self.late("X-9")
        line = self.env["troc.posting"]._counterpart(self.paid.buyer_payment_id)
        due = other.line_ids.filtered(lambda li: li.display_type == "payment_term")
        sealed(self.in_company(self.client)["account.move.line"]).browse(
            (line + due).ids
        ).reconcile()
        self.assert_breach(other.name)

    def test_a_bill_that_is_cancelled_or_anothers(self):
        for values in (
            {"state": "cancel"},
            {"partner_id": self.portal2.partner_id.id},
            {"currency_id": self.env.ref("base.USD").id},
        ):
            with self.subTest(values), self.env.cr.savepoint() as point:
                bill = self.late()
                own = self.by(self.buyer_accountant, bill)
                own.button_draft()
                self.behind(bill, **values)
                self.assert_breach(bill.name)
                point.rollback()
                self.env.invalidate_all()
