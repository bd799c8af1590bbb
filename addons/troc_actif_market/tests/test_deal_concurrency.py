"""Two deals reserve the same room at once, each with a real cursor."""

# pylint: disable=invalid-commit
# The point of these tests is what several committed transactions do to each other.

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.committed import CommittedCase

from .market import Market


@tagged("post_install", "-at_install")
class TestDealConcurrency(Market, CommittedCase):
    def proposed(self):
        """Return a committed conversation: terms of 360 wait for the seller."""
        introduction = self.contact(self.published())
        introduction.action_propose(self.terms(reserve="1"))
        self.commit()
        return introduction.sudo()

    def test_room_for_one_reservation(self):
        first, second = self.proposed(), self.proposed()
        self.set_limits(self.portal2, 500 - self.portal2.balance)
        self.commit()
        cr, own = self.session(self.portal_user, first)
        own.action_accept(own.terms_version)
        cr.flush()
        call = self.in_thread(
            self.portal_user, second, "action_accept", second.terms_version
        )
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsInstance(call.error, UserError)
        self.assertEqual(call.error.__cause__.code, "no_room_to_reserve")
        self.assertEqual(call.attempts, 2)
        self.commit()
        self.assertEqual(first.state, "agreed")
        self.assertEqual(second.state, "open")
        self.assertEqual(self.portal2.reserved_amount, 360)
