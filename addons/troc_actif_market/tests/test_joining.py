"""What a company that asks to join could offer and needs."""

from odoo.tests import tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif.tests.test_people import FORM


@tagged("post_install", "-at_install")
class TestWishes(TrocCase):
    def test_become_drafts(self):
        visitor, asked = self.env.ref("base.public_user"), self.env["troc.application"]
        public = self.by(visitor, asked)
        values = {**FORM, "offers": ["Étagères", "", "x" * 500], "needs": ["Un site"]}
        member = public._apply(self.network, values).with_env(self.env)
        self.assertEqual(set(member.listing_ids.mapped("state")), {"draft"})
        self.assertEqual(len(member.listing_ids), 3)
