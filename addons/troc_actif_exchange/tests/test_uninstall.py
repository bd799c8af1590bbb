"""The proofs are not uninstalled: the refusal opens the export."""

from odoo.exceptions import RedirectWarning
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.common import TrocCase


@tagged("post_install", "-at_install")
class TestUninstall(TrocCase):
    def test_what_would_be_lost_is_named_and_exported(self):
        module = self.env["ir.module.module"].search([("name", "=", "troc_actif")])
        self.validated()
        with self.assertRaises(RedirectWarning) as caught:
            module.button_uninstall()
        told, action, _button = caught.exception.args[:3]
        self.assertIn("Troc Actif", told)
        export = self.env.ref("troc_actif_exchange.action_export")
        self.assertEqual(action, export.id)
        # what Odoo takes with it is asked, too
        account = self.env["ir.module.module"].search([("name", "=", "account")])
        with self.assertRaises(RedirectWarning):
            account.button_uninstall()

    def test_a_network_without_trade_may_go(self):
        module = self.env["ir.module.module"].search([("name", "=", "troc_actif")])
        # nothing is posted here yet, so that nothing is refused
        self.assertIsNone(module._troc_check_loss())
