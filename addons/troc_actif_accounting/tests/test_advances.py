"""What was bought in Actifs and has no bill: the accountant reads it, and is asked."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif_invoice.seal import sealed

from ..models.troc_compensation import ADVANCE, WITHOUT_BILL


@tagged("post_install", "-at_install")
class TestAdvances(TrocCase):
    def setUp(self):
        super().setUp()
        self.paid = self.validate(
            self.uploaded(self.portal, self.buyer, number="A-1", share=50)
        )

    def listed(self, user=None):
        """Return what an accountant finds in the list."""
        action = self.env.ref("troc_actif_accounting.action_advances")
        own = self.by(user or self.buyer_accountant, self.env["troc.compensation"])
        own_ids = own.env.companies.ids
        for term in WITHOUT_BILL:
            self.assertIn(str(term), action.domain)
        return own.search([*WITHOUT_BILL, ("buyer_company_id", "in", own_ids)])

    def days_pass(self, days):
        sealed(self.paid).entry_date = fields.Date.today() - timedelta(days=days)

    def asked(self):
        self.env["troc.compensation"]._cron_advances()
        activity_type = self.env.ref(ADVANCE)
        return self.paid.sudo().activity_ids.filtered(
            lambda activity: activity.activity_type_id == activity_type
        )

    def test_listed_with_the_vat_that_waits(self):
        self.assertEqual(self.listed().sudo(), self.paid)
        self.assertEqual(self.paid.vat_to_deduct, 100.0)
        self.assertFalse(self.listed(self.seller_accountant))
        self.bill(self.paid)
        self.assertFalse(self.listed())

    def test_asked_for_after_a_while_and_once(self):
        self.assertFalse(self.asked())
        self.days_pass(16)
        self.assertEqual(self.asked().user_id, self.buyer_accountant)
        self.assertEqual(len(self.asked()), 1)
        own = self.by(self.buyer_accountant, self.paid)
        self.assertEqual(own.activity_ids.summary, f"{self.portal.name}: A-1")
        self.bill(self.paid)
        self.assertFalse(self.paid.sudo().activity_ids)

    def test_nobody_is_asked_for_what_was_reversed(self):
        self.days_pass(16)
        self.assertTrue(self.asked())
        self.by(self.animator, self.paid).action_reverse("Erreur")
        self.assertFalse(self.asked())
