"""Listings of an existing network come in, with their state and their pictures."""

import io
import zipfile

from odoo.tests import tagged

from odoo.addons.troc_actif_market.tests.market import picture

from .import_case import ANNA, ImportCase, csv_of, zip_of

HEAD = ("SIREN", "Sens", "Titre", "Description", "Catégorie", "Prix", "Unité")
HEAD += ("État", "Expire le")


@tagged("post_install", "-at_install")
class TestImportListings(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env["troc.category"].search([], limit=1)
        cls.category_name = cls.category.with_context(lang="fr_FR").name

    def row(self, name="Buffets", siren="000100032", **cells):
        values = {
            "SIREN": siren,
            "Sens": "offre",
            "Titre": name,
            "Description": "Froids ou chauds, livrés.",
            "Catégorie": self.category_name,
            "Prix": "15,50",
            "Unité": "personne",
            **cells,
        }
        return [values.get(header, "") for header in HEAD]

    def listings(self, *rows, **values):
        content = csv_of(*rows, head=HEAD)
        return self.imported(content, "annonces.csv", **values)

    def listing_of(self, name):
        return self.env["troc.listing"].search([("name", "=", name)])

    def test_listings_come_in_with_their_states(self):
        self.listings(
            self.row("Brouillon"),
            self.row("En ligne", État="publiée", **{"Expire le": "31/12/2090"}),
            self.row("Finie", État="fermée"),
            self.row("Vieille", État="publiée", **{"Expire le": "31/12/2020"}),
        )
        found = {x.name: x for x in self.portal.listing_ids}
        self.assertEqual(found["Brouillon"].state, "draft")
        online = found["En ligne"]
        self.assertEqual(
            (online.state, str(online.expires_on)), ("published", "2090-12-31")
        )
        self.assertEqual((online.price_min, online.price_unit), (15.5, "person"))
        self.assertEqual(online.category_id, self.category)
        self.assertEqual(found["Finie"].state, "closed")
        self.assertEqual(found["Vieille"].state, "expired", "not shown again")

    def test_the_rows_that_cannot_be_say_why(self):
        record = self.listings(
            self.row(siren="732829320"),
            self.row("Sans rubrique", Catégorie="Licornes"),
            self.row("Sans prix, en ligne", État="publiée", Catégorie=""),
            self.row("Bonne"),
        )
        unknown, category, incomplete, right = self.rows(record, "listings")
        self.assert_row_refused(unknown, "import_member_unknown", "732829320")
        self.assert_row_refused(
            category, "import_category", "Licornes", column="Catégorie"
        )
        self.assertEqual(incomplete.status, "refused")
        self.assertFalse(self.listing_of("Sans prix, en ligne"), "nothing is half in")
        self.assertEqual(right.status, "ok")

    def test_members_and_their_listings_in_one_file(self):
        content = zip_of(
            annonces=csv_of(self.row("Table", siren="732829320"), head=HEAD),
            membres=csv_of(ANNA[:4], head=("nom", "siren", "cp", "découvert")),
        )
        record = self.imported(content, "reseau.zip")
        self.assertFalse(record.refused_count, record.row_ids.mapped("message"))
        member = self.member_of("732829320")
        self.assertEqual(self.listing_of("Table").member_id, member)

    def test_who_is_there_is_updated_once_and_told(self):
        self.listings(self.row())
        listing = self.listing_of("Buffets")
        record = self.listings(self.row(Prix="18"))
        self.assertEqual(listing.price_min, 18)
        self.assertIn("18", self.rows(record, "listings").message)
        again = self.listings(self.row(Prix="18"))
        self.assertEqual(self.rows(again, "listings").result, "unchanged")
        self.listings(self.row(Prix="99"), existing="skip")
        self.assertEqual(listing.price_min, 18)
        self.assertEqual(len(self.listing_of("Buffets")), 1)

    def test_pictures_come_in_a_zip_and_what_is_none_is_told(self):
        head = (*HEAD, "Photos")
        rows = (
            [*self.row("Avec photo"), "photos/1"],
            [*self.row("Sans photo"), "photos/2"],
            [*self.row("Piège"), "photos/3"],
        )
        content = zip_of(annonces=csv_of(*rows, head=head))
        content = self.with_files(
            content, {"photos/1": picture((9, 9), "red"), "photos/3": b"<script>"}
        )
        record = self.imported(content, "reseau.zip")
        self.assertEqual(len(self.listing_of("Avec photo").picture_ids), 1)
        right, missing, evil = self.rows(record, "listings")
        self.assertEqual(right.status, "ok")
        self.assertEqual(missing.status, "warning")
        self.assertIn("photos/2", missing.message)
        self.assertEqual(evil.status, "refused")
        self.assertFalse(self.listing_of("Piège"))

    def with_files(self, content, files):
        stream = io.BytesIO(content)
        with zipfile.ZipFile(stream, "a") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return stream.getvalue()

    def test_categories_of_a_network_come_in(self):
        content = zip_of(
            categories=csv_of(["Licornes"], [self.category_name], head=["Catégorie"]),
            annonces=csv_of(self.row("Corne", Catégorie="Licornes"), head=HEAD),
        )
        record = self.imported(content, "reseau.zip")
        results = self.rows(record, "categories").mapped("result")
        self.assertEqual(results, ["created", "unchanged"])
        self.assertEqual(self.listing_of("Corne").category_id.network_id, self.network)

    def test_a_formula_as_a_title_is_text_in_and_out(self):
        evil = '=HYPERLINK("http://evil.example";"ici")'
        self.listings(self.row(evil))
        self.assertEqual(self.listing_of(evil).name, evil)
