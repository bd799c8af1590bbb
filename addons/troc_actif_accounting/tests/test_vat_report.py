"""VAT made due by compensation against by bank, as the tax report has it."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_justification import AccountingCase


@tagged("post_install", "-at_install")
class TestVatReport(AccountingCase):
    def setUp(self):
        super().setUp()
        self.shop = self.seller.company_id
        self.client = self.buyer.company_id

    def report(self, user=None, member=None, **values):
        today = fields.Date.today()
        records = self.by(user or self.seller_accountant, self.env["troc.vat.report"])
        member = member or self.seller
        values = {"date_from": today, "date_to": today, **values}
        return records.create({"member_id": member.id, **values})

    def line(self, report, name):
        tax = self.tax(report.sudo().company_id, name, "sale")
        return report.line_ids.filtered(lambda line: line.tax_id == tax)

    def assert_line(self, name, report=None, **expected):
        line = self.line(report or self.report(), name)
        self.assertEqual({n: line[n] for n in expected}, expected)

    def test_half_by_compensation_half_by_bank(self):
        compensation = self.validated(amount=1000.0, share=50)
        self.assert_line("20% S", compensation=100.0, base_compensation=500.0, bank=0.0)
        self.pay_by_bank(compensation.move_id)
        report = self.report()
        self.assert_line(
            "20% S",
            report,
            compensation=100.0,
            base_compensation=500.0,
            bank=100.0,
            base_bank=500.0,
            reported=200.0,
            difference=0.0,
        )
        self.assertEqual(report.vat_by_compensation, 100.0)
        self.assertEqual(report.vat_by_bank, 100.0)
        self.assertEqual(report.difference_count, 0)
        self.assertEqual(self.vat_due(self.shop), 200.0)
        self.assert_invariants()

    def test_goods_are_due_at_the_invoice(self):
        self.validated(amount=1000.0, share=100, tax="20% G")
        self.assert_line("20% G", invoice=200.0, base_invoice=1000.0, compensation=0.0)

    def test_several_rates(self):
        self.validated(lines=[(1000, "20% S"), (100, "10% S")], share=50)
        report = self.report()
        self.assert_line("20% S", report, compensation=100.0)
        self.assert_line("10% S", report, compensation=5.0)

    def test_a_reversal_takes_it_back(self):
        compensation = self.validated(amount=1000.0, share=50)
        self.by(self.animator, compensation).action_reverse("Annulée")
        report = self.report()
        self.assert_line("20% S", report, compensation=0.0, bank=0.0, difference=0.0)
        self.assertEqual(report.difference_count, 0)
        # the reconciliation is gone: its name stays, on the entry and on its reversal
        entries = self.env["account.move"].search(
            [("troc_due_by_id", "=", compensation.id)]
        )
        self.assertEqual(len(entries), 2)
        self.assertEqual(entries.reversed_entry_id & entries, entries.sorted("id")[0])

    def test_a_part_taken_back_gives_its_vat_back(self):
        compensation = self.validated(amount=1000.0, share=50)
        self.pay_by_bank(compensation.move_id)
        self.by(self.animator, compensation).action_reverse_part(240, "Rendu", False)
        report = self.report()
        self.assert_line("20% S", report, compensation=60.0, bank=100.0, reported=160.0)
        self.assertEqual(report.difference_count, 0)
        self.assertEqual(self.vat_due(self.shop), 160.0)

    def test_purchases_of_the_buyer(self):
        compensation = self.submitted(amount=1000.0, share=100)
        self.post_bill(compensation.bill_id)
        self.validate(compensation)
        report = self.report(self.buyer_accountant, self.buyer)
        bought = report.tax_line_ids.filtered(lambda line: line.use == "purchase")
        self.assertEqual(sum(bought.mapped("compensation")), 200.0)
        self.assertEqual(report.difference_count, 0)

    def test_every_box_is_what_odoos_report_adds_up(self):
        compensation = self.validated(amount=1000.0, share=50)
        self.pay_by_bank(compensation.move_id)
        boxes = self.report().box_line_ids
        self.assertTrue(boxes)
        for box in boxes:
            known = box.compensation + box.bank + box.invoice
            self.assertAlmostEqual(known, box.reported)
        self.assertIn(200.0, boxes.mapped("reported"))
        self.assertIn(1000.0, boxes.mapped("reported"))

    def test_a_tax_entry_by_hand_is_the_difference(self):
        self.validated(amount=1000.0, share=50)
        tax = self.tax(self.shop, "20% S")
        move = self.by_hand(
            self.shop, self.bank_code(self.shop), "445710", 33.0, post=False
        ).sudo()
        line = move.line_ids.filtered("credit")
        repartition = tax.invoice_repartition_line_ids.filtered("tag_ids")
        repartition = repartition.filtered(lambda r: r.repartition_type == "tax")
        line.write(
            {
                "tax_repartition_line_id": repartition.id,
                "tax_tag_ids": [(6, 0, repartition.tag_ids.ids)],
            }
        )
        self.by(self.seller_accountant, move).action_post()
        report = self.report()
        self.assertTrue(report.difference_count)
        self.assertTrue(report.line_ids[0].is_difference)
        self.assertIn(33.0, report.box_line_ids.mapped("difference"))
        action = report.line_ids[0].action_open_entries()
        found = self.by(self.seller_accountant, self.env["account.move.line"]).search(
            action["domain"]
        )
        self.assertIn(line, found.sudo())

    def test_only_the_period(self):
        self.validated(amount=1000.0, share=50)
        yesterday = fields.Date.today() - timedelta(days=1)
        report = self.report(date_from=yesterday, date_to=yesterday)
        self.assertFalse(report.line_ids)

    def test_who_may_see_it(self):
        self.validated(amount=1000.0, share=50)
        report = self.report(self.seller_accountant)
        for user in (self.buyer_accountant, self.animator, self.reader, self.manager):
            with self.assertRaises(AccessError):
                self.report(user)
            with self.assertRaises(AccessError):
                self.by(user, report).read(["vat_by_bank"])
            with self.assertRaises(AccessError):
                self.by(user, report.line_ids).read(["reported"])

    def test_the_networks_accountant_does_not_see_the_vat_of_members(self):
        """He reads all members, and keeps the operator's books, not theirs."""
        self.reader.group_ids += self.env.ref("account.group_account_user")
        self.assert_refused(
            "entry_in_their_books", self.shop.name, self.report, self.reader
        )

    def test_nobody_says_what_made_it_due(self):
        compensation = self.validated(amount=1000.0, share=50)
        entry = self.env["account.move"].search(
            [("troc_due_by_id", "=", compensation.id)]
        )
        self.assertEqual(entry.tax_cash_basis_origin_move_id, compensation.move_id)
        own = self.by(self.seller_accountant, entry)
        with self.assertRaisesRegex(Exception, "kept by the network|réseau"):
            own.troc_due_by_id = False
        forged = self.by_hand(
            self.shop, self.bank_code(self.shop), "706000", 1.0, post=False
        )
        values = {"journal_id": forged.journal_id.id, "troc_due_by_id": compensation.id}
        made = self.by(self.seller_accountant, self.env["account.move"]).create(values)
        self.assertFalse(made.troc_due_by_id)

    def test_on_paper_and_as_a_spreadsheet(self):
        self.validated(amount=1000.0, share=50)
        report = self.report()
        html = self.printed(self.seller_accountant, report)
        self.assertIn(self.shop.name, html)
        self.assertRegex(html, r"100[.,]00")
        with self.assertRaises(AccessError):
            self.printed(self.buyer_accountant, report)
        cells = [cell for row in self.table_of(report) for cell in row]
        self.assertIn(100, [c.value for c in cells if c.data_type == "n"])
