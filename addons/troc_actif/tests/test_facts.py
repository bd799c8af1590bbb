"""Side by side: each fact of the file, what is known here, and its mark."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.troc_actif_invoice.seal import sealed

from .common import TrocCase
from .facturx_xml import facturx_xml


@tagged("post_install", "-at_install")
class TestFacts(TrocCase):
    def marks(self, compensation):
        """Return {code of the fact: mark}."""
        rows = self.env["troc.facts"]._rows(compensation.sudo())
        facts = compensation.sudo().document_facts
        return {
            fact["code"]: row["mark"] for fact, row in zip(facts, rows, strict=True)
        }

    def test_an_xml_alone_agrees_with_what_is_known(self):
        marks = self.marks(self.uploaded(self.portal, self.portal2, share=50))
        self.assertEqual(marks.pop("due_date"), "missing")
        self.assertEqual(marks.pop("actif_amount"), "missing")
        self.assertEqual(set(marks.values()), {"agrees"})

    def test_a_member_who_changed_his_number_differs(self):
        compensation = self.uploaded(self.portal, self.portal2)
        self.portal.siren = "000100057"
        self.assertEqual(self.marks(compensation)["seller_siren"], "differs")

    def test_the_animators_choice_is_known_and_the_file_silent(self):
        content = facturx_xml(self.portal, self.portal2, share=None)
        compensation = self.upload(content, self.portal_user)
        self.assertEqual(self.marks(compensation)["actif_share"], "missing")
        self.by(self.animator, compensation).action_half_share()
        row = next(
            row
            for row in self.env["troc.facts"]._rows(compensation.sudo())
            if row["label"] == "Actif share"
        )
        self.assertEqual((row["file"], row["known"]), ("", "50,00 %"))
        self.assertEqual(row["mark"], "missing")

    def test_an_amount_that_the_page_does_not_show(self):
        compensation = self.uploaded(self.portal, self.portal2)
        facts = compensation.sudo().document_facts
        total = next(fact for fact in facts if fact["code"] == "total")
        self.assertIs(total["on_page"], None)
        total["on_page"] = False
        sealed(compensation).document_facts = [dict(fact) for fact in facts]
        self.assertEqual(self.marks(compensation)["total"], "unseen")

    def test_hostile_text_is_shown_as_text(self):
        self.portal.partner_id.name = "<b onclick=x>Moi</b>"
        html = str(self.uploaded(self.portal, self.portal2).sudo().facts_html)
        self.assertNotIn("<b onclick", html)
        self.assertIn("&lt;b onclick=x&gt;Moi", html)

    def test_a_party_does_not_read_what_the_network_knows(self):
        compensation = self.uploaded(self.portal, self.portal2)
        own = self.by(self.portal_user, compensation)
        for field in ("document_facts", "facts_html"):
            with self.assertRaises(AccessError):
                own.read([field])
