"""Commissions: what is due, the invoices in the operator's books, corrections."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.troc_actif.tests.facturx_xml import facturx_xml

from .fees import FeesCase


@tagged("post_install", "-at_install")
class TestFees(FeesCase):
    # -- the example of ACCOUNTING.md -----------------------------------------

    def test_the_entry_of_the_operator(self):
        """1,200 incl. VAT: D 411 72 / C 706 60 / C 4457x 12, whatever the share."""
        compensation = self.traded(share=50)
        move = self.invoiced()
        self.assertEqual(move.company_id, self.operator)
        self.assertEqual((move.move_type, move.state), ("out_invoice", "posted"))
        self.assertEqual(move.partner_id, self.portal.partner_id)
        partner = self.portal.partner_id.name
        self.assertEqual(
            self.entry(move),
            [
                ("411100", partner, 72.0, 0.0),
                ("706000", partner, 0.0, 60.0),
                ("445740", partner, 0.0, 12.0),
            ],
        )
        self.assertFalse(move.actif_share)
        line = move.invoice_line_ids
        for word in (compensation.name, compensation.document_number):
            self.assertIn(word, line.name)
        fee = self.fees_of(compensation)
        self.assertEqual(self.told(fee), [(self.portal, 60.0, "invoiced")])
        self.assertEqual((fee.base, fee.rate, fee.move_id), (1200.0, 5.0, move))
        self.assertEqual(move.create_uid, self.manager)
        self.assert_invariants()

    def test_nothing_is_asked_by_surprise(self):
        """Before the set-up nothing can be invoiced, and nothing before its day."""
        self.traded()
        self.network.fees_from = "2099-01-01"
        self.assertFalse(self.invoiced(date_to="2099-12-31"))
        self.network.fee_policy_id = False
        self.assert_refused("fee_no_policy", self.network.name, self.prepared)

    def test_preview_invoices_nothing(self):
        compensation = self.traded()
        run = self.prepared()
        self.assertEqual(run.fee_ids, self.fees_of(compensation))
        self.assertEqual((run.member_count, run.amount), (1, 60.0))
        self.assertFalse(run.fee_ids.sudo().move_id)
        action = run.fee_ids.action_open_compensation()
        self.assertEqual(action["res_id"], compensation.id)

    def test_a_second_run_changes_nothing(self):
        self.traded()
        self.assertEqual(len(self.invoiced()), 1)
        lines = self.env["troc.fee"].search([])
        self.assertFalse(self.invoiced())
        self.assertEqual(self.env["troc.fee"].search([]), lines)
        lines.with_user(self.manager).action_invoice()
        self.assertEqual(len(lines.move_id), 1)

    def test_up_to_a_day(self):
        self.traded()
        self.assertFalse(self.invoiced(date_to="2020-12-31"))

    def test_one_invoice_a_member(self):
        first, second = self.traded(), self.traded(amount=200)
        other = self.traded(seller=self.portal2, buyer=self.portal, amount=100)
        moves = self.invoiced()
        amounts = {m.partner_id: m.amount_untaxed for m in moves}
        self.assertEqual(
            amounts, {self.portal.partner_id: 72.0, self.portal2.partner_id: 6.0}
        )
        own = (self.fees_of(first) + self.fees_of(second)).move_id
        self.assertEqual(len(own.invoice_line_ids), 2)
        self.assertNotEqual(self.fees_of(other).move_id, own)

    def test_a_hosted_member_finds_the_draft_of_its_bill(self):
        self.validated(customer=self.portal)
        invoice = self.invoiced()
        bill = self.env["account.move"].search(
            [("ref", "=", invoice.name), ("move_type", "=", "in_invoice")]
        )
        self.assertEqual(bill.company_id, self.seller.company_id)
        self.assertEqual(bill.partner_id, self.operator.partner_id)
        self.assertEqual(bill.state, "draft")
        self.assertEqual(bill.amount_total, invoice.amount_total)
        self.assertEqual(bill.amount_tax, invoice.amount_tax)
        self.by(self.seller_accountant, bill).action_post()

    def test_only_the_members_chosen(self):
        self.traded()
        self.traded(seller=self.portal2, buyer=self.portal)
        move = self.invoiced(members=self.portal2)
        self.assertEqual(move.partner_id, self.portal2.partner_id)

    def test_only_what_is_validated(self):
        compensation = self.uploaded(self.portal, self.portal2)
        self.assertFalse(self.invoiced())
        self.by(self.animator, compensation).action_refuse("Non")
        self.assertFalse(self.invoiced())
        self.assertFalse(self.fees_of(compensation))

    # -- terms ----------------------------------------------------------------

    def test_both_pay_half(self):
        self.policy.payer = "half"
        fees = self.fees_of(self.compensation_and_run())
        self.assertEqual(
            self.told(fees),
            [(self.portal, 30.0, "invoiced"), (self.portal2, 30.0, "invoiced")],
        )
        self.assertEqual(len(fees.move_id), 2)

    def test_both_pay_the_full_rate_and_the_buyer_alone(self):
        self.policy.payer = "each"
        fees = self.fees_of(self.compensation_and_run())
        self.assertEqual(fees.mapped("amount"), [60.0, 60.0])
        self.policy.payer = "buyer"
        fees = self.fees_of(self.compensation_and_run())
        self.assertEqual(self.told(fees), [(self.portal2, 60.0, "invoiced")])

    def compensation_and_run(self, **values):
        compensation = self.traded(**values)
        self.invoiced()
        return compensation

    def test_other_bases(self):
        for base, amount in (("untaxed", 50.0), ("actif", 30.0)):
            self.policy.commission_base = base
            fees = self.fees_of(self.compensation_and_run(share=50))
            self.assertEqual(fees.amount, amount)

    def test_a_member_with_his_own_policy(self):
        own = self.policy.copy(
            {"name": "Fondateurs", "commission_rate": 2, "commission_product_id": False}
        )
        self.by(self.manager, self.portal).fee_policy_id = own
        fees = self.fees_of(self.compensation_and_run())
        self.assertEqual((fees.amount, fees.rate), (24.0, 2.0))
        back = self.compensation_and_run(seller=self.portal2, buyer=self.portal)
        self.assertEqual(self.fees_of(back).amount, 60.0)

    def test_a_policy_of_another_network(self):
        other = self.network.copy({"name": "Autre réseau"})
        own = self.policy.copy({"network_id": other.id, "name": "Loin"})
        act = self.by(self.manager, self.portal).write
        name = self.network.name
        self.assert_refused("fee_other_network", name, act, {"fee_policy_id": own.id})
        act = self.by(self.manager, self.network).write
        self.assert_refused("fee_other_network", name, act, {"fee_policy_id": own.id})

    def test_terms_that_cannot_be(self):
        act = self.by(self.manager, self.policy).write
        for code, values in (
            ("fee_rate", {"commission_rate": 101}),
            ("fee_negative", {"minimum": -1}),
            ("fee_share_above", {"membership_amount": 1, "membership_share": 2}),
        ):
            self.assert_refused(code, self.policy.name, act, values)

    def test_allowance_of_a_year(self):
        """The first 1,500 are free: 1,200 and 300 of the next 1,200."""
        self.policy.allowance = 1500
        first, second, third = self.traded(), self.traded(), self.traded()
        self.invoiced()
        found = [self.fees_of(c) for c in (first, second, third)]
        self.assertEqual([f.allowance for f in found], [1200.0, 300.0, 0.0])
        self.assertEqual([f.amount for f in found], [0.0, 45.0, 60.0])
        self.assertEqual(found[0].state, "free")
        self.assertFalse(found[0].move_id)

    def test_allowance_comes_back_with_a_reversal(self):
        self.policy.allowance = 1200
        first = self.compensation_and_run()
        self.reverse(first)
        second = self.compensation_and_run()
        self.assertEqual(self.fees_of(second).allowance, 1200.0)

    def test_minimum(self):
        self.policy.minimum = 10
        fees = self.fees_of(self.compensation_and_run(amount=10))
        self.assertEqual(fees.amount, 10.0)

    def test_nobody_pays_is_recorded_once(self):
        self.policy.commission_rate = 0
        compensation = self.compensation_and_run()
        self.prepared()
        self.assertEqual(
            self.told(self.fees_of(compensation)), [(self.portal, 0.0, "free")]
        )

    # -- corrections ----------------------------------------------------------

    def reverse(self, compensation):
        self.by(self.animator, compensation).action_reverse("Erreur")

    def credit(self, compensation, amount):
        """Validate a credit note of the seller over `amount` excl. VAT."""
        content = facturx_xml(
            compensation.seller_id,
            compensation.buyer_id,
            amount,
            type_code="381",
            preceding=compensation.document_number,
        )
        return self.validate(self.upload(content, self.animator))

    def test_reversal_gives_a_credit_note_of_the_same_invoice(self):
        compensation = self.traded()
        other = self.traded(amount=500)
        invoice = self.invoiced()
        self.assertEqual(invoice.amount_total, 108.0)
        self.reverse(compensation)
        refund = self.invoiced()
        self.assertEqual(refund.move_type, "out_refund")
        self.assertEqual(refund.reversed_entry_id, invoice)
        partner = self.portal.partner_id.name
        self.assertEqual(
            self.entry(refund),
            [
                ("706000", partner, 60.0, 0.0),
                ("445740", partner, 12.0, 0.0),
                ("411100", partner, 0.0, 72.0),
            ],
        )
        self.assertEqual(invoice.amount_residual, 36.0)
        self.assertEqual(refund.amount_residual, 0.0)
        self.assertEqual(
            self.told(self.fees_of(compensation)),
            [(self.portal, 60.0, "invoiced"), (self.portal, -60.0, "credited")],
        )
        self.assertFalse(self.invoiced())
        self.assertEqual(len(self.fees_of(other)), 1)
        self.assert_invariants()

    def test_reversal_before_the_invoice(self):
        gone = self.traded()
        self.prepared()
        self.reverse(gone)
        self.assertFalse(self.invoiced())
        fees = self.fees_of(gone)
        self.assertEqual(fees.mapped("amount"), [60.0, -60.0])
        self.assertEqual(set(fees.mapped("state")), {"offset"})
        never = self.traded()
        self.reverse(never)
        self.assertFalse(self.invoiced())
        self.assertFalse(self.fees_of(never))

    def test_a_partial_credit_note_gives_back_its_part(self):
        """A third of the invoice: 20 of 60; then the rest, to the last cent."""
        compensation = self.traded()
        self.invoiced()
        note = self.credit(compensation, 333.33)
        self.assertEqual(self.invoiced().amount_untaxed, 20.0)
        self.reverse(note)
        again = self.invoiced()
        self.assertEqual((again.move_type, again.amount_untaxed), ("out_invoice", 20.0))
        self.credit(compensation, 1000)
        refund = self.invoiced()
        self.assertEqual((refund.move_type, refund.amount_untaxed), ("out_refund", 60))
        self.assertEqual(sum(self.fees_of(compensation).mapped("amount")), 0.0)
        self.assertFalse(self.fees_of(note))

    def test_a_part_taken_back_gives_back_its_part(self):
        compensation = self.traded()
        invoice = self.invoiced()
        self.by(self.manager, compensation).action_reverse_part(300, "Prix revu")
        refund = self.invoiced()
        self.assertEqual(refund.reversed_entry_id, invoice)
        # 300 of 1200 compensated: a quarter of 60
        self.assertEqual(refund.amount_untaxed, 15)
        self.assert_invariants()

    def test_a_partial_credit_note_before_the_invoice(self):
        compensation = self.traded()
        self.credit(compensation, 250)
        move = self.invoiced()
        self.assertEqual(move.amount_untaxed, 45.0)
        self.assertEqual(len(move.invoice_line_ids), 1)

    def test_each_payer_gets_his_part_back(self):
        self.policy.payer = "half"
        compensation = self.compensation_and_run()
        self.reverse(compensation)
        refunds = self.invoiced()
        self.assertEqual(refunds.mapped("amount_untaxed"), [30.0, 30.0])
        for refund in refunds:
            self.assertEqual(refund.reversed_entry_id.partner_id, refund.partner_id)

    def test_a_paid_commission_is_given_back(self):
        compensation = self.traded()
        invoice = self.invoiced()
        self.pay(invoice)
        self.reverse(compensation)
        refund = self.invoiced()
        self.assertEqual(refund.amount_residual, 72.0)

    def test_a_cancelled_invoice_is_asked_for_again(self):
        self.traded()
        invoice = self.invoiced()
        own = self.by(self.operator_accountant, invoice)
        own.button_draft()
        own.button_cancel()
        again = self.invoiced()
        self.assertEqual(again.amount_total, 72.0)
        self.assertNotEqual(again, invoice)

    # -- waiving --------------------------------------------------------------

    def test_waived_with_a_reason(self):
        compensation = self.traded()
        self.prepared()
        fee = self.fees_of(compensation)
        own = self.by(self.manager, fee)
        self.assert_refused("reason_missing", self.portal.name, own.action_waive, " ")
        wizard = self.by(self.manager, self.env["troc.reason"]).create(
            {"decision": "waive", "fee_ids": fee.ids, "reason": "Geste commercial"}
        )
        wizard.action_confirm()
        self.assertEqual(fee.state, "waived")
        self.assertEqual(
            (fee.waived_by_id, fee.waived_reason), (self.manager, "Geste commercial")
        )
        self.assertFalse(self.invoiced())
        self.reverse(compensation)
        self.assertFalse(self.invoiced(), "what was waived is given back to nobody")

    def test_what_cannot_be_waived(self):
        compensation = self.compensation_and_run()
        own = self.by(self.manager, self.fees_of(compensation))
        name = compensation.name
        self.assert_refused("fee_wrong_state", name, own.action_waive, "Pardon")
        self.reverse(compensation)
        self.prepared()
        credit = self.by(self.manager, self.fees_of(compensation)[-1])
        self.assert_refused("fee_wrong_state", name, credit.action_waive, "Pardon")

    # -- rights ---------------------------------------------------------------

    def test_who_may_invoice(self):
        self.traded()
        name = self.network.name
        for user in (self.animator, self.seller_accountant, self.portal_user):
            with self.assertRaises(AccessError):
                self.prepared(user=user)
        self.assert_refused("not_fee_runner", name, self.prepared, user=self.reader)
        self.prepared()
        fees = self.env["troc.fee"].search([])
        for user in (self.animator, self.reader):
            act = self.by(user, fees).action_invoice
            self.assert_refused("not_fee_runner", name, act)
            act = self.by(user, fees).action_waive
            self.assert_refused("not_manager", fees.display_name, act, "Parce que")
        self.assertEqual(fees.state, "due")
        # an accountant of the operator, once he reads the network
        accountant = self.operator_accountant
        accountant.group_ids += self.env.ref("troc_actif.group_troc_reader")
        self.assertEqual(len(self.invoiced(user=accountant)), 1)

    def test_who_reads(self):
        self.traded()
        hosted = self.validated(customer=self.portal)
        self.invoiced()
        fees = self.env["troc.fee"]
        for user, members in (
            (self.manager, self.portal + self.seller),
            (self.animator, self.portal + self.seller),
            (self.reader, self.portal + self.seller),
            (self.portal_user, self.portal),
            (self.seller_accountant, self.seller),
            (self.portal2_user, self.portal2.browse()),
            (self.buyer_accountant, self.portal2.browse()),
        ):
            with self.subTest(user.login):
                self.assertEqual(self.by(user, fees).search([]).member_id, members)
        other = self.by(self.portal2_user, self.fees_of(hosted))
        with self.assertRaises(AccessError):
            other.read(["amount"])

    def test_nobody_writes_fees(self):
        compensation = self.traded()
        self.prepared()
        fee = self.fees_of(compensation)
        for user in (self.manager, self.operator_accountant, self.portal_user):
            own = self.by(user, fee)
            for act in (
                lambda own=own: own.write({"amount": 1.0}),
                lambda own=own: own.unlink(),
                lambda own=own: own.copy(),
            ):
                with self.assertRaises(AccessError):
                    act()

    def test_a_fee_invoice_stays(self):
        self.traded()
        invoice = self.invoiced()
        invoice.button_draft()
        refused = self.assertRaises(IntegrityError)
        with refused, self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            invoice.with_context(force_delete=True).unlink()
        self.assertTrue(invoice.exists())

    # -- the association's part -----------------------------------------------

    def test_the_part_of_the_association(self):
        plan = self.env["account.analytic.plan"].create({"name": "Associations"})
        account = self.env["account.analytic.account"].create(
            {"name": "PIE", "plan_id": plan.id}
        )
        paris = self.env.ref("troc_actif.territory_paris")
        paris.analytic_account_id = account
        self.policy.territory_share = 40
        self.assertEqual(self.portal.territory_id, paris)
        compensation = self.traded()
        line = self.invoiced().invoice_line_ids
        self.assertEqual(line.analytic_distribution, {str(account.id): 40.0})
        action = self.by(self.operator_accountant, paris).action_open_analytic_lines()
        lines = self.env["account.analytic.line"].search(action["domain"])
        self.assertEqual(sum(lines.mapped("amount")), 24.0)
        self.assertEqual(self.fees_of(compensation).territory_amount, 24.0)
        self.reverse(compensation)
        self.invoiced()
        lines = self.env["account.analytic.line"].search(action["domain"])
        self.assertEqual(sum(lines.mapped("amount")), 0.0)
        paris.fee_share = 50
        other = self.compensation_and_run()
        self.assertEqual(self.fees_of(other).territory_amount, 30.0)

    # -- scheduled ------------------------------------------------------------

    def test_each_month_a_manager_is_told_or_it_is_automatic(self):
        compensation = self.traded()
        fees = self.env["troc.fee"]
        self.network.fees_from = "2026-01-01"
        compensation.sudo().env.cr.execute(
            "UPDATE troc_compensation SET entry_date = entry_date - 40 WHERE id = %s",
            [compensation.id],
        )
        self.env.invalidate_all()
        notes = [("model", "=", "troc.network"), ("res_id", "=", self.network.id)]
        before = self.env["mail.message"].search(notes)
        fees._cron_fees()
        fee = self.fees_of(compensation)
        self.assertEqual((fee.state, fee.queued_by_id), ("due", self.env["res.users"]))
        told = self.env["mail.message"].search(notes) - before
        self.assertIn(self.manager.partner_id, told.notified_partner_ids)
        self.network.fees_automatic = True
        fees._cron_fees()
        self.assertTrue(fee.queued_by_id)
        fees._cron_fees_queue()
        self.assertEqual(fee.state, "invoiced")
        self.assertFalse(fee.queued_by_id)

    def test_many_members_go_through_the_queue(self):
        for number in range(26):
            member = self._portal(f"Test {number}", "75010", False)
            compensation = self.uploaded(self.portal, self.portal2, amount=10)
            self.validate(compensation)
            self.env.cr.execute(
                "UPDATE troc_compensation SET seller_id = %s WHERE id = %s",
                [member.id, compensation.id],
            )
        self.env.invalidate_all()
        run = self.prepared()
        self.assertEqual(run.member_count, 26)
        fees = run.fee_ids.sudo()
        run.action_invoice()
        self.assertEqual(fees.queued_by_id, self.manager)
        self.assertFalse(fees.move_id)
        self.env["troc.fee"]._cron_fees_queue()
        self.assertEqual(set(fees.mapped("state")), {"invoiced"})
        self.assertEqual(len(fees.move_id), 26)
        self.assertEqual(fees.move_id.create_uid, self.manager)
