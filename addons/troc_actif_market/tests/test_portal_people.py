"""What the marketplace adds to joining, to one's company and to its state."""

from odoo.tests import tagged

from odoo.addons.troc_actif.tests.life import Life
from odoo.addons.troc_actif_portal.tests.test_portal_people import (
    COLLEAGUES,
)
from odoo.addons.troc_actif_portal.tests.test_portal_people import (
    TestPortalJoining as Joining,
)

from .market_case import MarketCase


@tagged("post_install", "-at_install")
class TestPortalCompany(Life, MarketCase):
    join, candidates = Joining.join, Joining.candidates

    def test_our_page(self):
        self.sign_in(self.portal_user)
        text = {"presentation": "Nous cuisinons\npour <b>vous</b>."}
        self.post(f"{COLLEAGUES}/present", text, form=COLLEAGUES)
        page = self.page(f"/my/actif/members/{self.portal.id}")
        self.assertIn("pour &lt;b&gt;vous&lt;/b&gt;.", page.text)

    def test_wishes_of_who_joins_become_drafts(self):
        response = self.join(siret="123", offers="Étagères")
        self.assertIn('value="Étagères"', response.text)
        self.join(offers="Étagères", needs="Un site")
        member = self.candidates()
        self.assertEqual(set(member.listing_ids.mapped("kind")), {"offer", "need"})
        self.by(self.animator, member).action_activate()
        user = member._users()
        user.write({"password": user.login})
        self.sign_in(user)
        self.assertIn("Étagères", self.words(self.page("/my/actif/listings")))

    def test_a_suspended_listing_says_so(self):
        self.published(name="Offre de repas")
        self.set_state(self.portal, "stand_by")
        self.sign_in(self.portal_user)
        words = self.words(self.page("/my/actif/listings?filterby=offline"))
        self.assertIn("Suspendue", words)
        self.assertIn("Offre de repas", words)
