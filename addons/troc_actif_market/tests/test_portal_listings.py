"""Own offers and needs: written, shown, kept when something is wrong."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .market import picture
from .market_case import MarketCase

URL = "/my/actif/listings"


@tagged("post_install", "-at_install")
class TestPortalListings(MarketCase):
    def form(self, **values):
        return {
            "kind": "offer",
            "name": "Salle lumineuse",
            "description": "Vingt places, vidéoprojecteur.",
            "category_id": str(self.env.ref("troc_actif_market.category_premises").id),
            "price_min": "1 250,50",
            "price_max": "",
            "price_unit": "day",
            "share": "50",
            "service_area": "anywhere",
            "quantity": "20",
            "availability": "Le mardi",
            "slot_from": "2027-03-02",
            "slot_to": "2027-03-05",
            "slot_capacity": "4",
            "slot_note": "Matin",
            "then": "publish",
            **values,
        }

    def own(self):
        return self.env["troc.listing"].search(
            [("member_id", "=", self.portal.id)], order="id desc", limit=1
        )

    def save(self, files=None, **values):
        return self.post(
            f"{URL}/new/save", self.form(**values), files=files, form=f"{URL}/new"
        )

    def test_an_offer_with_pictures_and_days_is_published(self):
        self.sign_in(self.portal_user)
        response = self.save(
            files=[("pictures", ("../a.png", picture(), "image/svg+xml"))]
        )
        listing = self.own()
        self.assertTrue(response.url.endswith(f"/my/actif/market/{listing.id}"))
        self.assertEqual(listing.state, "published")
        self.assertEqual(listing.price_min, 1250.5)
        self.assertEqual(listing.slot_ids.capacity, 4)
        self.assertEqual(len(listing.picture_ids), 1)
        words = self.words(response)
        for text in ("Salle lumineuse", "1 250,50 Actifs par jour", "50 % en Actifs"):
            self.assertIn(text, words)
        self.assertIn("02/03/2027", words)
        image = self.page(
            f"/web/image/troc.listing.picture/{listing.picture_ids.id}/image_512"
        )
        self.assertEqual(image.headers["Content-Type"], "image/jpeg")

    def test_a_draft_survives_what_is_missing(self):
        self.sign_in(self.portal_user)
        response = self.save(description="", category_id="")
        self.assertIn("à remplir avant la publication", self.words(response))
        listing = self.own()
        self.assertEqual((listing.state, listing.name), ("draft", "Salle lumineuse"))
        self.assertEqual(listing.slot_ids.note, "Matin")

    def test_nothing_typed_is_lost_where_it_cannot_be_kept(self):
        self.sign_in(self.portal_user)
        before = self.own()
        for wrong, told in (
            ({"name": " "}, "Donnez-lui un titre"),
            ({"price_min": "beaucoup"}, "pas un nombre"),
            ({"quantity": "-3"}, "pas un nombre"),
            ({"slot_from": "2027-04-09"}, "premier et un dernier jour"),
        ):
            response = self.save(**wrong)
            self.assertIn(told, self.words(response), wrong)
            self.assertIn("Vingt places, vidéoprojecteur.", response.text)
            self.assertIn('value="Le mardi"', response.text)
            self.assertIn('value="Matin"', response.text)
            for value in wrong.values():
                if value.strip():
                    self.assertIn(f'value="{value}"', response.text)
        self.assertEqual(self.own(), before)

    def test_a_bad_picture_is_told_and_the_rest_is_kept(self):
        self.sign_in(self.portal_user)
        bad = ("pictures", ("photo.png", b"<svg onload=alert(1)>", "image/png"))
        response = self.save(files=[bad])
        self.assertIn("photo.png", self.words(response))
        self.assertEqual(self.own().state, "draft")
        self.assertFalse(self.own().picture_ids)

    def test_a_form_writes_only_what_it_shows(self):
        self.sign_in(self.portal_user)
        self.save(state="closed", member_id=str(self.portal2.id), published_on="2020")
        self.assertEqual(self.own().state, "published")
        self.assertFalse(
            self.env["troc.listing"].search([("member_id", "=", self.portal2.id)])
        )

    def test_each_button_of_the_list(self):
        listing = self.published()
        self.sign_in(self.portal_user)
        for action, state, label in (
            ("pause", "paused", "En pause"),
            ("publish", "published", "Publiée"),
            ("close", "closed", "Fermée"),
            ("renew", "published", "Publiée"),
        ):
            path = f"{URL}/{listing.id}/do/{action}"
            response = self.post(path, form=URL)
            self.assertEqual(listing.state, state)
            self.assertIn(f"{listing.name} : {label}", self.words(response))
        response = self.post(f"{URL}/{listing.id}/copy", form=URL)
        self.assertIn("(copie)", response.text)
        self.assertEqual(self.own().state, "draft")
        for filterby, shown in (("online", True), ("draft", True), ("offline", False)):
            words = self.words(self.page(f"{URL}?filterby={filterby}"))
            self.assertEqual(listing.name in words, shown, filterby)

    def test_changed_with_another_picture(self):
        listing = self.published()
        self.sign_in(self.portal_user)
        path = f"{URL}/{listing.id}"
        images = [("pictures", (f"{n}.png", picture(), "image/png")) for n in range(2)]
        self.post(f"{path}/save", self.form(), files=images, form=path)
        self.assertEqual(listing.name, "Salle lumineuse")
        first, second = listing.picture_ids
        gone = {"remove_picture": str(first.id), "slot_from": "", "slot_to": ""}
        gone["slot_capacity"] = ""
        self.post(f"{path}/save", self.form(**gone, slot_note=""), form=path)
        self.assertEqual(listing.picture_ids, second)
        self.assertFalse(listing.slot_ids)

    def test_a_colleague_who_only_reads(self):
        listing = self.published()
        self.sign_in(self.portal_user)
        token = self.page(URL)
        self.colleague("read")
        page = self.page(URL)
        self.assertIn(listing.name, page.text)
        self.assertNotIn("Nouvelle offre", page.text)
        self.assertNotIn(f"{URL}/{listing.id}/do/", page.text)
        self.assertTrue(token.ok)
        path = f"{URL}/{listing.id}/do/pause"
        response = self.post(path, form="/my/actif/market")
        self.assertIn("peut consulter mais pas échanger", self.words(response))
        self.assertEqual(listing.state, "published")
        response = self.page(f"{URL}/new")
        self.assertEqual(response.status_code, 403)

    def test_anothers_listing_is_not_found(self):
        listing = self.listing()
        self.sign_in(self.portal2_user)
        for path in ("", "/save", "/do/pause", "/copy"):
            url = f"{URL}/{listing.id}{path}"
            if path:
                response = self.post(url, self.form(), form="/my/actif/market")
            else:
                response = self.page(url)
            self.assertEqual(response.status_code, 404, path)
            self.assertNotIn(listing.name, response.text)
        online = self.published(name="En ligne")
        response = self.page(f"{URL}/{online.id}")
        self.assertEqual(response.status_code, 404)

    def test_free_days_are_a_calendar_from_today_on(self):
        today = fields.Date.today()
        listing = self.published()
        listing.slot_ids = [
            (0, 0, {"date_from": first, "date_to": last, "capacity": 2})
            for first, last in (
                (today - timedelta(9), today - timedelta(8)),
                (today, today + timedelta(1)),
                (today + timedelta(400), today + timedelta(401)),
            )
        ]
        self.assertEqual(listing._free_days(), {today, today + timedelta(1)})
        self.assertEqual(len(listing._portal_slots()), 2)
        months = listing._portal_calendar()
        cells = [cell for month in months for week in month["weeks"] for cell in week]
        free = {number for number, is_free in cells if is_free}
        self.assertEqual(free, {today.day, (today + timedelta(1)).day})
        self.assertEqual({len(week) for m in months for week in m["weeks"]}, {7})
        self.sign_in(self.portal2_user)
        page = self.page(f"/my/actif/market/{listing.id}")
        self.assertIn("Libre", self.words(page))
        self.assertIn("troc-free", page.text)
