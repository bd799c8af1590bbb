"""Colleagues, and the public page by which companies join."""

from odoo.tests import JsonRpcException, tagged

from odoo.addons.troc_actif.tests.test_people import FORM

from ..controllers.joining import TRIES_AN_HOUR
from .portal_case import PortalCase

COLLEAGUES = "/my/actif/colleagues"
JOIN = "/troc/join"


@tagged("post_install", "-at_install")
class TestPortalColleagues(PortalCase):
    def test_invited_changed_removed(self):
        self.sign_in(self.portal_user)
        form = {"name": "Léa Martin", "email": "lea@t.example", "right": "read"}
        words = self.words(self.post(f"{COLLEAGUES}/invite", form, form=COLLEAGUES))
        self.assertIn("Une invitation part par courriel à lea@t.example", words)
        user = self.env["res.users"].search([("login", "=", "lea@t.example")])
        self.assertEqual(self.portal._right_of(user), "read")
        path = f"{COLLEAGUES}/{user.id}"
        self.post(f"{path}/right", {"right": "trade"}, form=COLLEAGUES)
        self.assertEqual(self.portal._right_of(user), "trade")
        words = self.words(self.post(f"{path}/remove", form=COLLEAGUES))
        self.assertIn("Léa Martin", words.partition("Accès fermés")[2])
        self.assertFalse(user.active)
        # invited by mistake again: told where to open the access
        words = self.words(self.post(f"{COLLEAGUES}/invite", form, form=COLLEAGUES))
        self.assertIn("accès à ce compte, qui est fermé", words)
        self.post(f"{path}/reopen", form=COLLEAGUES)
        self.assertTrue(user.active)
        words = self.words(self.post(f"{path}/again", form=COLLEAGUES))
        self.assertIn("Inviter à nouveau : Léa Martin", words)
        self.assertEqual(self.portal._right_of(user), "trade")

    def test_refusals_are_told_and_keep_what_was_typed(self):
        self.sign_in(self.portal_user)
        form = {"name": "Léa", "email": self.portal2_user.login, "right": "read"}
        response = self.post(f"{COLLEAGUES}/invite", form, form=COLLEAGUES)
        self.assertIn('value="Léa"', response.text)
        path = f"{COLLEAGUES}/{self.portal_user.id}/remove"
        words = self.words(self.post(path, form=COLLEAGUES))
        self.assertIn("la dernière personne à administrer", words)
        self.assertTrue(self.portal_user.active)
        path = f"{COLLEAGUES}/{self.portal2_user.id}/remove"
        words = self.words(self.post(path, form=COLLEAGUES))
        self.assertIn("pas un collègue", words)
        self.assertTrue(self.portal2_user.active)

    def test_who_does_not_administer_only_looks(self):
        self.colleague("trade")
        page = self.page(COLLEAGUES)
        self.assertIn(self.portal_user.name, page.text)
        self.assertNotIn(f"{COLLEAGUES}/invite", page.text)
        self.assertNotIn(self.portal2_user.login, page.text)
        form = {"name": "X", "email": "x@y.example", "right": "administer"}
        for action, data in (("invite", form), ("present", {"presentation": "Moi"})):
            response = self.post(
                f"{COLLEAGUES}/{action}", data, form="/my/actif/invoices"
            )
            self.assertIn("n’administre pas", self.words(response), action)
        self.assertFalse(self.env["res.users"].search([("login", "=", "x@y.example")]))

    def test_our_page(self):
        self.sign_in(self.portal_user)
        text = {"presentation": "Nous cuisinons\npour <b>vous</b>."}
        self.post(f"{COLLEAGUES}/present", text, form=COLLEAGUES)
        page = self.page(COLLEAGUES)
        self.assertIn("pour &lt;b&gt;vous&lt;/b&gt;.", page.text)

    def test_where_the_company_is(self):
        self.sign_in(self.portal_user)
        form = {
            "street": "2 rue du Four",
            "zip": "77000",
            "city": "Melun",
            "email": "contact@traiteur.example",
            "iban": "FR76 3000 6000 0112 3456 7890 189",
        }
        wrong = {**form, "iban": "FR76 1234"}
        page = self.post(f"{COLLEAGUES}/contact", wrong, form=COLLEAGUES)
        self.assertIn("n’est pas un IBAN", self.words(page))
        self.assertIn('value="2 rue du Four"', page.text)
        territory = self.portal.territory_id
        page = self.post(f"{COLLEAGUES}/contact", form, form=COLLEAGUES)
        self.assertIn("FR76 3000 6000 0112 3456 7890 189", page.text)
        self.assertEqual(self.portal.partner_id.city, "Melun")
        self.assertEqual(self.portal.territory_id, territory)

    def test_name_and_mail_of_a_colleague(self):
        reader = self.colleague("read")
        self.sign_in(self.portal_user)
        path = f"{COLLEAGUES}/{reader.id}/change"
        form = {"name": "Léa Martin", "email": "lea@t.example"}
        self.assertIn("lea@t.example", self.post(path, form, form=COLLEAGUES).text)
        self.assertEqual(reader.name, "Léa Martin")
        self.assertEqual(reader.email, "lea@t.example")


@tagged("post_install", "-at_install")
class TestOwnAccount(PortalCase):
    """Odoo's page of connection and security, where an account is closed."""

    def close(self, user):
        self.sign_in(user)
        values = {"validation": user.login, "password": user.login}
        return self.post("/my/deactivate_account", values, form="/my/security")

    def test_the_last_administrator_is_told_what_to_do(self):
        response = self.close(self.portal_user)
        self.assertIn("la dernière personne à administrer", response.text)
        self.assertTrue(self.portal_user.active)

    def test_who_submitted_what_stays(self):
        sold = self.uploaded(self.portal, self.portal2, amount=10)
        name = self.portal_user.name
        second = self._portal_user("second", self.portal)
        second._troc_set_right("administer")
        self.close(self.portal_user)
        self.assertFalse(self.portal_user.active)
        self.assertEqual(sold.invoked_by_id.name, name)
        queue = self.env["res.users.deletion"]
        self.assertFalse(queue.search([("user_id", "=", self.portal_user.id)]))


@tagged("post_install", "-at_install")
class TestOdoosAddressPage(PortalCase):
    """Odoo's own page writes as superuser, on the company too."""

    def submit(self, **values):
        """Send the form of Odoo's address page; return its messages."""
        partner = self.env.user.partner_id
        form = {
            "name": partner.name,
            "email": partner.email or "reader@example.com",
            "phone": "0102030405",
            "street": "1 rue Neuve",
            "zip": "75010",
            "city": "Paris",
            "country_id": str(self.env.ref("base.fr").id),
            "use_delivery_as_billing": "true",
            **values,
        }
        response = self.post("/my/address/submit", form, form="/my/account")
        self.env.invalidate_all()
        return " ".join(response.json().get("messages", []))

    def state(self):
        contacts = self.portal.partner_id | self.portal.partner_id.child_ids
        names = "name email phone street zip city vat company_name active type".split()
        return contacts.read(names), self.portal.territory_id

    def test_it_moves_and_renames_no_member(self):
        self.portal.partner_id.write({"street": "1 rue Neuve", "city": "Paris"})
        for right in ("read", "administer"):
            user = self.colleague(right)
            user.partner_id.email = f"{right}@example.com"
            self.env.flush_all()
            before, company = self.state(), self.portal.partner_id
            own = {"partner_id": str(user.partner_id.id), "name": user.name}
            own["email"] = user.email
            for values in (
                {**own, "zip": "77000"},
                {**own, "name": "Un autre"},
                {**own, "email": "autre@example.com"},
                {**own, "company_name": self.portal2.name},
                {"partner_id": ""},
                {"partner_id": "", "address_type": "delivery", "zip": "77000"},
            ):
                with self.subTest(right=right, values=values):
                    told = self.submit(**values).replace("\u00a0", " ")
                    self.assertIn("« Notre entreprise »", told)
                    self.env.invalidate_all()
                    self.assertEqual(self.state(), before)
            with self.subTest(right=right, of="own phone"):
                self.assertEqual(self.submit(**own, company_name=self.portal.name), "")
                self.assertEqual(user.partner_id.phone, "+33 1 02 03 04 05")
            with self.subTest(right=right, of="company"):
                page = self.page(f"/my/address?partner_id={company.id}")
                self.assertEqual(page.status_code, 403)

    def test_an_address_of_the_company_is_not_archived(self):
        extra = self.env["res.partner"].create(
            {
                "name": "Dépôt",
                "type": "delivery",
                "parent_id": self.portal.partner_id.id,
            }
        )
        self.colleague("read")
        with self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request("/my/address/archive", {"partner_id": extra.id})
        self.assertTrue(extra.active)


@tagged("post_install", "-at_install")
class TestPortalJoining(PortalCase):
    def setUp(self):
        super().setUp()
        networks = self.env["troc.network"].search([("id", "!=", self.network.id)])
        networks.joining_open = False
        self.network.charter = "<p>Nous tenons parole.</p>"
        self.authenticate(None, None)

    def join(self, **values):
        return self.post(f"{JOIN}/send", {**FORM, **values}, form=JOIN)

    def candidates(self):
        return self.env["troc.member"].search([("state", "=", "candidate")])

    def test_a_company_asks_is_admitted_and_enters(self):
        self.assertIn("Nous tenons parole", self.page(JOIN).text)
        response = self.join()
        self.assertTrue(response.url.endswith("/troc/join/received"))
        member = self.candidates()
        self.assertEqual(member.name, "Atelier Neuf")
        self.by(self.animator, member).action_activate()
        user = member._users()
        user.write({"password": user.login})
        self.sign_in(user)
        self.assertIn("Atelier Neuf", self.words(self.page("/my/actif")))

    def test_what_is_wrong_is_beside_its_field_and_nothing_is_lost(self):
        response = self.join(siret="123", zip="", charter="")
        self.assertFalse(self.candidates())
        for field in ("siret", "zip", "charter"):
            self.assertIn(f'id="{field}_problem"', response.text)
        for value in ("Atelier Neuf", "1 rue Neuve", "123"):
            self.assertIn(f'value="{value}"', response.text)

    def test_machines_and_floods(self):
        response = self.join(confirm_nothing="0102030405")
        self.assertTrue(response.url.endswith("/troc/join/received"))
        self.assertFalse(self.candidates())
        allows = self.env["troc.rate.limit"]._allows
        while allows("join", "127.0.0.1", TRIES_AN_HOUR):
            pass
        response = self.join()
        self.assertFalse(self.candidates())
        self.assertIn('value="Atelier Neuf"', response.text)

    def test_closed(self):
        self.network.joining_open = False
        for path in (JOIN, f"{JOIN}/received"):
            self.assertEqual(self.page(path).status_code, 404)
