"""Invoices by mail: as many compensations as files, and an answer that names each."""

import base64
from email.message import EmailMessage

from odoo.tests import tagged

from .common import TrocCase
from .facturx_xml import facturx_xml


@tagged("post_install", "-at_install")
class TestIncomingMail(TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "troc.example.com"})
        cls.network.alias_name = "factures"
        cls.network.alias_domain_id = domain
        cls.portal_user.email = "contact@traiteur.example"

    def send(self, files, sender="Traiteur <contact@traiteur.example>"):
        """Let the gateway receive a mail with these files; return what it made."""
        mail = EmailMessage()
        mail["From"], mail["To"] = sender, "factures@troc.example.com"
        mail["Subject"], mail["Message-ID"] = (
            "Mes factures",
            f"<{len(files)}@x.example>",
        )
        mail.set_content("Bonjour, voici nos factures.")
        for name, content in files:
            mail.add_attachment(
                content, maintype="application", subtype="xml", filename=name
            )
        before = self.env["troc.incoming.mail"].search([])
        self.env["mail.thread"].message_process(None, mail.as_bytes())
        return self.env["troc.incoming.mail"].search([]) - before

    def answer(self, mail):
        """Return the mail that was queued for the sender."""
        domain = [("model", "=", mail._name), ("res_id", "=", mail.id)]
        sent = self.env["mail.mail"].search(domain)
        self.assertEqual(len(sent), 1)
        self.assertIn("contact@traiteur.example", sent.email_to)
        self.assertNotEqual(sent.author_id, self.portal_user.partner_id)
        return sent.body_html

    def test_each_file_is_a_compensation_and_named_in_the_answer(self):
        good = [
            (f"f{n}.xml", facturx_xml(self.portal, self.portal2, 100 * n))
            for n in (1, 2)
        ]
        mail = self.send([*good, ("faux.xml", b"<rien/>"), ("notes.txt", b"bonjour")])
        self.assertEqual(mail.user_id, self.portal_user)
        self.assertEqual(
            mail.line_ids.mapped("outcome"), ["success", "success", "danger"]
        )
        made = mail.line_ids.compensation_id
        self.assertEqual(made.mapped("state"), ["submitted", "submitted"])
        self.assertEqual(made.mapped("total_amount"), [120.0, 240.0])
        self.assertEqual(set(made.mapped("invoked_by_id")), {self.portal_user})
        body = self.answer(mail)
        for word in ("f1.xml", "f2.xml", "faux.xml", *made.mapped("name")):
            self.assertIn(word, body)
        self.assertEqual(mail.refused_count, 1)

    def test_an_invoice_of_another_member_is_refused(self):
        mail = self.send([("f.xml", facturx_xml(self.portal2, self.portal))])
        self.assertEqual(mail.line_ids.outcome, "danger")
        self.assertFalse(mail.line_ids.compensation_id)
        self.assertFalse(
            self.env["troc.compensation"].search([("seller_id", "=", self.portal2.id)])
        )

    def test_a_sender_who_is_no_user(self):
        content = facturx_xml(self.portal, self.portal2)
        sender = "Inconnu <contact@traiteur.example.org>"
        mail = self.send([("f.xml", content)], sender)
        self.assertFalse(mail.user_id)
        self.assertEqual(mail.line_ids.outcome, "danger")
        self.assertIn("contact@traiteur.example.org", mail.line_ids.message)
        self.assertFalse(self.env["troc.compensation"].search([]))

    def test_without_any_invoice(self):
        mail = self.send([])
        self.assertEqual(mail.line_ids.outcome, "danger")
        self.assertIn("Mes factures", self.answer(mail))

    def test_who_reads_it(self):
        mail = self.send([("f.xml", facturx_xml(self.portal, self.portal2))])
        self.assertTrue(self.by(self.animator, mail).has_access("read"))
        self.assertTrue(self.by(self.reader, mail).has_access("read"))
        for user in (self.portal_user, self.seller_accountant):
            self.assertFalse(self.by(user, mail).has_access("read"))
        self.assertFalse(self.by(self.manager, mail).has_access("write"))

    def test_the_bytes_are_those_received(self):
        content = facturx_xml(self.portal, self.portal2)
        mail = self.send([("f.xml", content)])
        document = mail.line_ids.compensation_id.with_context(bin_size=False).document
        self.assertEqual(base64.b64decode(document), content)
