"""What a member finds, by words, filters and nearness; and what he never finds."""

from odoo.tests import tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif_invoice.seal import sealed

from ..models.troc_listing_search import Filters
from .market import Market


@tagged("post_install", "-at_install")
class TestMarketSearch(Market, TrocCase):
    def setUp(self):
        super().setUp()
        self.cakes = self.published(name="Gâteaux d’anniversaire bio", price_min=30)
        self.desks = self.published(
            name="Bureaux à louer à la journée",
            description="Postes de travail, cuisine, café.",
            category_id=self.env.ref("troc_actif_market.category_premises").id,
            price_min=25,
            share="50",
            service_area="anywhere",
        )
        self.printing = self.need(
            name="Impression de deux mille dépliants",
            description="Format A5, quadrichromie.",
            category_id=self.env.ref("troc_actif_market.category_printing").id,
            price_min=400,
        )
        self.advice = self.published(
            name="Une heure de conseil", is_helping_hand=True, price_min=0
        )

    def names(self, **filters):
        return set(self.found(self.portal_user, **filters).listings.mapped("name"))

    def test_words_without_accents_in_plural_or_misspelt(self):
        for query in (
            "gateau",
            "GÂTEAUX",
            "gâteau anniversaires",
            "gatau anniversaire",
        ):
            self.assertEqual(self.names(query=query), {self.cakes.name}, query)
        self.assertTrue(self.found(query="gatau").nearly)
        self.assertFalse(self.found(query="gateau").nearly)

    def test_words_of_the_category_and_of_the_text(self):
        self.assertEqual(self.names(query="quadrichromie"), {self.printing.name})
        self.assertEqual(self.names(query="signalétique"), {self.printing.name})

    def test_the_title_counts_most(self):
        other = self.published(name="Tout autre chose", description="Parle de bureaux.")
        found = self.found(query="bureaux").listings
        self.assertEqual(found, self.desks + other)

    def test_hostile_words_find_nothing_and_break_nothing(self):
        for query in (
            "'; DROP TABLE troc_listing; --",
            "%%%",
            "((( & | !",
            "\\",
            "€" * 99,
        ):
            self.assertFalse(self.found(query=query).total, query)

    def test_enough_of_the_words_come_near(self):
        desks, printing = self.desks.name, self.printing.name
        for query, names in (
            ("gatau pour bio", {self.cakes.name}),
            ("gatau bio quadrichromie", {self.cakes.name}),
            ("bureaux quadrichromie", {desks, printing}),
            ("gatau xylophone", set()),
        ):
            self.assertEqual(self.names(query=query), names, query)

    def test_filters(self):
        premises = self.env.ref("troc_actif_market.category_premises")
        for filters, names in (
            ({"kind": "need"}, {self.printing.name}),
            ({"kind": "help"}, {self.advice.name}),
            ({"category_id": premises.id}, {self.desks.name}),
            ({"share": "50"}, {self.desks.name}),
            ({"max_price": 26.0, "kind": "offer"}, {self.desks.name, self.advice.name}),
            ({"member_id": self.portal2.id}, {self.printing.name}),
            ({"kind": "nonsense"}, set()),
        ):
            self.assertEqual(self.names(**filters), names, filters)

    def test_near_is_by_department_and_what_comes_anywhere(self):
        paris = self.portal.department_id
        self.assertEqual(paris.code, "75")
        self.assertIn(
            self.printing.name, self.names(department_id=paris.id, kilometres=30)
        )
        names = self.names(department_id=paris.id, kilometres=1)
        self.assertNotIn(self.printing.name, names)
        self.assertIn(self.cakes.name, names)
        marseille = self.env.ref("troc_actif.department_13")
        far = self.names(department_id=marseille.id, kilometres=100)
        self.assertEqual(far, {self.desks.name})
        territory = self.portal2.territory_id
        self.assertEqual(
            self.names(territory_id=territory.id), {self.printing.name, self.desks.name}
        )

    def test_order_and_pages(self):
        listings = self.by(self.portal_user, self.env["troc.listing"])
        found = listings._market(Filters(kind="offer"), "dearest", limit=1)
        self.assertEqual(found.listings, self.cakes)
        self.assertEqual(found.total, 3)
        cheapest = listings._market(Filters(kind="offer"), "cheapest", limit=1)
        self.assertEqual(cheapest.listings, self.desks)
        rest = listings._market(Filters(kind="offer"), "cheapest", limit=9, offset=1)
        self.assertEqual(len(rest.listings), 2)

    def test_nothing_found_shows_what_is_nearest(self):
        listings = self.by(self.portal_user, self.env["troc.listing"])
        filters = Filters(query="gateau", max_price=1.0)
        self.assertFalse(listings._market(filters).total)
        self.assertEqual(listings._market_nearest(filters), self.cakes)
        everything = listings._market_nearest(Filters(query="xylophone"))
        self.assertEqual(len(everything), 4)

    def test_drafts_and_other_networks_are_never_found(self):
        self.listing(name="Brouillon secret")
        other = self.network.copy({"name": "Autre réseau"})
        sealed(self.portal2).network_id = other
        names = self.names()
        self.assertNotIn(self.printing.name, names)
        self.assertNotIn("Brouillon secret", self.found(self.portal_user).listings)
        self.assertEqual(self.found(self.portal2_user).listings, self.printing)

    def test_what_a_member_who_left_had_online_is_gone(self):
        self.assertIn(self.cakes, self.found().listings)
        sealed(self.portal).state = "left"
        self.assertNotIn(self.cakes, self.found().listings)

    def test_queries_do_not_grow_with_the_rows(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.found(query="gateau").listings.mapped("name")
            return self.env.cr.sql_log_count - before

        few = count()
        for number in range(15):
            self.published(name=f"Gâteau numéro {number}")
        self.assertLessEqual(count(), few)

    # -- suggestions ------------------------------------------------------------

    def test_a_need_finds_its_offer_and_says_why(self):
        need = self.need(
            name="Gâteau pour un anniversaire",
            description="Bio, pour vingt personnes.",
            price_max=50,
        )
        (offer, match), *_others = need._suggestions()
        self.assertEqual(offer, self.cakes)
        why = need._reasons(match)
        self.assertIn("same category", why)
        self.assertIn("words in common", why)
        self.assertIn("within the price", why)
        french = need.with_context(lang="fr_FR")._reasons(match)
        self.assertIn("même catégorie", french)
        (back, _match), *_others = self.cakes._suggestions()
        self.assertEqual(back, need)

    def test_suggestions_for_many_take_the_queries_of_one(self):
        words = "Gâteau aux noix", "Gâteau aux poires", "Gâteau de riz"
        needs = [self.need(name=name, description="Un gâteau.") for name in words]
        needs = self.env["troc.listing"].union(*needs)

        def count(listings):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.by(self.portal2_user, listings)._suggested()
            self.assertTrue(all(found.values()))
            return self.env.cr.sql_log_count - before

        count(needs)  # warms the caches up
        self.assertEqual(count(needs), count(needs[0]))

    def test_nothing_is_suggested_for_being_in_the_network_alone(self):
        need = self.listing(
            self.portal2_user, kind="need", name="Serrurier", category_id=False
        )
        need.sudo().description = "Poser une serrure."
        self.assertFalse(need._suggestions())
