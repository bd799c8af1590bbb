"""What is done by several at the same moment, each with a real cursor."""

# pylint: disable=invalid-commit
# The point of these tests is what several committed transactions do to each other.

import base64
import threading

from odoo import fields
from odoo.exceptions import AccessDenied
from odoo.tests import tagged

from .committed import CommittedCase
from .life import Life


class Tries:
    """Somebody who tries once all the others are about to, too."""

    def __init__(self, barrier, env=None):
        self.barrier, self.env = barrier, env

    def with_env(self, env):
        return Tries(self.barrier, env)

    def come(self):
        # what he sees of the database is settled here
        self.env.cr.execute("SELECT 1")
        self.barrier.wait(20)
        return self.env["troc.rate.limit"]._allows("test", "somebody", 3)


@tagged("post_install", "-at_install")
class TestPace(CommittedCase):
    def test_many_at_once_pass_no_limit(self):
        """None of them sees the tries of the others, and still no more come through."""
        tries = Tries(threading.Barrier(12))
        calls = [self.in_thread(self.env.user, tries, "come") for _number in range(12)]
        results = [call.finish().result for call in calls]
        self.assertEqual([call.error for call in calls], [None] * 12)
        self.assertEqual(results.count(True), 3)
        self.assertEqual(results.count(False), 9)

    def test_a_try_that_is_taken_back_leaves_its_place(self):
        tries = self.env["troc.rate.limit"]
        cr, own = self.session(self.env.user, tries)
        self.assertTrue(own._allows("test", "another", 1))
        call = self.in_thread(self.env.user, tries, "_allows", "test", "another", 1)
        call.wait_for_lock(self.cr)
        cr.rollback()
        self.assertTrue(call.finish().result)


class Visit:
    """The first page of a user: Odoo makes his settings then."""

    def __init__(self, env=None):
        self.env = env

    def with_env(self, env):
        return Visit(env)

    def come(self):
        settings = self.env["res.users.settings"]
        return settings._find_or_create_for_user(self.env.user)


@tagged("post_install", "-at_install")
class TestFirstVisit(CommittedCase):
    def test_two_first_pages_at_once(self):
        """Both show the one line of settings that Odoo makes for a user."""
        self.assertFalse(self.portal_user.res_users_settings_ids)
        self.cr.rollback()
        cr, visit = self.session(self.portal_user, Visit())
        first = visit.come()
        cr.flush()
        call = self.in_thread(self.portal_user, Visit(), "come")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsNone(call.error)
        self.assertEqual(call.result.ids, first.ids)
        self.assertEqual(call.attempts, 2)


@tagged("post_install", "-at_install")
class TestHeldWhileValidated(Life, CommittedCase):
    """A member is put on hold while an animator validates a purchase of his.

    Whoever locks first wins, and the other one decides on what he then finds: what was
    validated stays, and nothing is validated after the hold.
    """

    def purchase(self):
        if self.portal.state != "active":
            self.set_state(self.portal, "active")
        self.set_limits(self.portal, 5000)
        found = self.uploaded(self.portal2, self.portal, amount=100)
        self.commit()
        return found

    def test_validated_first(self):
        purchase = self.purchase()
        cr, own = self.session(self.animator, purchase)
        own.action_validate()
        cr.flush()
        call = self.in_thread(
            self.manager, self.portal, "action_set_state", "on_hold", "Impayés"
        )
        call.wait_for_lock(self.cr)
        cr.commit()
        self.assertIsNone(call.finish().error)
        self.commit()
        self.assertEqual(purchase.state, "validated")
        self.assertEqual(self.portal.state, "on_hold")
        self.assert_invariants()

    def test_held_first(self):
        purchase = self.purchase()
        cr, own = self.session(self.manager, self.portal)
        own.action_set_state("on_hold", "Impayés")
        cr.flush()
        call = self.in_thread(self.animator, purchase, "action_validate")
        call.wait_for_lock(self.cr)
        cr.commit()
        self.assertIsNone(call.finish().error)
        self.commit()
        self.assertEqual(purchase.state, "submitted")
        self.assertEqual(purchase.blocked_code, "buyer_may_not_buy")
        self.assertFalse(purchase.entry_ids)
        self.assert_invariants()


@tagged("post_install", "-at_install")
class TestKeys(CommittedCase):
    """A key opens nothing from the moment its user or itself is gone.

    Over XML-RPC each worker keeps in a cache who came in with which key: all of them
    hear that it is void before their next call, by the sequence that they look at.
    """

    @classmethod
    def make_network(cls):
        made = super().make_network()
        cls.second = cls._portal_user("second", cls.portal)
        return made

    def key(self):
        """Return a key of the portal user, which this worker has let in already."""
        tomorrow = fields.Datetime.add(fields.Datetime.now(), days=1)
        keys = self.env["res.users.apikeys"].with_user(self.portal_user)
        key = keys._generate(None, "test", tomorrow)
        self.commit()
        self.registry.signal_changes()
        self.enter(key)
        return key

    def enter(self, key):
        """Come in as a call over XML-RPC does, in a transaction of its own."""
        with self.registry.cursor() as cr:
            users = self.env(cr=cr)["res.users"]
            users._check_uid_passwd(self.portal_user.id, key)

    def told(self, act):
        """Do `act`; tell whether all other workers hear of it."""
        before = self.registry.get_sequences(self.cr)
        self.cr.rollback()
        act()
        self.commit()
        self.registry.signal_changes()
        after = self.registry.get_sequences(self.cr)
        self.cr.rollback()
        return after != before

    def assert_refused_everywhere(self, key, act):
        self.assertTrue(self.told(act), "other workers keep what they know")
        with self.assertRaises(AccessDenied):
            self.enter(key)
        keys = self.env["res.users.apikeys"]
        self.assertFalse(keys._check_credentials(scope="rpc", key=key))

    def test_of_a_user_whose_access_is_closed(self):
        self.second._troc_set_right("administer")
        key = self.key()
        own = self.portal.with_user(self.second)
        self.assert_refused_everywhere(
            key, lambda: own.action_remove_colleague(self.portal_user.id)
        )
        own.action_reopen_colleague(self.portal_user.id)
        self.commit()

    def test_that_is_removed(self):
        key = self.key()
        found = self.portal_user.api_key_ids
        self.assert_refused_everywhere(
            key, lambda: found.with_user(self.portal_user)._remove()
        )


@tagged("post_install", "-at_install")
class TestFilesOfOneMember(CommittedCase):
    def test_they_are_read_one_after_the_other(self):
        """A second request of the same member waits a moment, then is told to wait."""
        cr, own = self.session(self.portal_user, self.env["troc.inbox"])
        own._queue_up()
        documents = self.env["troc.compensation"]
        sent = ("f.xml", base64.b64encode(b"<x/>").decode())
        call = self.in_thread(self.portal_user, documents, "check_document", *sent)
        call.finish(10)
        self.assertEqual(call.error.__cause__.code, "files_being_read")
        self.assertIn(self.portal.name, str(call.error))
        # nobody else waits
        call = self.in_thread(self.portal2_user, documents, "check_document", *sent)
        call.finish(10)
        self.assertEqual(call.result["type"], "danger")
        cr.commit()
        call = self.in_thread(self.portal_user, documents, "check_document", *sent)
        self.assertIsNone(call.finish(10).error)
