"""What a file would become is told before it is sent, and nothing is written."""

from odoo.tests import tagged

from .common import TrocCase
from .facturx_xml import facturx_xml


@tagged("post_install", "-at_install")
class TestCheckDocument(TrocCase):
    def checked(self, content, user=None):
        compensations = self.by(user or self.portal_user, self.env["troc.compensation"])
        before = self.env["troc.compensation"].search_count([])
        told = compensations.check_document("facture.xml", self.encoded(content))
        self.env.flush_all()
        self.assertEqual(self.env["troc.compensation"].search_count([]), before)
        return told

    def test_what_was_read_and_that_it_can_be_sent(self):
        content = facturx_xml(self.portal, self.portal2, 1000, share=50, number="C-1")
        told = self.checked(content)
        self.assertEqual(
            {name: told[name] for name in ("type", "number", "seller", "buyer")},
            {
                "type": "success",
                "number": "C-1",
                "seller": self.portal.name,
                "buyer": self.portal2.name,
            },
        )
        self.assertEqual(
            (told["total"], told["actif_share"], told["actif_amount"]),
            (1200.0, 50.0, 600.0),
        )
        self.assertEqual(told["cash_amount"], 600.0)
        # the same file can be sent after it
        self.assertEqual(self.upload(content, self.portal_user).state, "submitted")

    def test_what_is_wrong_is_told_with_what_was_read(self):
        stranger = self._company_partner("Test Sans Adhésion")
        stranger = self.env["troc.member"].new(
            {"name": stranger.name, "siren": "732829320"}
        )
        told = self.checked(facturx_xml(self.portal, stranger, number="C-2"))
        self.assertEqual((told["type"], told["number"]), ("danger", "C-2"))
        self.assertIn("732829320", told["message"])
        self.assertNotIn("actif_amount", told)

    def test_what_no_one_can_read_is_told_too(self):
        told = self.checked(b"<rien/>")
        self.assertEqual(told["type"], "danger")
        self.assertIn("facture.xml", told["message"])

    def test_without_a_share_the_animator_decides(self):
        told = self.checked(facturx_xml(self.portal, self.portal2, share=None))
        self.assertEqual(told["type"], "warning")

    def test_sent_already(self):
        content = facturx_xml(self.portal, self.portal2, number="C-3")
        made = self.upload(content, self.portal_user)
        told = self.checked(content)
        self.assertEqual(told["type"], "danger")
        self.assertIn(made.name, told["message"])

    def test_a_member_who_may_not_sell(self):
        self.portal.state = "stand_by"
        told = self.checked(facturx_xml(self.portal, self.portal2))
        self.assertEqual(told["type"], "danger")
        self.assertIn(self.portal.name, told["message"])

    def test_only_for_ones_own_company(self):
        content = facturx_xml(self.portal2, self.portal)
        told = self.checked(content)
        self.assertEqual(told["type"], "danger")
        self.assertIn(self.portal_user.name, told["message"])
        self.assertEqual(self.checked(content, self.animator)["type"], "success")
