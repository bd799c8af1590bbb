"""A copy of the database does not book in the members' own Odoos."""

from odoo.tests import tagged

from odoo.addons.troc_actif.tests.neutralized import neutralize

from .test_link import LinkCase


@tagged("post_install", "-at_install")
class TestNeutralize(LinkCase):
    def test_links_are_closed_and_the_network_is_another_one(self):
        link = self.open()
        self.sale()
        before = self.network.link_uuid
        neutralize(self.env, "troc_actif", "troc_actif_link")
        self.assertEqual(link.state, "revoked")
        self.assertNotEqual(self.network.link_uuid, before)
        self.assertTrue(self.network.link_uuid)
        self.assert_refused("link_revoked", "Copie", self.api.pull)
        # nor does a user of the member open it again, whose program goes on asking
        self.assert_refused("link_revoked", "Copie", self.api.open)
        self.by(self.manager, link).action_reopen()
        self.assertEqual(link.state, "active")

    def test_one_that_was_closed_before_says_why_still(self):
        link = self.open()
        self.by(self.manager, link).action_revoke("Départ")
        neutralize(self.env, "troc_actif_link")
        self.assertEqual(link.revoked_reason, "Départ")
