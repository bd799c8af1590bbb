"""Conversations and deals in the portal, to the invoice."""

from odoo.tests import tagged

from odoo.addons.troc_actif.tests.facturx_xml import facturx_xml

from .market_case import MarketCase

URL = "/my/actif/introductions"


@tagged("post_install", "-at_install")
class TestPortalIntroductions(MarketCase):
    def setUp(self):
        super().setUp()
        self.introduction = self.contact().sudo()
        self.path = f"{URL}/{self.introduction.id}"

    def act(self, user, action, data=None, files=None):
        self.sign_in(user)
        return self.post(f"{self.path}/{action}", data, files, form=self.path)

    def test_from_the_first_word_to_the_settled_invoice(self):
        self.set_limits(self.portal2, 1000)
        self.sign_in(self.portal_user)
        self.assertIn("Votre réponse est attendue", self.words(self.page(URL)))
        self.act(self.portal_user, "say", {"body": "Oui, volontiers."})
        words = self.words(
            self.act(self.portal_user, "propose", self.terms(reserve="1"))
        )
        self.assertIn("Vous avez accepté ces conditions", words)
        words = self.words(
            self.act(self.portal2_user, "accept", {"terms_version": "1"})
        )
        self.assertIn("Vendeur : Test Traiteur Portail", words)
        self.assertEqual(self.introduction.state, "agreed")
        self.assertEqual(self.portal2.reserved_amount, 360)
        self.act(self.portal_user, "deliver")
        self.assertEqual(self.introduction.state, "delivered")
        content = facturx_xml(
            self.portal, self.portal2, amount=350, tax=0, number="D-1"
        )
        response = self.post(
            "/my/actif/invoices/send",
            {"introduction_id": str(self.introduction.id)},
            [("files", ("facture.xml", content, "text/xml"))],
            form=self.path,
        )
        self.assertIn("D-1) : à valider", self.words(response))
        self.assertEqual(self.introduction.state, "invoiced")
        invoice = self.introduction.compensation_ids
        self.sign_in(self.portal2_user)
        path = f"/my/actif/invoices/{invoice.id}"
        self.assertIn("Cette facture est juste", self.words(self.page(path)))
        words = self.words(self.post(f"{path}/accept", form=path))
        self.assertIn("Acceptée par l’acheteur le", words)
        self.by(self.animator, invoice).action_validate()
        self.env.invalidate_all()
        self.assertEqual(self.introduction.state, "settled")
        self.assertIn("Facture D-1", self.words(self.page(self.path)))

    def test_a_refusal_keeps_what_was_typed(self):
        terms = self.terms(total_amount="douze", subject="Un mot rare")
        response = self.act(self.portal_user, "propose", terms)
        self.assertIn("n’a pas pu être lu", self.words(response))
        self.assertIn("Un mot rare</textarea>", response.text)
        self.assertIn('value="douze"', response.text)
        self.assertFalse(self.introduction.terms_version)

    def test_amounts_as_french_people_type_them(self):
        self.act(self.portal_user, "propose", self.terms(total_amount="1 234,50"))
        self.assertEqual(self.introduction.total_amount, 1234.5)

    def test_given_up_with_a_reason_and_help(self):
        words = self.words(self.act(self.portal2_user, "help", {"reason": "Bloqué"}))
        self.assertIn("L’aide des animateurs est demandée", words)
        words = self.words(self.act(self.portal2_user, "cancel", {"reason": " "}))
        self.assertIn("motif", words)
        words = self.words(
            self.act(self.portal2_user, "cancel", {"reason": "Trop loin"})
        )
        self.assertIn("Abandonné : Trop loin", words)

    def test_a_file_is_a_download(self):
        files = [("files", ("a<b>.html", b"<script>1</script>", "text/html"))]
        response = self.act(self.portal_user, "say", {"body": "Voici"}, files)
        (attachment,) = self.introduction.message_ids.attachment_ids
        path = f"{self.path}/file/{attachment.id}"
        self.assertIn(path, response.text)
        response = self.page(path)
        self.assertEqual(response.content, b"<script>1</script>")
        self.assertEqual(response.headers["Content-Type"], "application/octet-stream")
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.stranger()
        for url in (path, f"/web/content/{attachment.id}"):
            response = self.page(url)
            self.assertNotIn(b"<script>1</script>", response.content)
            self.assertEqual(response.status_code, 404)

    def test_another_member_finds_nothing(self):
        self.introduction.message_post(body="Secret du pacte")
        self.stranger()
        response = self.page(self.path)
        self.assertEqual(response.status_code, 404)
        self.assertNotIn("Secret", response.text)
        self.assertNotIn(self.introduction.name, self.words(self.page(URL)))
        for action in ("say", "propose", "accept", "deliver", "cancel", "help"):
            response = self.post(
                f"{self.path}/{action}", {"body": "x"}, form="/my/actif/market"
            )
            self.assertEqual(response.status_code, 404, action)
        response = self.post(
            "/my/actif/invoices/send",
            {"introduction_id": str(self.introduction.id)},
            form="/my/actif/invoices",
        )
        self.assertEqual(response.status_code, 404)

    def test_a_colleague_who_reads_sees_and_does_nothing(self):
        self.colleague("read")
        page = self.page(self.path)
        self.assertIn("Bonjour, pour mardi ?", page.text)
        self.assertNotIn(f"{self.path}/say", page.text)
        response = self.post(
            f"{self.path}/say", {"body": "Moi"}, form="/my/actif/market"
        )
        self.assertIn("peut consulter mais pas échanger", self.words(response))
        self.assertEqual(len(self.introduction._messages()), 1)

    def test_an_unknown_action_is_not_found(self):
        self.sign_in(self.portal_user)
        response = self.post(f"{self.path}/unlink", form=self.path)
        self.assertEqual(response.status_code, 404)
