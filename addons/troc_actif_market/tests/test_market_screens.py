"""The animators' screens of the marketplace open, filter, and write to members."""

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif_invoice.seal import sealed

from .market import Market

ACTIONS = (
    "action_listing",
    "action_listing_to_approve",
    "action_need_without_offer",
    "action_introduction",
    "action_deal_waiting_invoice",
    "troc_actif.action_member_candidate",
    "action_member_without_listing",
    "action_category",
)


@tagged("post_install", "-at_install")
class TestMarketScreens(Market, TrocCase):
    def shown(self, name, user=None):
        """Return what an action shows first, with its default filters, as `user`."""
        action = self.env.ref(name if "." in name else f"troc_actif_market.{name}")
        model = self.by(user or self.animator, self.env[action.res_model])
        kinds = [(False, kind) for kind in action.view_mode.split(",")]
        views = model.get_views([*kinds, (False, "search")])["views"]
        domain = safe_eval(action.domain or "[]")
        context = safe_eval(action.context or "{}")
        search = model._get_view(view_type="search")[1]
        arch = search._get_combined_arch()
        for key in context:
            chosen = arch.find(f".//filter[@name='{key[15:]}']")
            self.assertIsNotNone(chosen, key)
            domain += safe_eval(chosen.get("domain"), {"uid": self.env.uid})
        self.assertEqual(set(views), {*action.view_mode.split(","), "search"})
        return model.search(domain)

    def test_every_screen_opens_for_animators(self):
        for name in ACTIONS:
            for user in (self.animator, self.manager):
                self.shown(name, user)

    def test_each_shows_what_it_says(self):
        works = self.env.ref("troc_actif_market.category_works")
        need = self.need(category_id=works.id)
        answered = self.need(name="Besoin avec réponse")
        self.contact(answered, self.portal_user)
        deal = self.deal()
        sealed(self.buyer).state = "candidate"
        self.assertEqual(self.shown("action_need_without_offer"), need)
        self.assertEqual(self.shown("action_deal_waiting_invoice"), deal)
        self.assertIn(deal, self.shown("action_introduction", self.manager))
        without = self.shown("action_member_without_listing", self.manager)
        self.assertIn(self.seller, without)
        self.assertNotIn(self.portal, without)
        candidates = self.shown("troc_actif.action_member_candidate", self.manager)
        self.assertEqual(candidates, self.buyer)

    def test_one_click_opens_the_mail(self):
        listing = self.published()
        for records, partners in (
            (listing, self.portal.partner_id),
            (self.portal, self.portal.partner_id),
            (self.contact(listing), self.portal.partner_id),
        ):
            action = self.by(self.animator, records).action_write_to()
            composer = Form(
                self.by(self.animator, self.env[action["res_model"]]).with_context(
                    **action["context"]
                )
            ).save()
            self.assertEqual(composer.partner_ids, partners)
            self.assertIn("Traiteur", composer.body)

    def test_several_members_get_a_mail_each(self):
        action = self.by(self.animator, self.portal + self.portal2).action_write_to()
        composer = Form(
            self.by(self.animator, self.env[action["res_model"]]).with_context(
                **action["context"]
            )
        ).save()
        before = self.env["mail.mail"].search([])
        composer.action_send_mail()
        mails = self.env["mail.mail"].search([]) - before
        partners = self.portal.partner_id + self.portal2.partner_id
        self.assertEqual(mails.recipient_ids, partners)
