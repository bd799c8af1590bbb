"""The page of an invoice, for books kept elsewhere."""

from odoo.tests import tagged

from odoo.addons.troc_actif_portal.tests.portal_case import PortalCase

INVOICES = "/my/actif/invoices"


@tagged("post_install", "-at_install")
class TestPortalInvoice(PortalCase):
    def test_the_entry_for_books_kept_elsewhere(self):
        compensation = self.validate(self.uploaded(self.portal, self.portal2))
        path = f"{INVOICES}/{compensation.id}"
        for user, entry in (
            (self.portal_user, "467800"),
            (self.portal2_user, "401000"),
        ):
            self.sign_in(user)
            self.assertIn(entry, self.words(self.page(path)))
