"""Two administrators act on each other at once, each with a real cursor."""

# pylint: disable=invalid-commit
# The point of these tests is what several committed transactions do to each other.

from odoo.exceptions import UserError
from odoo.tests import tagged

from .committed import CommittedCase


@tagged("post_install", "-at_install")
class TestPeopleConcurrency(CommittedCase):
    @classmethod
    def make_network(cls):
        made = super().make_network()
        cls.second = cls._portal_user("second", cls.portal)
        return made

    def setUp(self):
        super().setUp()
        self.second.active = True
        for user in (self.portal_user, self.second):
            user._troc_set_right("administer")
        self.commit()

    def administrators(self):
        self.commit()
        return self.env["troc.people"]._administrators(self.portal)

    def at_once(self, first, second):
        """Do `first`, and `second` while the first is not committed; who is left?

        Each: (user who acts, method, arguments).
        """
        user, method, *args = first
        cr, own = self.session(user, self.portal)
        getattr(own, method)(*args)
        cr.flush()
        # as in another worker, which knows nothing of what is not committed
        self.registry.clear_cache("groups")
        self.registry.clear_cache()
        user, method, *args = second
        call = self.in_thread(user, self.portal, method, *args)
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsInstance(call.error, UserError)
        return self.administrators()

    def test_they_remove_each_other(self):
        one, other = self.portal_user, self.second
        left = self.at_once(
            (one, "action_remove_colleague", other.id),
            (other, "action_remove_colleague", one.id),
        )
        self.assertEqual(left, one)
        self.assertFalse(self.second.active)

    def test_they_take_each_others_right(self):
        one, other = self.portal_user, self.second
        left = self.at_once(
            (one, "action_set_right", other.id, "read"),
            (other, "action_set_right", one.id, "trade"),
        )
        self.assertEqual(left, one)

    def test_each_leaves_trusting_in_the_other(self):
        """One gives up his own right while the other one does the same."""
        one, other = self.portal_user, self.second
        left = self.at_once(
            (one, "action_set_right", one.id, "read"),
            (other, "action_set_right", other.id, "read"),
        )
        self.assertEqual(left, other)
