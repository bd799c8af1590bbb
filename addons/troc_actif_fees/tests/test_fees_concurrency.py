"""Two managers prepare and invoice the same fees, each with a real cursor."""

# pylint: disable=invalid-commit
# The point of these tests is what several committed transactions do to each other.

from odoo import fields
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.committed import CommittedCase


@tagged("post_install", "-at_install")
class TestFeesConcurrency(CommittedCase):
    @classmethod
    def make_network(cls):
        made = super().make_network()
        cls.network.action_setup_fees()
        cls.network.fee_policy_id.write({"membership_amount": 0, "membership_share": 0})
        return made

    def traded(self):
        compensation = self.uploaded(self.portal, self.portal2, amount=100)
        self.validate(compensation)
        self.commit()
        return compensation

    def test_two_preparations(self):
        compensation = self.traded()
        values = {"network_id": self.network.id, "date_to": fields.Date.today()}
        runs = self.by(self.manager, self.env["troc.fee.run"]).create([values, values])
        self.commit()
        cr, own = self.session(self.manager, runs[0])
        own.action_prepare()
        cr.flush()
        call = self.in_thread(self.manager, runs[1], "action_prepare")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsNone(call.error)
        self.assertEqual(call.conflicts, ["SerializationFailure"])
        self.commit()
        self.assertEqual(compensation.fee_ids.mapped("amount"), [6.0])

    def test_two_invoicings(self):
        compensation = self.traded()
        self.env["troc.fee"]._prepare_due(self.network, fields.Date.today())
        self.commit()
        fee = compensation.fee_ids
        cr, own = self.session(self.manager, fee)
        own.action_invoice()
        cr.flush()
        call = self.in_thread(self.manager, fee, "action_invoice")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsNone(call.error)
        self.assertEqual(call.attempts, 2)
        self.commit()
        self.assertEqual(fee.state, "invoiced")
        partner = self.portal.partner_id
        moves = self.env["account.move"].search(
            [("partner_id", "=", partner.id), ("move_type", "=", "out_invoice")]
        )
        self.assertEqual(moves, fee.move_id)
