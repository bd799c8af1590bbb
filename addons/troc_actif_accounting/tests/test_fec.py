"""The FEC of a company with compensations, checked by the official test rules."""

import base64

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.troc_actif.tests import fec
from odoo.addons.troc_actif.tests.common import TrocCase


@tagged("post_install", "-at_install")
class TestFec(TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()
        cls.full = case.submitted(amount=1000.0, share=100)
        case.post_bill(cls.full.bill_id)
        case.validate(cls.full)
        cls.half = case.validated(amount=500.0, share=50)
        case.pay_by_bank(cls.half.move_id)
        cls.back = case.validated(amount=40.0, share=100)
        case.by(cls.animator, cls.back).action_reverse("Erreur")
        cls.note = case._credit(cls.full)
        case.by(cls.animator, cls.half).action_reverse_part(30, "Rendu", False)
        cls.gift = case.transfer(cls.seller, cls.buyer, 25, kind="gift")

    def _credit(self, origin):
        """Return the validated compensation of a credit note of a fifth."""
        invoice = origin.move_id
        wizard = (
            self.by(self.seller_accountant, self.env["account.move.reversal"])
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        wizard.refund_moves()
        note = wizard.new_move_ids.sudo()
        note.invoice_line_ids.price_unit /= 5
        self.by(self.seller_accountant, note).action_post()
        return self.validate(note.troc_compensation_ids)

    def wizard(self, company):
        today = fields.Date.today()
        wizards = self.by(
            self.accountant_of(company), self.env["l10n_fr.fec.export.wizard"]
        )
        return wizards.create(
            {
                "date_from": today.replace(month=1, day=1),
                "date_to": today.replace(month=12, day=31),
                "test_file": True,
            }
        )

    def export(self, company):
        """Return the FEC that the company's accountant makes."""
        return self.wizard(company).generate_fec()["file_content"]

    def test_the_accountant_downloads_it(self):
        wizard = self.wizard(self.seller.company_id)
        action = wizard.create_fec_report_action()
        self.assertIn(f"{wizard._name}/{wizard.id}/troc_file/", action["url"])
        content = base64.b64decode(wizard.with_context(bin_size=False).troc_file)
        self.assertEqual(content, self.export(self.seller.company_id))
        other = self.by(self.buyer_accountant, wizard)
        with self.assertRaises(AccessError):
            other.read(["troc_file"])
        for user in (self.animator, self.manager, self.portal_user):
            with self.assertRaises(AccessError):
                self.by(user, wizard).read(["troc_file"])

    def test_it_passes_the_official_rules(self):
        for member in (self.seller, self.buyer):
            self.assertEqual(fec.problems(self.export(member.company_id)), [])
        self.assert_invariants()

    def broken(self, name, value):
        """Return a FEC in which one field of the last line says `value`."""
        head, *lines = self.export(self.seller.company_id).decode().split("\r\n")
        row = dict(zip(fec.HEADER, lines[-1].split("|"), strict=True))
        lines[-1] = "|".join({**row, name: value}.values())
        return "\r\n".join([head, *lines]).encode()

    def test_the_rules_can_fail(self):
        for name, value, problem in (
            ("PieceRef", "", "PieceRef is empty"),
            ("PieceRef", "-", "names no piece"),
            ("PieceDate", "20990101", "later than its entry"),
            ("EcritureDate", "2026-11-22", "EcritureDate is no date"),
            ("JournalCode", "", "JournalCode is empty"),
            ("JournalLib", "Autre", "bears 2 names"),
            ("CompteNum", "CLIENT", "not of the French chart"),
            ("Debit", "1.00", "no amount with a comma"),
            ("Debit", "9,99", "does not balance"),
            ("EcritureNum", "9999", "does not balance"),
            ("ValidDate", "19990101", "not in the order of validation"),
        ):
            told = str(fec.problems(self.broken(name, value)))
            self.assertIn(problem, told, (name, value))
        content = self.export(self.seller.company_id).replace(b"PieceRef", b"Piece")
        self.assertIn("heading", str(fec.problems(content)))

    def test_the_piece_of_an_invoice_is_its_number(self):
        """Odoo writes "-" there: a customer invoice has no other reference."""
        found = fec.rows(self.export(self.seller.company_id))
        invoice = self.full.move_id
        pieces = {r["PieceRef"] for r in found if r["EcritureNum"] == invoice.name}
        self.assertEqual(pieces, {invoice.name})

    def test_a_transfer_can_be_read(self):
        for member, other in ((self.seller, self.buyer), (self.buyer, self.seller)):
            found = fec.rows(self.export(member.company_id))
            ours = [r for r in found if self.gift.name in r["PieceRef"]]
            self.assertEqual(len(ours), 2)
            for row in ours:
                for text in (other.name, self.network.name, self.gift.reason):
                    self.assertIn(text, row["EcritureLib"])

    def test_entries_can_be_read(self):
        """Piece, partner and network stand on each line of a compensation."""
        for member, other in ((self.seller, self.buyer), (self.buyer, self.seller)):
            company = member.company_id
            code = company.troc_journal_id.code
            found = fec.rows(self.export(company))
            ours = [row for row in found if row["JournalCode"] == code]
            ours = [row for row in ours if self.gift.name not in row["PieceRef"]]
            # 100 %, 50 %, reversed and back, credit note, a part: two lines each
            self.assertEqual(len(ours), 12)
            for row in ours:
                self.assertIn(other.name, row["EcritureLib"])
                self.assertIn(self.network.name, row["EcritureLib"])
                number = row["PieceRef"].partition(" - ")[0]
                self.assertIn(number, row["EcritureLib"])
                self.assertRegex(row["PieceRef"], r" - COMP/\d{4}/\d{5}")
                party = row["CompteNum"].startswith(("411", "401"))
                self.assertEqual(bool(row["CompAuxNum"]), party)
            accounts = {row["CompteNum"][:3] for row in ours}
            self.assertEqual(
                accounts, {"467", "411" if member == self.seller else "401"}
            )

    def test_vat_made_due_names_its_invoice(self):
        company = self.seller.company_id
        code = company.tax_cash_basis_journal_id.code
        rows = [r for r in fec.rows(self.export(company)) if r["JournalCode"] == code]
        refs = {row["PieceRef"] for row in rows}
        self.assertTrue(refs)
        self.assertIn(self.full.document_number, refs)
        self.assertNotIn("-", refs)

    def test_the_final_file_locks_the_year(self):
        """For who administers the accounting; an accountant makes the test file."""
        company, today = self.seller.company_id, fields.Date.today()
        exports = self.by(self.seller_accountant, self.env["l10n_fr.fec.export.wizard"])
        values = {"date_from": today, "date_to": today, "test_file": False}
        with self.assertRaises(AccessError):
            exports.create(values).generate_fec()
        administrator = self.env.ref("account.group_account_manager")
        self.seller_accountant.group_ids += administrator
        self.assertTrue(exports.create(values).generate_fec()["file_content"])
        self.assertEqual(company.fiscalyear_lock_date, today)
