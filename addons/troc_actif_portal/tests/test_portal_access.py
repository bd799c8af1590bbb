"""Another member's pages do not exist, logged out, as a stranger or over RPC."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .portal_case import PortalCase

PAGES = (
    "/my/actif",
    "/my/actif/statement",
    "/my/actif/statement.csv",
    "/my/actif/statement.pdf",
    "/my/actif/invoices",
)


@tagged("post_install", "-at_install")
class TestPortalAccess(PortalCase):
    def test_logged_out_leads_to_the_login(self):
        own = self.uploaded(self.portal, self.portal2)
        for path in (*PAGES, f"/my/actif/invoices/{own.id}"):
            response = self.page(path)
            self.assertIn("/web/login", response.url, path)
            self.assertNotIn(own.document_number, response.text)

    def test_the_pages_of_another_are_not_found(self):
        others = self.validate(self.uploaded(self.portal, self.portal2))
        third = self._portal("Test Tiers Portail", "75010", "000100057")
        user = self._portal_user("third", third)
        user.password = user.login
        self.sign_in(user)
        for end in ("", "/document"):
            response = self.page(f"/my/actif/invoices/{others.id}{end}")
            self.assertEqual(response.status_code, 404)
            self.assertNotIn(others.document_number, response.text)
        for path in PAGES[:2]:
            response = self.page(path)
            self.assertEqual(response.status_code, 200)
            self.assertNotIn(others.document_number, response.text)
        self.page(f"/my/actif/member/{self.portal.id}")
        self.assertNotIn(self.portal.name, self.words(self.page("/my/actif")))

    def test_the_report_of_another_is_not_rendered(self):
        self.validate(self.uploaded(self.portal, self.portal2))
        self.sign_in(self.portal_user)
        path = "/report/html/troc_actif_portal.report_statement"
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            response = self.page(f"{path}/{self.portal2.id}")
        self.assertNotEqual(response.status_code, 200)
        self.assertNotIn(self.portal2.name, response.text)
        self.assertEqual(self.page(f"{path}/{self.portal.id}").status_code, 200)

    def test_what_does_not_exist_is_not_found_either(self):
        self.sign_in(self.portal_user)
        self.assertEqual(self.page("/my/actif/invoices/999999").status_code, 404)

    def test_a_user_without_a_member_has_no_account(self):
        partner = self._company_partner("Test Sans Adhésion")
        user = new_test_user(
            self.env, "troc_nobody", groups="base.group_portal", partner_id=partner.id
        )
        user.password = user.login
        self.sign_in(user)
        for path in PAGES:
            self.assertEqual(self.page(path).status_code, 404, path)

    def test_the_register_shows_one_only_his_own(self):
        self.validate(self.uploaded(self.portal, self.portal2))
        items = self.env["troc.register.item"]
        own = self.by(self.portal_user, items).search([])
        self.assertEqual(own.member_id, self.portal)
        other = items.search([("member_id", "=", self.portal2.id)])
        with self.assertRaises(AccessError):
            self.by(self.portal_user, other).read(["amount"])
        self.assertEqual(
            self.by(self.reader, items).search([]).member_id,
            self.portal + self.portal2,
        )
        self.assertFalse(self.by(self.seller_accountant, items).search([]))

    def test_nobody_disputes_for_another(self):
        others = self.uploaded(self.portal, self.seller)
        self.sign_in(self.portal2_user)
        own = self.page("/my/actif/invoices")
        token = own.text.partition('name="csrf_token" value="')[2].partition('"')[0]
        response = self.page(
            f"/my/actif/invoices/{others.id}/dispute",
            data={"csrf_token": token, "reason": "Non"},
        )
        self.assertEqual(response.status_code, 404)
        self.assertFalse(others.is_disputed)
