"""The marketplace in the portal: look, search, keep, contact; and for visitors."""

from odoo.tests import tagged

from odoo.addons.troc_actif_invoice.seal import sealed

from .market_case import MarketCase

URL = "/my/actif/market"


@tagged("post_install", "-at_install")
class TestPortalMarket(MarketCase):
    def setUp(self):
        super().setUp()
        self.offer = self.published()
        self.sign_in(self.portal2_user)

    def search(self, **query):
        address = "&".join(f"{name}={value}" for name, value in query.items())
        return self.words(self.page(f"{URL}?{address}"))

    def test_browse_search_and_filter(self):
        for query, shown in (
            ({}, True),
            ({"query": "plateau"}, True),
            ({"query": "plateux"}, True),
            ({"kind": "offer", "max_price": "18"}, True),
            ({"kind": "need"}, False),
            ({"max_price": "17,99"}, False),
            ({"share": "50"}, False),
            ({"near": "30"}, True),
            ({"near": "1"}, False),
            ({"category": "abc", "territory": "-1", "near": "x"}, True),
        ):
            words = self.search(**query).partition("Mes recherches")[0]
            found = words.partition("Ce qui s’en approche")[0]
            self.assertEqual(self.offer.name in found, shown, query)

    def test_nothing_found_is_no_dead_end(self):
        page = self.page(f"{URL}?query=xylophone")
        words = self.words(page)
        self.assertIn("Personne ne propose encore cela", words)
        self.assertIn("kind=need&amp;name=xylophone", page.text)
        self.assertIn(self.offer.name, words)
        form = self.page("/my/actif/listings/new?kind=need&name=xylophone")
        self.assertIn('value="xylophone"', form.text)

    def test_hostile_words_are_shown_as_words(self):
        page = self.page(f"{URL}?query=%3Cscript%3Ealert(1)%3C/script%3E&order=%27")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("<script>alert(1)", page.text)

    def test_a_listing_and_its_member(self):
        words = self.words(self.page(f"{URL}/{self.offer.id}"))
        self.assertIn(self.offer.description, words)
        self.assertIn("18 Actifs par personne", words)
        self.assertIn(f"Écrire à {self.portal.name}", words)
        words = self.words(self.page(f"/my/actif/members/{self.portal.id}"))
        self.assertIn(self.offer.name, words)
        self.assertNotIn("solde", words.lower())

    def test_contact_opens_a_conversation(self):
        path = f"{URL}/{self.offer.id}"
        response = self.post(
            f"{path}/contact",
            {"body": "Pour vingt mardi ?"},
            files=[("files", ("plan.svg", b"<svg/>", "image/svg+xml"))],
            form=path,
        )
        introduction = self.env["troc.introduction"].search([], limit=1)
        url = f"/my/actif/introductions/{introduction.id}"
        self.assertTrue(response.url.endswith(url))
        words = self.words(response)
        self.assertIn("Pour vingt mardi ?", words)
        self.assertIn("plan.svg", words)

    def test_what_was_typed_is_shown_again(self):
        sealed(self.portal2).state = "candidate"
        path = f"{URL}/{self.offer.id}"
        response = self.page(path)
        self.assertEqual(response.status_code, 404)
        sealed(self.portal2).state = "active"
        many = [("files", (f"{n}.txt", b"x", "text/plain")) for n in range(6)]
        response = self.post(f"{path}/contact", {"body": "Tout ceci"}, many, form=path)
        self.assertIn("5 fichiers au plus", self.words(response))
        self.assertIn(">Tout ceci</textarea>", response.text)
        self.assertFalse(self.env["troc.introduction"].search([]))

    def test_not_too_often(self):
        path = f"{URL}/{self.offer.id}"
        allows = self.env["troc.rate.limit"]._allows
        while allows("contact", f"member {self.portal2.id}", 20):
            pass
        response = self.post(f"{path}/contact", {"body": "Encore"}, form=path)
        self.assertIn("beaucoup en peu de temps", self.words(response))
        self.assertIn(">Encore</textarea>", response.text)

    def test_a_search_is_kept_and_forgotten(self):
        query = {"query": "plateaux", "max_price": "20", "name": "Midi"}
        words = self.words(self.post(f"{URL}/keep", query, form=URL))
        self.assertIn("Recherche enregistrée", words)
        search = self.env["troc.saved.search"].search([])
        self.assertEqual(search.user_id, self.portal2_user)
        self.assertEqual(search._filters().max_price, 20)
        page = self.page(URL)
        self.assertIn("query=plateaux&amp;max_price=20", page.text)
        for action, alert in (("quiet", False), ("mail", True)):
            self.post(f"/my/actif/searches/{search.id}/{action}", form=URL)
            self.assertEqual(search.is_alert, alert)
        self.sign_in(self.portal_user)
        response = self.post(f"/my/actif/searches/{search.id}/forget", form=URL)
        self.assertEqual(response.status_code, 404)
        self.sign_in(self.portal2_user)
        self.post(f"/my/actif/searches/{search.id}/forget", form=URL)
        self.assertFalse(search.exists())

    def test_suggestions_with_their_reason(self):
        need = self.need(name="Plateaux repas pour un séminaire")
        words = self.words(self.page("/my/actif/suggestions"))
        self.assertIn(need.name, words)
        self.assertIn(self.offer.name, words)
        self.assertIn("même catégorie", words)

    def test_home_proposes_what_to_spend_on(self):
        self.validate(self.uploaded(self.portal2, self.portal, 500, tax=0))
        words = self.words(self.page("/my/actif"))
        self.assertIn("Vous pourriez dépenser vos Actifs pour", words)
        self.assertIn(self.offer.name, words)
        self.sign_in(self.portal_user)
        words = self.words(self.page("/my/actif"))
        self.assertNotIn("Vous pourriez dépenser", words)

    # -- who sees what ---------------------------------------------------------------

    def test_what_is_not_online_is_not_found(self):
        draft = self.listing(name="Brouillon caché")
        for path in (f"{URL}/{draft.id}", f"{URL}/999999"):
            response = self.page(path)
            self.assertEqual(response.status_code, 404)
            self.assertNotIn(draft.name, response.text)
        self.assertNotIn(draft.name, self.page(URL).text)

    def test_another_network_is_not_found(self):
        other = self.network.copy({"name": "Autre réseau"})
        sealed(self.portal2).network_id = other
        for path in (f"{URL}/{self.offer.id}", f"/my/actif/members/{self.portal.id}"):
            response = self.page(path)
            self.assertEqual(response.status_code, 404, path)
            self.assertNotIn(self.portal.name, response.text)

    def test_logged_out_leads_to_the_login(self):
        self.authenticate(None, None)
        for path in (
            URL,
            f"{URL}/{self.offer.id}",
            f"/my/actif/members/{self.portal.id}",
            "/my/actif/suggestions",
            "/my/actif/introductions",
            "/my/actif/listings",
            "/my/actif/colleagues",
        ):
            response = self.page(path)
            self.assertIn("/web/login", response.url, path)
            self.assertNotIn(self.offer.name, response.text)

    def test_visitors_see_what_the_network_shows(self):
        self.authenticate(None, None)
        self.assertEqual(self.page("/troc/market").status_code, 404)
        self.network.public_view = "teaser"
        self.env["troc.network"].search(
            [("id", "!=", self.network.id)]
        ).public_view = "none"
        words = self.words(self.page("/troc/market"))
        self.assertIn(self.offer.name, words)
        self.assertNotIn(self.portal.name, words)
        self.assertNotIn(
            self.offer.name, self.words(self.page("/troc/market?query=xylophone"))
        )
        sealed(self.portal).state = "left"
        self.assertNotIn(self.offer.name, self.words(self.page("/troc/market")))

    def test_unsubscribe_asks_then_stops(self):
        searches = self.by(self.portal2_user, self.env["troc.saved.search"])
        search = searches.create({"name": "Repas", "filters": {"query": ""}})
        token = searches._unsubscribe_token(self.portal2_user.id)
        self.authenticate(None, None)
        path = f"/troc/unsubscribe/{self.portal2_user.id}/{token}"
        self.assertEqual(self.page(path).status_code, 200)
        self.env.invalidate_all()
        self.assertTrue(search.is_alert, "a mail scanner opens links")
        self.assertEqual(self.page(f"{path}x").status_code, 404)
        self.page(path, data={"List-Unsubscribe": "One-Click"})
        self.env.invalidate_all()
        self.assertFalse(search.is_alert)
