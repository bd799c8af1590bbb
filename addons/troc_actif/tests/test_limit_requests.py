"""Members ask for other limits, managers answer."""

from html import unescape

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .limits_case import LimitsCase


@tagged("post_install", "-at_install")
class TestLimitRequests(LimitsCase):
    def ask(self, credit=5000, ceiling=0, reason="Un gros chantier", user=None):
        own = self.by(user or self.portal_user, self.portal)
        found = own.action_request_limits(credit, ceiling, reason)
        return self.env["troc.limit.request"].browse(found)

    def test_asked_and_granted_in_part(self):
        request = self.ask()
        self.assertEqual(
            (request.state, request.user_id), ("submitted", self.portal_user)
        )
        self.assertEqual((request.credit_before, request.wanted_credit), (2000, 5000))
        asked = self.activities(self.portal, "activity_limit_request").user_id
        self.assertIn(self.manager, asked)
        self.assertIn(self.animator, asked)
        self.as_manager(request).action_grant(3500, 0, "Jusqu'à 3 500")
        self.assertEqual((request.state, request.granted_credit), ("granted", 3500))
        self.assertEqual(request.decided_by_id, self.manager)
        self.assertEqual(self.portal.credit_limit, 3500)
        change = self.change(self.portal)
        self.assertEqual((change.kind, change.user_id), ("request", self.manager))
        self.assertFalse(self.activities(self.portal, "activity_limit_request"))
        mail = self.mails(request)
        self.assertEqual(mail.recipient_ids, self.portal.partner_id)
        self.assertIn("3 500", str(mail.body_html))
        self.assert_invariants()

    def test_refused_with_a_reason(self):
        request = self.ask()
        own = self.as_manager(request)
        self.assert_refused("reason_missing", self.portal.name, own.action_refuse, " ")
        own.action_refuse("Vendez d'abord")
        self.assertEqual((request.state, self.portal.credit_limit), ("refused", 2000))
        self.assertIn("Vendez d'abord", unescape(self.mails(request).body_html))
        for act, *args in (
            (own.action_grant, 1, 0, "Si"),
            (own.action_refuse, "Non"),
            (self.by(self.portal_user, request).action_withdraw,),
        ):
            self.assert_refused("request_closed", self.portal.name, act, *args)
        self.ask()

    def test_withdrawn_by_the_member(self):
        request = self.ask()
        with self.assertRaises(AccessError):
            self.by(self.portal2_user, request).action_withdraw()
        self.by(self.portal_user, request).action_withdraw()
        self.assertEqual(request.state, "withdrawn")
        self.assertFalse(self.activities(self.portal, "activity_limit_request"))

    def test_one_at_a_time(self):
        self.ask()
        self.assert_refused("request_open", self.portal.name, self.ask)

    def test_what_cannot_be_asked_for(self):
        name = self.portal.name
        for code, *args in (
            ("request_empty", 2000, 0, "Pourquoi pas"),
            ("request_empty", 1000, 5000, "Moins"),
            ("limit_negative", -1, 0, "Moins"),
            ("reason_missing", 5000, 0, "  "),
        ):
            self.assert_refused(code, name, self.ask, *args)

    def test_who_asks_and_who_answers(self):
        self.portal_user._troc_set_right("read")
        with self.assertRaises(AccessError):
            self.ask()
        self.portal_user._troc_set_right("trade")
        for user in (self.portal2_user, self.animator, self.manager):
            with self.assertRaises(AccessError):
                self.ask(user=user)
        request = self.ask()
        for user in (self.animator, self.reader, self.portal_user, self.portal2_user):
            own = self.by(user, request)
            for act, *args in (
                (own.action_grant, 9000, 0, "Moi-même"),
                (own.action_refuse, "Non"),
                (own.write, {"state": "granted"}),
            ):
                with self.assertRaises(UserError):
                    act(*args)
        self.manager.partner_id.parent_id = self.portal.partner_id
        own = self.as_manager(request).action_grant
        self.assert_refused("own_limits", self.portal.name, own, 9000, 0, "Pour moi")
        self.assertEqual(request.state, "submitted")

    def test_who_reads_it(self):
        request = self.ask()
        for user in (self.manager, self.animator, self.reader, self.portal_user):
            self.assertTrue(self.by(user, request).reason)
        for user in (self.portal2_user, self.seller_accountant, self.far_animator):
            with self.assertRaises(AccessError):
                self.by(user, request).read(["reason"])

    def test_the_people_of_a_hosted_member(self):
        own = self.by(self.seller_accountant, self.seller)
        request = self.env["troc.limit.request"].browse(
            own.action_request_limits(2500, 0, "Stock de Noël")
        )
        self.assertEqual(self.by(self.seller_accountant, request).wanted_credit, 2500)
        self.as_manager(request).action_grant(2500, 0, "Accordé")
        self.assertEqual(self.seller.credit_limit, 2500)

    def test_a_ceiling_may_be_lifted(self):
        self.set_limits(self.portal, 2000, 500)
        request = self.ask(2000, 0)
        self.as_manager(request).action_grant(2000, 0, "Sans plafond")
        self.assertEqual(self.portal.balance_limit, 0)

    def test_the_window(self):
        for answer, state in (("grant", "granted"), ("refuse", "refused")):
            request = self.ask()
            window = self.as_manager(self.env["troc.limit.decision"])
            form = Form(window.with_context(default_request_id=request.id))
            self.assertEqual(form.credit_limit, 5000)
            form.answer = answer
            form.reason = "Comité de novembre"
            form.save().action_confirm()
            self.assertEqual(request.state, state)
            self.set_limits(self.portal, 2000)
        for user in (self.manager, self.animator, self.reader):
            Form(self.by(user, request))
