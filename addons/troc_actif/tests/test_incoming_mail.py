"""Invoices by mail: as many compensations as files, and an answer that names each."""

import base64
import itertools
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
        cls.ids = itertools.count()
        cls.network.alias_name = "factures"
        cls.network.alias_domain_id = domain
        cls.portal_user.email = "contact@traiteur.example"

    def send(self, files, sender="Traiteur <contact@traiteur.example>", as_text=None):
        """Let the gateway receive a mail with these files; return what it made.

        `as_text`: they are sent as text in that charset; "": in one not named.
        """
        mail = EmailMessage()
        mail["From"], mail["To"] = sender, "factures@troc.example.com"
        mail["Subject"], mail["Message-ID"] = (
            "Mes factures",
            f"<{next(self.ids)}@x.example>",
        )
        mail.set_content("Bonjour, voici nos factures.")
        for name, content in files:
            mail.add_attachment(
                content, maintype="application", subtype="xml", filename=name
            )
            if as_text is not None:
                self.make_text(list(mail.iter_attachments())[-1], as_text)
        before = self.env["troc.incoming.mail"].search([])
        self.env["mail.thread"].message_process(None, mail.as_bytes())
        return self.env["troc.incoming.mail"].search([]) - before

    def make_text(self, part, charset):
        part.set_type("text/xml")
        if charset:
            part.set_param("charset", charset)

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
        self.assertEqual(self.kept(mail), content)

    def kept(self, mail):
        document = mail.line_ids.compensation_id.with_context(bin_size=False).document
        return base64.b64decode(document)

    def test_the_bytes_are_those_received_whatever_the_mail_calls_them(self):
        """Mail programs send XML as text, in a charset that may be none of its own."""
        for number, (encoding, charset) in enumerate(
            [
                ("utf-8", "utf-8"),
                ("utf-8", "utf-7"),
                ("utf-8", "iso-8859-1"),
                ("iso-8859-1", ""),
                ("iso-8859-1", "utf-8"),
                ("utf-16", "utf-16"),
                ("utf-16", ""),
            ]
        ):
            content = facturx_xml(self.portal, self.portal2, number=f"M-{number}")
            text = content.decode().replace("UTF-8", encoding)
            content = text.replace("Paiement", "Réglé +ADA-, paiement").encode(encoding)
            with self.subTest(encoding=encoding, charset=charset):
                mail = self.send([("f.xml", content)], as_text=charset)
                self.assertEqual(mail.line_ids.outcome, "success")
                self.assertEqual(self.kept(mail), content)

    def test_a_file_in_another_encoding_is_refused_by_its_name(self):
        content = facturx_xml(self.portal, self.portal2).replace(b"UTF-8", b"UTF-7")
        mail = self.send([("f.xml", content)])
        self.assertEqual(mail.line_ids.outcome, "danger")
        self.assertIn("UTF-7", mail.line_ids.message)
