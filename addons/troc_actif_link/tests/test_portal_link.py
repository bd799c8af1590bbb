"""The page of the link with a member's own Odoo: its key, its state, its end."""

from odoo.tests import tagged

from odoo.addons.troc_actif_portal.tests.portal_case import PortalCase

URL = "/my/actif/link"


@tagged("post_install", "-at_install")
class TestPortalLink(PortalCase):
    def make_key(self, password=None):
        form = {"password": password or self.portal_user.login}
        return self.post(f"{URL}/key", form, form=URL)

    def key_in(self, response):
        found = response.text.partition('id="link_key"')[2]
        return found.partition('value="')[2].partition('"')[0]

    def link(self):
        return self.env["troc.link"]._of(self.portal)

    def json2(self, key, method, **params):
        return self.url_open(
            f"/json/2/troc.link/{method}",
            json=params,
            method="POST",
            headers={
                "Authorization": f"bearer {key}",
                "X-Odoo-Database": self.env.cr.dbname,
            },
        )

    def test_a_key_is_made_shown_once_and_opens_the_link(self):
        self.portal_user.password = self.portal_user.login
        self.sign_in(self.portal_user)
        self.assertIn(f'href="{URL}"', self.page("/my/actif/bookings").text)
        response = self.make_key()
        key = self.key_in(response)
        self.assertEqual(len(key), 40)
        self.assertIn("troc-link init --network-url", response.text)
        self.assertIn("no-store", response.headers["Cache-Control"])
        self.assertNotIn(key, self.page(URL).text)
        self.logout()
        answer = self.json2(key, "hello")
        self.assertEqual(answer.status_code, 200, answer.text)
        told = answer.json()
        self.assertEqual(told["member"]["siren"], self.portal.siren)
        told = self.json2(key, "open").json()
        self.assertEqual(told["link"]["state"], "active")
        self.env.invalidate_all()
        self.assertEqual(self.link().opened_by_id, self.portal_user)
        # the key is for RPC: no page opens with it
        self.assertEqual(len(self.portal._link_keys()), 1)

    def test_a_wrong_password_makes_no_key(self):
        self.sign_in(self.portal_user)
        response = self.make_key("pas le bon")
        self.assertIn("alert-danger", response.text)
        self.assertFalse(self.portal._link_keys())

    def test_a_colleague_makes_none(self):
        for right in ("trade",):
            user = self.colleague(right)
            self.assertNotIn(f"{URL}/key", self.page(URL).text)
            form = {"password": user.login}
            response = self.post(f"{URL}/key", form, form="/my/actif/invoices")
            self.assertIn("alert-danger", response.text)
        self.assertFalse(self.portal._link_keys())

    def test_entries_are_shown_with_what_became_of_them(self):
        api = self.by(self.portal_user, self.env["troc.link"])
        api.open()
        self.validate(self.uploaded(self.portal, self.portal2, number="FA-77"))
        key = api.pull()["entries"][0]["key"]
        row = {"key": key, "state": "failed", "reason": "Période verrouillée"}
        api.report([row])
        self.sign_in(self.portal_user)
        words = self.words(self.page(URL))
        for text in ("FA-77", "1 200,00", "Période verrouillée"):
            self.assertIn(text, words)
        self.stranger()
        text = self.page(URL).text
        self.assertNotIn("FA-77", text)

    def test_closed_on_the_page_with_its_keys(self):
        self.portal_user.password = self.portal_user.login
        self.by(self.portal_user, self.env["troc.link"]).open()
        self.sign_in(self.portal_user)
        key = self.key_in(self.make_key())
        self.post(f"{URL}/revoke", {"reason": "Nouvel Odoo"}, form=URL)
        self.assertEqual(self.link().state, "revoked")
        self.assertFalse(self.portal._link_keys())
        self.assertIn("Nouvel Odoo", self.words(self.page(URL)))
        self.logout()
        self.assertEqual(self.json2(key, "hello").status_code, 401)

    def test_keys_removed(self):
        self.portal_user.password = self.portal_user.login
        self.sign_in(self.portal_user)
        self.make_key()
        self.colleague("trade")
        self.post(f"{URL}/keys/remove", form="/my/actif/invoices")
        self.assertEqual(len(self.portal._link_keys()), 1)
        self.sign_in(self.portal_user)
        self.post(f"{URL}/keys/remove", form=URL)
        self.assertFalse(self.portal._link_keys())
