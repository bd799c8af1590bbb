"""The table of ACCOUNTING.md, entry by entry, as an accountant would read it."""

from odoo.tests import tagged

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestHostedToHosted(TrocCase):
    def test_100_percent_of_services(self):
        compensation = self.validated(amount=1000.0, share=100)
        seller, buyer = self.seller.partner_id.name, self.buyer.partner_id.name
        self.assertEqual(
            self.entry(compensation.seller_payment_id.move_id),
            [("467800", buyer, 1200.0, 0.0), ("411100", buyer, 0.0, 1200.0)],
        )
        self.assertEqual(
            self.entry(compensation.buyer_payment_id.move_id),
            [("401100", seller, 1200.0, 0.0), ("467800", seller, 0.0, 1200.0)],
        )
        self.assertEqual(
            self.entry(compensation.register_move_id),
            [("808000", seller, 1200.0, 0.0), ("808000", buyer, 0.0, 1200.0)],
        )
        self.assertEqual(compensation.move_id.payment_state, "paid")
        self.assertEqual(self.seller.balance, 1200.0)
        self.assertEqual(self.buyer.balance, -1200.0)
        self.assert_invariants()
