"""The walk's steps about fees: what is due is invoiced, waived, paid."""

from odoo import fields

from odoo.addons.troc_actif.tests.walk_common import WalkPart
from odoo.addons.troc_actif_invoice.lib.actif_rules.fees import still_due
from odoo.addons.troc_actif_invoice.tools import dec


class WalkFees(WalkPart):
    WEIGHTS = {"invoice_fees": 5, "waive_fee": 5, "pay_fee": 4}

    def start_walk(self):
        self.network.action_setup_fees()
        self.network.fee_policy_id.write(
            {"payer": "half", "allowance": 300, "minimum": 0.5}
        )

    def prepare_fees(self):
        run = self.by(self.manager, self.env["troc.fee.run"]).create(
            {"network_id": self.network.id, "date_to": fields.Date.today()}
        )
        run.action_prepare()
        return run

    def do_invoice_fees(self):
        self.prepare_fees().action_invoice()

    def do_waive_fee(self):
        self.prepare_fees()
        fee = self.one_of(
            self.env["troc.fee"].search([("state", "=", "due"), ("amount", ">", 0)])
        )
        self.by(self.manager, fee).action_waive("Marche")

    def do_pay_fee(self):
        invoiced = self.env["troc.fee"].search([("state", "=", "invoiced")])
        move = self.one_of(invoiced.move_id.filtered("amount_residual"))
        bank = self.env["account.journal"].search(
            [
                ("company_id", "=", self.operator.id),
                ("type", "=", "bank"),
                ("troc_role", "=", False),
            ],
            limit=1,
        )
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        wizard.create({"journal_id": bank.id}).action_create_payments()

    def assert_walk_holds(self):
        """After a run, what was recorded is what is due, but for what was waived."""
        self.do_invoice_fees()
        fees = self.env["troc.fee"].search([("kind", "=", "commission")])
        for (compensation, _member), lines in fees.grouped(
            lambda fee: (fee.compensation_id, fee.member_id)
        ).items():
            whole = dec(compensation.actif_amount)
            back = (
                whole
                if compensation.state == "reversed"
                else dec(compensation.taken_back)
            )
            first = lines.sorted("number")[0]
            if "waived" not in lines.mapped("state"):
                due = still_due(dec(first.amount), whole, back)
                self.assertEqual(dec(sum(lines.mapped("amount"))), due)
            self.assertNotIn("due", lines.mapped("state"))
        for move in fees.move_id:
            own = move.troc_fee_ids
            sign = 1 if move.move_type == "out_invoice" else -1
            self.assertEqual(
                dec(move.amount_untaxed), sign * dec(sum(own.mapped("amount")))
            )
