"""A network leaves us with all it has, and a member with all of his, and no more."""

import base64
import csv
import io
import json
import zipfile

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.troc_actif_invoice.seal import sealed

from ..models import export_fields
from .import_case import ImportCase

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAA"
    "AABJRU5ErkJggg=="
)
# What differs by itself: books stay with the old network, files have its numbers.
NOT_COMPARED = {"Comptabilité", "Photos"}


class ExportCase(ImportCase):
    def setUp(self):
        super().setUp()
        self.set_limits(self.portal, 700, 4000)
        self.transfer(self.portal, self.portal2, 123.45, reason="Aide à Imprimeur")
        self.transfer(self.seller, self.portal2, 50)
        self.portal.sudo().write({"trade": "Traiteur", "presentation": "Deux\nlignes"})
        category = self.env["troc.category"].search([], limit=1)
        self.listing = self.env["troc.listing"].create(
            {
                "name": '=HYPERLINK("x") ; "buffets"',
                "description": "Froids,\nchauds",
                "kind": "offer",
                "member_id": self.portal.id,
                "category_id": category.id,
                "price_min": 15.5,
                "price_unit": "person",
                "quantity": 40,
                "picture_ids": [Command.create({"image": PNG})],
            }
        )
        self.listing.action_publish()
        self.draft = self.env["troc.listing"].create(
            {"name": "SECRET-BROUILLON", "kind": "need", "member_id": self.portal2.id}
        )

    def exported(self, network=None):
        """Return the archive of a whole network, as its manager takes it."""
        network = network or self.network
        action = self.by(self.manager, network).action_export_all()
        export = self.env["troc.export"].browse(action["res_id"])
        self.env["troc.export"]._cron_export()
        self.assertEqual(export.state, "done")
        return self.archive(export)

    def archive(self, export):
        content = base64.b64decode(export.with_context(bin_size=False).file)
        return zipfile.ZipFile(io.BytesIO(content))

    def table(self, archive, name):
        text = archive.read(name).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))

    def all_text(self, archive):
        names = [n for n in archive.namelist() if n.endswith((".csv", ".json", ".txt"))]
        return "\n".join(archive.read(name).decode("utf-8-sig") for name in names)


@tagged("post_install", "-at_install")
class TestExportNetwork(ExportCase):
    def test_the_sheets_hold_all_members_and_sum_to_zero(self):
        members = self.table(self.exported(), "membres.csv")
        by_siren = {row["SIREN"]: row for row in members}
        self.assertEqual(len(members), len(self.network.member_ids))
        row = by_siren["000100032"]
        self.assertEqual(row["Découvert autorisé"], "700,00")
        self.assertEqual(row["Solde d'ouverture"], "-123,45")
        amounts = [row["Solde d'ouverture"].replace(",", ".") for row in members]
        self.assertAlmostEqual(sum(map(float, amounts)), 0)

    def test_nothing_in_it_runs_as_a_formula(self):
        archive = self.exported()
        (listing,) = [
            row
            for row in self.table(archive, "annonces.csv")
            if "HYPERLINK" in row["Titre"]
        ]
        self.assertEqual(listing["Titre"], f"'{self.listing.name}")

    def test_an_export_comes_into_an_empty_network_with_nothing_lost(self):
        archive = self.exported()
        content = archive.fp.getvalue()
        other = self.env["troc.network"].create(
            {"name": "Autre réseau", "company_id": self.operator.id}
        )
        other.action_setup_register()
        self.network = other  # what the import goes into
        record = self.imported(content, "export.zip")
        self.assertFalse(record.refused_count, record.row_ids.mapped("message"))
        self.env.flush_all()
        again = self.exported(other)
        for name in ("membres.csv", "annonces.csv"):
            self.assertEqual(self.same(again, name), self.same(archive, name), name)
        copied = self.member_of("000100032").listing_ids
        self.assertEqual(copied.name, self.listing.name)
        self.assertEqual(copied.description, self.listing.description)
        self.assertEqual(len(copied.picture_ids), 1)
        verification = self.env["troc.verification"]._run(other)
        self.assertTrue(verification.all_held, verification.line_ids.mapped("breaches"))

    def same(self, archive, name):
        """Return the rows of a sheet, but for what differs by itself."""
        rows = [
            {k: v for k, v in row.items() if k not in NOT_COMPARED}
            for row in self.table(archive, name)
            if row.get("Compte du réseau") != "oui"
        ]
        return sorted(rows, key=str)

    def test_managers_alone(self):
        for user in (self.animator, self.reader, self.seller_accountant):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.by(user, self.network).action_export_all()
                with self.assertRaises(AccessError):
                    self.by(user, self.portal).action_export_data()
                with self.assertRaises(AccessError):
                    self.by(user, self.env["troc.export"]).search([]).read(["file"])

    def test_one_that_breaks_off_says_so(self):
        action = self.by(self.manager, self.network).action_export_all()
        export = self.env["troc.export"].browse(action["res_id"])

        def broken(_self, _archive):
            raise ValueError("disk full")

        self.patch(type(export), "_fill", broken)
        with self.assertLogs(
            "odoo.addons.troc_actif_exchange.models.troc_export", "ERROR"
        ):
            self.env["troc.export"]._cron_export()
        self.assertEqual(export.state, "failed")
        self.assertFalse(export.file)

    def test_it_goes_after_some_days(self):
        self.exported()
        export = self.env["troc.export"].search([])
        self.env["troc.export"]._forget()
        self.assertTrue(export.exists())
        sealed(export).expires_on = "2020-01-01"
        self.env["troc.export"]._forget()
        self.assertFalse(export.exists())


@tagged("post_install", "-at_install")
class TestExportMember(ExportCase):
    def setUp(self):
        super().setUp()
        self.portal_user.group_ids += self.env.ref("troc_actif.group_member_administer")
        self.seller.partner_id.write({"phone": "+33 1 SECRET-TEL"})

    def taken(self):
        """Return the archive that the member's own user is given."""
        export_id = self.by(self.portal_user, self.portal).action_ask_export()
        export = self.env["troc.export"].browse(export_id)
        self.assertEqual(export.state, "done")
        return self.archive(export)

    def test_all_of_his_is_in_it(self):
        compensation = self.compensate_portal()
        for word in ("Double", "Encore"):
            self.by(self.portal2_user, compensation).action_dispute(word)
            self.by(self.animator, compensation).action_lift_dispute("Réglé")
        archive = self.taken()
        data = json.loads(archive.read("donnees.json"))
        self.assertEqual(data["membre"]["siren"], "000100032")
        self.assertEqual(data["membre"]["credit_limit"], 700)
        self.assertEqual(data["annonces"][0]["name"], self.listing.name)
        self.assertEqual(len(data["annonces"][0]["photos"]), 1)
        self.assertIn("Décision du comité", str(data["limites"]))
        self.assertIn("Aide à Imprimeur", str(data["mouvements"]))
        self.assertIn(compensation.document_number, str(data["compensations"]))
        disputes = data["compensations"][-1]["litiges"]
        self.assertEqual([one["reason"] for one in disputes], ["Double", "Encore"])
        self.assertEqual(data["personnes"][0]["courriel"], self.portal_user.login)
        self.assertEqual(len(data["etats"]), len(self.portal.state_change_ids))
        for name in ("frais", "calendriers", "soldes_confirmes", "demandes_de_limites"):
            self.assertIn(name, data)
        names = archive.namelist()
        self.assertTrue(any(n.startswith("photos/") for n in names), names)
        self.assertTrue(any(n.startswith("documents/") for n in names), names)

    def compensate_portal(self):
        return self.uploaded(self.portal, self.portal2, user=self.portal_user)

    def test_nothing_of_another_member_is_in_it(self):
        words = self.all_text(self.taken())
        self.assertIn(self.portal.name, words)
        for secret in (
            "SECRET-BROUILLON",
            "SECRET-TEL",
            "000100040",
            self.portal2_user.login,
            self.seller.name,
        ):
            self.assertNotIn(secret, words)
        # whom he traded with he knows; what that one has he does not
        self.assertIn(self.portal2.name, words)
        self.assertNotIn("173.45", words)
        self.assertNotIn("173,45", words)

    def test_only_what_he_may_read_on_his_screens_is_in_it(self):
        """Odoo itself gathers the file: no field of it may be hidden from him."""
        for name, records in (
            ("MEMBER", self.portal),
            ("LISTING", self.listing),
            ("COMPENSATION", self.compensate_portal()),
            ("STATE_CHANGE", self.portal.state_change_ids),
            ("LIMIT_CHANGE", self.portal.limit_change_ids),
            ("LIMIT_REQUEST", self.portal.limit_request_ids),
            ("SCHEDULE", self.portal.schedule_ids),
            ("INTRODUCTION", self.env["troc.introduction"]),
            ("MOVEMENT", self.env["troc.register.item"]),
        ):
            with self.subTest(name=name):
                own = self.by(self.portal_user, records)
                # an addon that is left out has no fields: see tests/house
                names = [n for n in getattr(export_fields, name) if n in own._fields]
                own.check_field_access_rights("read", names)

    def test_it_can_be_imported_again(self):
        archive = self.taken()
        (row,) = self.table(archive, "membres.csv")
        self.assertEqual(row["Solde d'ouverture"], "", "alone it sums to nothing")
        record = self.imported(archive.fp.getvalue(), "membre.zip")
        results = set(record.row_ids.mapped("result"))
        self.assertEqual(results, {"unchanged"}, record.row_ids.mapped("message"))

    def test_his_administrator_alone(self):
        other = self.by(self.portal2_user, self.portal)
        with self.assertRaises(AccessError):
            other.action_ask_export()
        self.portal_user._troc_set_right("read")
        own = self.by(self.portal_user, self.portal)
        name = self.portal.name
        self.assert_refused("not_administrator", name, own.action_ask_export)
        for user in (self.portal_user, self.portal2_user):
            with self.assertRaises(AccessError):
                self.by(user, self.env["troc.export"]).search([])

    def test_asked_for_again_and_again_it_is_refused(self):
        own = self.by(self.portal_user, self.portal)
        for _time in range(5):
            own.action_ask_export()
        name = self.portal.name
        self.assert_refused("export_too_often", name, own.action_ask_export)

    def test_a_manager_takes_it_for_him(self):
        action = self.by(self.manager, self.portal).action_export_data()
        export = self.by(self.manager, self.env["troc.export"]).browse(action["res_id"])
        self.assertEqual(export.state, "done")
        self.assertIn("000100032", self.all_text(self.archive(export)))
        self.assertIn("/web/content/", export.action_take()["url"])
