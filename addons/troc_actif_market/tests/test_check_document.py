"""What a file would become, sent from the page of its deal."""

from odoo.tests import tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif.tests.facturx_xml import facturx_xml

from .market import Market


@tagged("post_install", "-at_install")
class TestCheckOfDeal(Market, TrocCase):
    def checked(self, content, deal, user=None):
        compensations = self.by(user or self.portal_user, self.env["troc.compensation"])
        before = self.env["troc.compensation"].search_count([])
        told = compensations.env["troc.inbox"]._check("facture.xml", content, deal=deal)
        self.env.flush_all()
        self.assertEqual(self.env["troc.compensation"].search_count([]), before)
        return told

    def test_against_its_deal(self):
        deal = self.deal(total_amount="1200")
        own = self.by(self.portal_user, deal)
        same = facturx_xml(self.portal, self.portal2, 1000)
        self.assertEqual(self.checked(same, deal=own)["type"], "success")
        dearer = self.checked(facturx_xml(self.portal, self.portal2, 1100), deal=own)
        self.assertEqual(dearer["type"], "warning")
        self.assertIn("320,00", dearer["message"])
        other = facturx_xml(self.portal, self.buyer)
        self.assertEqual(self.checked(other, deal=own)["type"], "danger")
