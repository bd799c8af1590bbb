"""The page of one's own limits: read, asked for, withdrawn, over HTTP."""

from odoo.tests import tagged

from odoo.addons.troc_actif_invoice.seal import sealed

from .portal_case import PortalCase

URL = "/my/actif/limits"


@tagged("post_install", "-at_install")
class TestPortalLimits(PortalCase):
    def requests(self, member=None):
        member = member or self.portal
        found = self.env["troc.limit.request"].search([("member_id", "=", member.id)])
        return found.sorted("id")

    def ask(self, **values):
        form = {"wanted_credit": "4500", "reason": "Un gros chantier", **values}
        return self.post(f"{URL}/ask", form, form=URL)

    def test_what_he_may_and_how_it_came_about(self):
        self.set_limits(self.portal, 3210, 6540)
        self.by(self.manager, self.portal).action_set_temporary_limits(
            111, 0, "2099-12-31", "Foire de novembre"
        )
        self.sign_in(self.portal_user)
        words = self.words(self.page(URL))
        for text in ("3 321,00", "6 540,00", "111,00", "31/12/2099"):
            self.assertIn(text, words)
        for text in ("Foire de novembre", "Décision du comité"):
            self.assertIn(text, words)
        self.assertIn(f'href="{URL}"', self.page("/my/actif").text)

    def test_asked_on_the_page_and_answered(self):
        self.sign_in(self.portal_user)
        words = self.words(self.ask())
        request = self.requests()
        self.assertEqual((request.state, request.wanted_credit), ("submitted", 4500))
        self.assertEqual(
            (request.user_id, request.wanted_ceiling), (self.portal_user, 0)
        )
        self.assertIn("Un gros chantier", words)
        self.assertNotIn(f'action="{URL}/ask"', self.page(URL).text)
        self.by(self.manager, request).action_grant(4000, 0, "Accordé en partie")
        words = self.words(self.page(URL))
        self.assertIn("4 000,00", words)
        self.assertIn("Accordé en partie", words)
        self.assertIn(f'action="{URL}/ask"', self.page(URL).text)

    def test_withdrawn_on_the_page(self):
        self.sign_in(self.portal_user)
        self.ask()
        self.post(f"{URL}/{self.requests().id}/withdraw", form=URL)
        self.assertEqual(self.requests().state, "withdrawn")

    def test_what_is_refused_stays_typed(self):
        self.sign_in(self.portal_user)
        for values in ({"wanted_credit": "12"}, {"wanted_credit": "beaucoup"}):
            response = self.ask(**values, reason="Parce que c'est utile")
            self.assertIn("alert-danger", response.text)
            self.assertIn("utile", self.words(response))
            self.assertIn(self.portal.name, self.words(response))
        self.assertFalse(self.requests())

    def test_a_ceiling(self):
        self.set_limits(self.portal, 2000, 500)
        self.sign_in(self.portal_user)
        self.ask(wanted_credit="2000", wanted_ceiling="900")
        self.assertEqual(self.requests().wanted_ceiling, 900)
        self.by(self.portal_user, self.requests()).action_withdraw()
        self.ask(wanted_credit="2500", wanted_ceiling="")
        self.assertEqual(self.requests()[-1].wanted_ceiling, 500)
        self.by(self.portal_user, self.requests()[-1]).action_withdraw()
        self.ask(wanted_credit="2000", wanted_ceiling="0")
        self.assertEqual(self.requests()[-1].wanted_ceiling, 0)

    def test_a_colleague_who_reads_asks_for_nothing(self):
        self.colleague("read")
        page = self.page(URL)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn(f'action="{URL}/ask"', page.text)

    def test_a_stranger_sees_and_withdraws_his_own_alone(self):
        self.set_limits(self.portal, 4321)
        request = self.by(self.portal_user, self.portal).action_request_limits(
            5432, 0, "Confidentiel"
        )
        self.stranger()
        words = self.words(self.page(URL))
        for secret in ("4 321", "5 432", "Confidentiel"):
            self.assertNotIn(secret, words)
        response = self.post(f"{URL}/{request}/withdraw", form=URL)
        self.assertEqual(response.status_code, 404)
        self.assertEqual(self.requests().state, "submitted")

    def test_near_a_limit_is_said_on_the_home_page(self):
        self.sign_in(self.portal_user)
        self.assertNotIn("alert-warning", self.page("/my/actif").text)
        self.validate(self.uploaded(self.portal2, self.portal, amount=1700, tax=0))
        for path in ("/my/actif", URL):
            self.assertIn("alert-warning", self.page(path).text)

    def test_a_settled_dispute_is_told_on_the_invoice(self):
        compensation = self.uploaded(self.portal2, self.portal, amount=50, tax=0)
        self.sign_in(self.portal_user)
        path = f"/my/actif/invoices/{compensation.id}"
        self.send(f"{path}/dispute", {"reason": "Pas livré"})
        self.by(self.animator, compensation).action_lift_dispute("Livré depuis")
        words = self.words(self.page(path))
        self.assertIn("Pas livré", words)
        self.assertIn("Livré depuis", words)
        sealed(compensation).invalidate_recordset()
        self.assertFalse(compensation.is_disputed)
