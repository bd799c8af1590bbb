"""Who may do what with each model of the marketplace, as the real user."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif_invoice.seal import sealed

from .market import Market


@tagged("post_install", "-at_install")
class TestMarketAccess(Market, TrocCase):
    def setUp(self):
        super().setUp()
        self.own = self.published()
        self.own.slot_ids = [
            (0, 0, {"date_from": "2027-03-01", "date_to": "2027-03-02"})
        ]
        self.draft = self.listing(name="Brouillon")

    def colleague(self, right):
        partner = self.env["res.partner"].create(
            {"name": "Collègue", "parent_id": self.portal.partner_id.id}
        )
        user = new_test_user(
            self.env, f"troc_c_{right}", "base.group_portal", partner_id=partner.id
        )
        user._troc_set_right(right)
        return user

    def may(self, user, records, method, *args):
        try:
            with self.env.cr.savepoint():
                getattr(self.by(user, records), method)(*args)
                self.env.flush_all()
        except AccessError:
            return False
        return True

    def assert_rights(self, user, listing, rights):
        """`rights`: r, w, u (unlink), each as far as allowed."""
        for letter, method, args in (
            ("r", "read", [["name"]]),
            ("w", "write", [{"price_min": 7}]),
            ("u", "unlink", []),
        ):
            if letter == "u" and letter in rights:
                continue  # it would be gone for the next one
            allowed = self.may(user, listing, method, *args)
            self.assertEqual(allowed, letter in rights, (user.login, method))

    def test_listings(self):
        hold = self._portal("Test Suspendu", "75011", "000100057")
        held_user = self._portal_user("held", hold)
        sealed(hold).state = "left"
        public = self.env.ref("base.public_user")
        for user, published, draft in (
            (self.portal_user, "rwu", "rwu"),
            (self.colleague("trade"), "rwu", "rwu"),
            (self.colleague("read"), "r", "r"),
            (self.portal2_user, "r", ""),
            (held_user, "", ""),
            (public, "", ""),
            (self.buyer_accountant, "r", ""),
            (self.animator, "rw", "rw"),
            (self.reader, "r", "r"),
        ):
            self.assert_rights(user, self.own, published)
            self.assert_rights(user, self.draft, draft)

    def test_the_market_closes_to_a_member_who_leaves(self):
        own = self.by(self.portal2_user, self.own)
        self.assertTrue(own.has_access("read"))
        sealed(self.portal2).state = "left"
        self.assertFalse(own.has_access("read"))
        self.assertFalse(own.search([("id", "=", own.id)]))

    def test_slots_and_pictures_follow_their_listing(self):
        slot = self.own.slot_ids
        self.assertTrue(self.may(self.portal2_user, slot, "read", ["note"]))
        self.assertFalse(self.may(self.portal2_user, slot, "write", {"note": "X"}))
        self.assertFalse(self.may(self.portal2_user, slot, "unlink"))
        self.assertTrue(self.may(self.portal_user, slot, "write", {"note": "X"}))
        self.own.action_pause()
        self.assertFalse(self.may(self.portal2_user, slot, "read", ["note"]))
        values = {"date_from": "2027-03-01", "date_to": "2027-03-02"}
        create = [{**values, "listing_id": self.own.id}]
        self.assertFalse(self.may(self.portal2_user, slot, "create", create))

    def test_nobody_publishes_for_another(self):
        listings = self.env["troc.listing"]
        values = [{"member_id": self.portal.id, "name": "X"}]
        self.assertFalse(self.may(self.portal2_user, listings, "create", values))
        self.assertFalse(self.may(self.colleague("read"), listings, "create", values))
        self.assertTrue(self.may(self.portal_user, listings, "create", values))
        for action in ("action_publish", "action_pause", "action_close"):
            self.assertFalse(self.may(self.portal2_user, self.own, action), action)

    def test_categories_are_the_managers(self):
        category = self.env.ref("troc_actif_market.category_catering")
        for user, allowed in (
            (self.portal_user, False),
            (self.animator, False),
            (self.manager, True),
        ):
            self.assertTrue(self.may(user, category, "read", ["name"]))
            written = self.may(user, category, "write", {"sequence": 3})
            self.assertEqual(written, allowed, user.login)
