"""A member takes all of his own from his page, and nobody else does."""

import io
import zipfile

from odoo.tests import tagged

from odoo.addons.troc_actif_market.tests.market_case import MarketCase

COLLEAGUES = "/my/actif/colleagues"
DATA = f"{COLLEAGUES}/data"


@tagged("post_install", "-at_install")
class TestPortalData(MarketCase):
    def export(self):
        return self.env["troc.export"].search([("member_id", "=", self.portal.id)])

    def test_asked_for_and_taken(self):
        self.sign_in(self.portal_user)
        page = self.post(DATA, form=COLLEAGUES)
        export = self.export()
        self.assertEqual(export.requested_by_id, self.portal_user)
        link = f"{DATA}/{export.id}"
        self.assertIn(link, page.text)
        response = self.page(link)
        self.assertEqual(response.headers["Content-Type"], "application/zip")
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        archive = zipfile.ZipFile(io.BytesIO(response.content))
        self.assertIn("000100032", archive.read("membres.csv").decode())
        self.assertIn(self.portal_user.name, self.portal.message_ids[:1].body)

    def test_of_others_there_is_nothing(self):
        self.sign_in(self.portal_user)
        self.post(DATA, form=COLLEAGUES)
        link = f"{DATA}/{self.export().id}"
        self.sign_in(self.portal2_user)
        self.assertEqual(self.page(link).status_code, 404)
        self.assertNotIn(link, self.page(COLLEAGUES).text)
        self.colleague("trade")
        self.assertEqual(self.page(link).status_code, 404)
        self.assertNotIn(DATA, self.page(COLLEAGUES).text)

    def test_too_often_is_refused_in_words(self):
        self.sign_in(self.portal_user)
        for _time in range(5):
            self.post(DATA, form=COLLEAGUES)
        page = self.post(DATA, form=COLLEAGUES)
        self.assertIn("alert-danger", page.text)
        self.assertEqual(len(self.export()), 5)
