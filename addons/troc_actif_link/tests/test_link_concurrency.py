"""Two runs of one link at once, each with a real cursor."""

# pylint: disable=invalid-commit
# The point of these tests is what two committed transactions do to each other.

from odoo.tests import tagged

from odoo.addons.troc_actif.tests.committed import CommittedCase
from odoo.addons.troc_actif.tests.facturx_xml import facturx_xml


@tagged("post_install", "-at_install")
class TestOpenedAtOnce(CommittedCase):
    def test_opened_twice(self):
        api = self.env["troc.link"]
        cr, own = self.session(self.portal_user, api)
        own.open()
        cr.flush()
        call = self.in_thread(self.portal_user, api, "open")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.commit()
        self.assertEqual(len(self.portal.link_ids), 1)


@tagged("post_install", "-at_install")
class TestLinkConcurrency(CommittedCase):
    @classmethod
    def make_network(cls):
        made = super().make_network()
        cls.env["troc.link"].with_user(cls.portal_user).open()
        return made

    def link(self):
        return self.env["troc.link"]._of(self.portal)

    def api(self):
        return self.env["troc.link"]

    def document(self, number):
        content = facturx_xml(self.portal, self.portal2, 100, number=number)
        return {"name": "facture.xml", "content": self.encoded(content)}

    def at_once(self, method, *args):
        """Call as the portal user in a transaction left open, and again beside it."""
        cr, own = self.session(self.portal_user, self.api())
        first = getattr(own, method)(*args)
        cr.flush()
        call = self.in_thread(self.portal_user, self.api(), method, *args)
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsNone(call.error)
        self.commit()
        return first, call.result

    def test_the_same_invoice_pushed_twice(self):
        documents = [self.document("FA-TWICE")]
        first, second = self.at_once("push", documents)
        self.assertEqual(first[0]["result"], "submitted")
        self.assertEqual(second[0]["result"], "known")
        self.assertEqual(first[0]["compensation"], second[0]["compensation"])
        found = self.env["troc.compensation"].search(
            [("document_number", "=", "FA-TWICE")]
        )
        self.assertEqual(len(found), 1)

    def test_the_same_entry_reported_twice(self):
        self.validate(self.uploaded(self.portal, self.portal2, amount=100))
        self.commit()
        entry = self.link().entry_ids[:1]
        row = {"key": entry.key, "state": "posted", "reference": "TROC/1"}
        self.at_once("report", [row])
        self.assertEqual((entry.state, entry.tries), ("posted", 2))
        self.assert_invariants()

    def test_entries_in_the_order_of_their_commits(self):
        """Of one member: a later movement never has an earlier place."""
        first = self.uploaded(self.portal, self.portal2, amount=10)
        second = self.uploaded(self.portal, self.portal2, amount=20)
        self.commit()
        cr, own = self.session(self.animator, first)
        own.action_validate()
        cr.flush()
        call = self.in_thread(self.animator, second, "action_validate")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.commit()
        entries = self.link().entry_ids.sorted("item_id")[-2:]
        self.assertEqual(entries.compensation_id.ids, (first + second).ids)
        self.assertEqual(entries.mapped("amount"), [12.0, 24.0])
        self.assert_invariants()

    def test_opened_while_a_movement_is_posted(self):
        """Whichever commits first, the movement has its entry."""
        self.by(self.manager, self.portal2).kind = "linked"
        compensation = self.uploaded(self.portal, self.portal2, amount=30)
        self.commit()
        cr, own = self.session(self.animator, compensation)
        own.action_validate()
        cr.flush()
        call = self.in_thread(self.portal2_user, self.api(), "open")
        call.wait_for_lock(self.cr)
        cr.commit()
        call.finish()
        self.assertIsNone(call.error)
        self.commit()
        entries = self.portal2.link_ids.entry_ids
        self.assertIn(compensation, entries.compensation_id)
        self.env.flush_all()
        items = self.env["troc.register.item"].search(
            [("member_id", "=", self.portal2.id)]
        )
        self.assertEqual(sorted(entries.mapped("item_id")), sorted(items.ids))
