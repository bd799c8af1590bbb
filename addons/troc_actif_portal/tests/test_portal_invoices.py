"""Invoices: sent, read, followed, disputed, from the portal alone."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.troc_actif.tests.facturx_xml import facturx_xml

from ..controllers import invoices
from .portal_case import PortalCase

INVOICES = "/my/actif/invoices"


@tagged("post_install", "-at_install")
class TestPortalInvoices(PortalCase):
    def files(self, **contents):
        return [
            ("files", (f"{name}.xml", content, "text/xml"))
            for name, content in contents.items()
        ]

    def test_several_files_each_with_its_result(self):
        self.sign_in(self.portal_user)
        response = self.send(
            f"{INVOICES}/send",
            files=self.files(
                bonne=facturx_xml(self.portal, self.portal2, number="P-1"),
                sans=facturx_xml(self.portal, self.portal2, share=None, number="P-2"),
                autre=facturx_xml(self.portal2, self.portal, number="P-3"),
                faux=b"<rien/>",
            ),
        )
        words = self.words(response)
        self.assertIn("P-1) : à valider", words)
        self.assertIn("P-2", words)
        self.assertIn("faux.xml", words)
        made = self.env["troc.compensation"].search(
            [("seller_id", "=", self.portal.id)]
        )
        self.assertEqual(
            dict(
                zip(made.mapped("document_number"), made.mapped("state"), strict=True)
            ),
            {"P-1": "submitted", "P-2": "draft"},
        )
        self.assertFalse(
            self.env["troc.compensation"].search([("document_number", "=", "P-3")])
        )
        submitted = made.filtered(lambda c: c.state == "submitted")
        self.assertEqual(submitted.invoked_by_id, self.portal_user)
        # told once: a reload says nothing more
        self.assertNotIn("faux.xml", self.words(self.page(INVOICES)))

    def test_what_was_read_is_shown_before_anything_is_sent(self):
        self.sign_in(self.portal_user)
        response = self.send(
            f"{INVOICES}/read",
            files=self.files(
                bonne=facturx_xml(self.portal, self.portal2, share=50, number="L-1"),
                faux=b"<rien/>",
                **{"<b>mal</b>": b"<rien/>"},
            ),
        )
        text = response.text.replace("\u00a0", " ")
        self.assertTrue(response.url.endswith("/read"))
        for words in ("1 / 3", "L-1", self.portal2.name, "1 200,00", "600,00 Actifs"):
            self.assertIn(words, text)
        self.assertIn("faux.xml", text)
        self.assertNotIn("<b>mal", text)
        self.assertFalse(
            self.env["troc.compensation"].search([("document_number", "=", "L-1")])
        )

    def test_a_lost_document_is_said_not_served_empty(self):
        sold = self.uploaded(self.portal, self.portal2, amount=100)
        self.sign_in(self.portal_user)
        path = f"{INVOICES}/{sold.id}"
        document = self.page(f"{path}/document")
        self.assertEqual(document.content, sold._document_attachment().raw)
        for instead, words in ((None, "ne trouve plus"), (b"x", "autre que celui")):
            with mute_logger("odoo.addons.base.models.ir_attachment"):
                with self.lost(sold, instead):
                    response = self.page(f"{path}/document")
                    self.assertTrue(response.url.endswith(path))
                    self.assertIn(words, self.words(response))
                    self.assertNotIn(f"{path}/document", response.text)

    def test_a_file_too_many_is_not_lost_in_silence(self):
        self.sign_in(self.portal_user)
        names = [f"f{number}" for number in range(11)]
        files = self.files(**dict.fromkeys(names, b"<rien/>"))
        words = self.words(self.send(f"{INVOICES}/send", files=files))
        for name in names:
            self.assertIn(f"{name}.xml", words)
        self.assertEqual(words.count("10 fichiers à la fois"), 1)

    def test_a_form_that_takes_too_long_is_cut_short(self):
        """What unfolds slowly holds a worker for a few seconds; the rest is told."""
        self.sign_in(self.portal_user)
        with patch.object(invoices, "MAX_SECONDS", 0):
            response = self.send(
                f"{INVOICES}/send",
                files=self.files(
                    lente=facturx_xml(self.portal, self.portal2, number="T-1")
                ),
            )
        self.assertIn("lente.xml", self.words(response))
        made = self.env["troc.compensation"].search([("document_number", "=", "T-1")])
        self.assertFalse(made)

    def test_the_buyer_follows_and_disputes(self):
        compensation = self.uploaded(self.portal, self.portal2, number="P-9")
        self.sign_in(self.portal2_user)
        path = f"{INVOICES}/{compensation.id}"
        words = self.words(self.page(path))
        self.assertIn("P-9", words)
        self.assertIn("En validation", words)
        words = self.words(self.send(f"{path}/dispute", {"reason": " "}))
        self.assertIn("motif", words)
        self.assertFalse(compensation.is_disputed)
        words = self.words(self.send(f"{path}/dispute", {"reason": "Pas livré"}))
        self.assertIn("Pas livré", words)
        self.env.invalidate_all()
        self.assertTrue(compensation.is_disputed)

    def test_the_document_is_a_download_byte_for_byte(self):
        content = facturx_xml(self.portal, self.portal2)
        compensation = self.upload(content, self.portal_user, "../<b>facture.xml")
        self.sign_in(self.portal2_user)
        response = self.page(f"{INVOICES}/{compensation.id}/document")
        self.assertEqual(response.content, content)
        self.assertEqual(response.headers["Content-Type"], "application/octet-stream")
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")

    def test_a_buyer_does_not_learn_the_balance_of_the_seller(self):
        self.set_limits(self.portal, 0.0, 100.0)
        compensation = self.uploaded(self.portal, self.portal2, 500)
        self.by(self.animator, compensation).action_validate()
        self.sign_in(self.portal2_user)
        path = f"{INVOICES}/{compensation.id}"
        self.assertNotIn("ne le permet pas", self.words(self.page(path)))
        self.days_pass(compensation)
        words = self.words(self.page(path))
        self.assertIn("ne le permet pas encore", words)
        self.assertNotIn("100,00", words)

    def test_lists_by_state(self):
        waiting = self.uploaded(self.portal, self.portal2, number="P-20")
        done = self.validate(self.uploaded(self.portal, self.portal2, number="P-21"))
        self.sign_in(self.portal_user)
        for chosen, shown, hidden in (
            ("open", waiting, done),
            ("validated", done, waiting),
        ):
            words = self.words(self.page(f"{INVOICES}?filterby={chosen}"))
            self.assertIn(shown.document_number, words)
            self.assertNotIn(hidden.document_number, words)
        self.assertEqual(self.page(f"{INVOICES}?filterby=x").status_code, 200)
