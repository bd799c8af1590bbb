"""Entries to book, for members whose books are kept elsewhere."""

import base64
import csv
import io

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.troc_actif.tests import fec
from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif.tests.facturx_xml import facturx_xml


@tagged("post_install", "-at_install")
class TestBooking(TrocCase):
    def lines(self, member, user):
        self.env.flush_all()
        today = fields.Date.today()
        return self.by(user, member)._bookings(today, today)

    def table(self, lines):
        return [(line.code, str(line.debit), str(line.credit)) for line in lines]

    def test_a_sale_and_a_purchase(self):
        self.validate(self.uploaded(self.portal, self.portal2, 1000))
        self.assertEqual(
            self.table(self.lines(self.portal, self.portal_user)),
            [("467800", "1200.00", "0.00"), ("411000", "0.00", "1200.00")],
        )
        self.assertEqual(
            self.table(self.lines(self.portal2, self.portal2_user)),
            [("401000", "1200.00", "0.00"), ("467800", "0.00", "1200.00")],
        )

    def test_a_reversal_and_a_credit_note(self):
        wrong = self.validate(self.uploaded(self.portal, self.portal2, 50))
        self.by(self.animator, wrong).action_reverse("Erreur")
        self.assertEqual(
            self.table(self.lines(self.portal, self.portal_user))[2:],
            [("411000", "60.00", "0.00"), ("467800", "0.00", "60.00")],
        )
        origin = self.validate(self.uploaded(self.portal, self.portal2, 100))
        note = facturx_xml(
            self.portal,
            self.portal2,
            40,
            type_code="381",
            preceding=origin.document_number,
        )
        self.validate(self.upload(note, self.portal_user))
        self.assertEqual(
            self.table(self.lines(self.portal2, self.portal2_user))[-2:],
            [("467800", "48.00", "0.00"), ("401000", "0.00", "48.00")],
        )

    def test_a_part_taken_back(self):
        sale = self.validate(self.uploaded(self.portal, self.portal2, 1000))
        self.by(self.animator, sale).action_reverse_part(240, "Un article rendu", False)
        lines = self.lines(self.portal, self.portal_user)
        self.assertEqual(
            self.table(lines)[2:],
            [("411000", "240.00", "0.00"), ("467800", "0.00", "240.00")],
        )
        _sale, note = self.by(self.portal_user, self.portal)._booking_notes(lines)
        self.assertIn("44571 / 44574", note)
        self.assertRegex(note, r"40[.,]00")
        content = self.by(self.portal_user, self.portal)._bookings_fec(lines)
        self.assertEqual(fec.problems(content.encode()), [])

    def test_transfers_take_an_account_that_says_what_they_were(self):
        for kind, given, received in (
            ("gift", "658000", "758000"),
            ("correction", "471000", "471000"),
        ):
            transfer = self.transfer(self.portal, self.portal2, 30, kind=kind)
            giver = self.lines(self.portal, self.portal_user)[-2:]
            self.assertEqual(
                self.table(giver),
                [(given, "30.00", "0.00"), ("467800", "0.00", "30.00")],
            )
            taker = self.lines(self.portal2, self.portal2_user)[-2:]
            self.assertEqual(
                self.table(taker),
                [("467800", "30.00", "0.00"), (received, "0.00", "30.00")],
            )
            for text in (transfer.name, transfer.reason, self.portal2.name):
                self.assertIn(text, giver[0].label)
            self.assertFalse(
                self.by(self.portal_user, self.portal)._booking_notes(giver)
            )
        self.by(self.manager, transfer).action_reverse("Erreur")
        back = self.lines(self.portal, self.portal_user)[-2:]
        self.assertEqual(
            self.table(back), [("467800", "30.00", "0.00"), ("471000", "0.00", "30.00")]
        )
        self.assert_invariants()

    def test_a_file_is_of_one_member_and_of_one_period(self):
        self.validate(self.uploaded(self.portal, self.portal2, 1000))
        self.assertFalse(self.lines(self.portal2, self.portal_user))
        self.env.flush_all()
        yesterday = fields.Date.subtract(fields.Date.today(), days=1)
        own = self.by(self.portal_user, self.portal)
        self.assertFalse(own._bookings(yesterday, yesterday))

    def test_they_add_up_to_the_balance(self):
        self.validate(self.uploaded(self.portal, self.portal2, 1000))
        self.validate(self.uploaded(self.portal2, self.portal, 250))
        lines = self.lines(self.portal, self.portal_user)
        own = [line for line in lines if line.role == "actif"]
        total = sum(line.debit - line.credit for line in own)
        self.assertEqual(float(total), self.portal.balance)

    def test_in_the_accounts_of_ones_own_chart(self):
        self.validate(self.uploaded(self.portal, self.portal2, 1000))
        own = self.by(self.portal_user, self.portal)
        own.action_set_booking_codes("4678 1", "411troc", "")
        self.assertEqual(
            [line.code for line in self.lines(self.portal, self.portal_user)],
            ["46781", "411TROC"],
        )
        self.assert_refused(
            "account_code_invalid",
            self.portal.name,
            own.action_set_booking_codes,
            "=1+1",
            "",
            "",
        )
        with self.assertRaises(UserError):
            self.by(self.manager, self.portal).booking_actif_code = "467|0"
        self.portal_user._troc_set_right("trade")
        self.assert_refused(
            "not_administrator",
            self.portal_user.name,
            own.action_set_booking_codes,
            "467800",
            "",
            "",
        )

    def test_vat_due_on_payment_is_a_note(self):
        self.validate(self.uploaded(self.portal, self.portal2, 100, share=50))
        for member, user, accounts in (
            (self.portal, self.portal_user, "44574 / 44571"),
            (self.portal2, self.portal2_user, "44566 / 44564"),
        ):
            lines = self.lines(member, user)
            (note,) = self.by(user, member)._booking_notes(lines)
            self.assertIn(accounts, note)
            self.assertRegex(note, r"10[.,]00")

    def test_lines_of_a_fec_pass_the_official_rules(self):
        self.validate(self.uploaded(self.portal, self.portal2, 1000, number="A|B"))
        wrong = self.validate(self.uploaded(self.portal, self.portal2, 50))
        self.by(self.animator, wrong).action_reverse("Erreur")
        member = self.by(self.portal_user, self.portal)
        content = member._bookings_fec(self.lines(self.portal, self.portal_user))
        self.assertEqual(fec.problems(content.encode()), [])
        rows = fec.rows(content.encode())
        self.assertIn(self.portal2.name, rows[0]["EcritureLib"])
        self.assertIn(self.network.name, rows[0]["EcritureLib"])
        self.assertEqual(rows[1]["CompAuxNum"], self.portal2.siren)

    def test_no_formula_runs(self):
        content = facturx_xml(self.portal, self.portal2, 100, number="=1+1")
        self.validate(self.upload(content, self.portal_user))
        member = self.by(self.portal_user, self.portal)
        lines = self.lines(self.portal, self.portal_user)
        text = member._bookings_csv(lines).removeprefix("\ufeff")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        self.assertEqual(rows[1][2], "120,00")
        self.assertTrue(rows[1][5].startswith("'=1+1"))
        row = fec.rows(member._bookings_fec(lines).encode())[0]
        self.assertTrue(row["PieceRef"].startswith("'=1+1"))
        self.assertIn("\t'=1+1", member._bookings_text(lines))

    def test_from_the_back_office(self):
        self.validate(self.uploaded(self.portal, self.portal2, 1000))
        today = fields.Date.today()
        values = {"member_id": self.portal.id, "date_from": today, "date_to": today}
        wizards = self.by(self.reader, self.env["troc.booking.export"])
        wizard = wizards.create({**values, "file_format": "fec"})
        self.assertEqual(wizard.entry_count, 1)
        content = base64.b64decode(wizard.with_context(bin_size=False).content)
        self.assertEqual(fec.problems(content), [])
        with self.assertRaises(AccessError):
            self.by(self.animator, self.env["troc.booking.export"]).create(values)
