"""The share of an invoice, in the words and within the shares of its company."""

from psycopg2 import IntegrityError

from odoo import fields
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import InvoiceCase


@tagged("post_install", "-at_install")
class TestShare(InvoiceCase):
    def told(self, invoice):
        """Return what an invoice says: in Actifs, in euros, in words, allowed."""
        invoice.invalidate_recordset()
        return (
            invoice.actif_amount,
            invoice.cash_amount,
            invoice.actif_mention,
            invoice.troc_share_ok,
        )

    def test_what_is_due_in_actifs_and_in_euros(self):
        words = "Paiement par compensation en {}% Actif"
        for share, actifs, euros in ((100, 1200, 0), (50, 600, 600)):
            told = self.told(self.invoice(share))
            self.assertEqual(told, (actifs, euros, words.format(share), True))
        self.assertEqual(self.told(self.invoice(0)), (0, 1200, "", False))

    def test_the_accountant_chooses_it_on_the_form(self):
        invoice = self.invoice(0, post=False)
        with Form(self.by(self.accountant, invoice)) as form:
            self.assertTrue(form.troc_share_possible)
            form.actif_share_choice = "50"
            self.assertEqual((form.actif_amount, form.cash_amount), (600, 600))
        self.assertEqual(invoice.actif_share, 50)

    def test_any_share_that_the_company_allows(self):
        invoice = self.invoice(33.33)
        self.assertEqual(self.told(invoice)[:2], (399.96, 800.04))
        self.assertFalse(self.told(invoice)[-1], "it allows 50 % and 100 % alone")
        self.company.troc_allow_free_share = True
        self.assertTrue(self.told(invoice)[-1])
        self.company.write(
            {"troc_allow_free_share": False, "troc_allow_half_share": False}
        )
        self.assertFalse(self.told(self.invoice(50))[-1])
        self.assertTrue(self.told(self.invoice(100))[-1])

    def test_in_the_words_of_the_company(self):
        self.company.troc_mention = "Réglé par compensation à {share} % en Actif"
        mention = self.told(self.invoice(50))[2]
        self.assertEqual(mention, "Réglé par compensation à 50 % en Actif")

    def test_of_the_amount_without_vat(self):
        self.company.troc_share_base = "untaxed"
        actifs, euros, words, _allowed = self.told(self.invoice(100))
        self.assertEqual((actifs, euros), (1000, 200))
        self.assertTrue(words.endswith("du montant HT (TVA en euros)"))

    def test_words_that_no_reader_would_understand(self):
        for words, code in (
            ("Payé en Actif", "mention_without_share"),
            ("Escompte de {share}%", "mention_unreadable"),
        ):
            self.assert_refused(
                code, words, self.company.write, {"troc_mention": words}
            )

    def test_a_company_that_is_not_set_up_says_nothing(self):
        invoice = self.invoice(50, company=self.other)
        self.assertEqual(self.told(invoice), (600, 600, "", False))
        self.assertFalse(invoice.troc_share_possible)

    def test_a_share_lies_between_0_and_100(self):
        for share in (-1, 101):
            with (
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.invoice(share)
                self.env.flush_all()

    def test_who_may_not_choose_it(self):
        nobody = self.user("nobody", "base.group_user")
        with self.assertRaisesRegex(Exception, "account.move|Journal Entry"):
            self.by(nobody, self.invoice(0)).actif_share = 50

    def test_a_recurring_invoice_keeps_it(self):
        invoice = self.invoice(post=False)
        invoice.write(
            {
                "actif_share": 50,
                "auto_post": "monthly",
                "date": fields.Date.today(),
                "auto_post_until": fields.Date.add(fields.Date.today(), months=3),
            }
        )
        invoice.action_post()
        following = self.env["account.move"].search(
            [("auto_post_origin_id", "=", invoice.id), ("id", "!=", invoice.id)]
        )
        self.assertEqual(following.mapped("actif_share"), [50.0])
        self.assertFalse(invoice.copy().actif_share)
