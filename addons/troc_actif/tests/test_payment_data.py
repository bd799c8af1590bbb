"""Payment data of the reform: what was paid in Actifs, by rate, to the cent."""

import base64
import csv
import io
import json
from datetime import timedelta
from decimal import Decimal

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TrocCase
from .facturx_xml import facturx_xml

RATES = [(100.05, "20% S"), (33.33, "10% S"), (7.77, "5.5% S")]


@tagged("post_install", "-at_install")
class TestPaymentData(TrocCase):
    def rows(self, user=None, first=None, last=None):
        today = fields.Date.today()
        records = self.by(user or self.reader, self.env["troc.compensation"])
        return records.payment_data(first or today, last or today)

    def total(self, rows, column="amount"):
        return sum((Decimal(row[column]) for row in rows), Decimal(0))

    def test_by_rate_to_the_cent(self):
        compensation = self.validated(share=50, lines=RATES)
        rows = self.rows()
        self.assertEqual([row["rate"] for row in rows], ["20", "10", "5.5"])
        self.assertEqual(
            self.total(rows),
            Decimal(str(compensation.actif_amount)).quantize(Decimal("0.01")),
        )
        self.assertEqual(
            [(row["amount"], row["tax"]) for row in rows],
            [("60.03", "10.01"), ("18.33", "1.67"), ("4.10", "0.22")],
        )
        for row in rows:
            self.assertEqual((row["status"], row["sign"]), ("212", 1))
            self.assertEqual(row["date"], fields.Date.today().isoformat())
            self.assertEqual(row["seller"], self.seller.siren)
            self.assertEqual(row["invoice"], compensation.document_number)

    def test_of_a_file(self):
        self.validate(self.uploaded(self.portal, self.portal2, 100, share=50))
        (row,) = self.rows()
        self.assertEqual(
            (row["rate"], row["category"], row["amount"], row["tax"]),
            ("20", "S", "60.00", "10.00"),
        )

    def test_a_reversal_takes_it_back(self):
        compensation = self.validated(lines=RATES)
        self.by(self.animator, compensation).action_reverse("Annulée")
        rows = self.rows()
        self.assertEqual([row["sign"] for row in rows], [1, 1, 1, -1, -1, -1])
        self.assertEqual(self.total(rows), 0)
        self.assertEqual(self.total(rows, "tax"), 0)

    def test_parts_taken_back_come_to_the_whole_by_rate(self):
        compensation = self.validated(share=100, lines=RATES)
        own = self.by(self.animator, compensation)
        left = compensation.actif_amount
        for part in (33.33, 0.01, 41.07):
            own.action_reverse_part(part, "Rendu")
            left -= part
        own.action_reverse_part(round(left, 2), "Rendu")
        rows = self.rows()
        for rate in ("20", "10", "5.5"):
            of_rate = [row for row in rows if row["rate"] == rate]
            self.assertFalse(self.total(of_rate), rate)
            self.assertFalse(self.total(of_rate, "tax"), rate)

    def test_an_eco_contribution_counts_with_its_rate(self):
        company = self.seller.company_id
        eco = self.in_company(company)["account.tax"].create(
            {
                "name": "Éco-participation",
                "amount_type": "fixed",
                "amount": 5.0,
                "type_tax_use": "sale",
                "sequence": 1,
                "include_base_amount": True,
            }
        )
        invoice = self.invoice(lines=[(95.0, "20% G")], post=False)
        invoice.invoice_line_ids.tax_ids += eco
        invoice.action_post()
        self.assertEqual(invoice.amount_total, 120.0)
        self.validate(self.submit(invoice))
        (row,) = self.rows()
        found = (row["rate"], row["amount"], row["tax"])
        self.assertEqual(found, ("20", "120.00", "20.00"))

    def test_a_credit_note_counts_against_it(self):
        origin = self.validate(self.uploaded(self.portal, self.portal2, 100))
        note = facturx_xml(
            self.portal,
            self.portal2,
            40,
            type_code="381",
            preceding=origin.document_number,
        )
        self.validate(self.upload(note, self.portal_user))
        self.assertEqual([row["amount"] for row in self.rows()], ["120.00", "-48.00"])

    def test_only_the_period_and_only_what_is_validated(self):
        self.submitted()
        self.validated()
        yesterday = fields.Date.today() - timedelta(days=1)
        self.assertEqual(self.rows(last=yesterday, first=yesterday), [])
        self.assertEqual(len(self.rows(first=yesterday)), 1)

    def test_each_reads_his_own(self):
        self.validated()
        self.validate(self.uploaded(self.portal, self.portal2))
        self.assertEqual(len(self.rows()), 2)
        self.assertEqual(len(self.rows(self.portal_user)), 1)
        self.assertEqual(len(self.rows(self.seller_accountant)), 1)

    def export(self, file_format, user=None):
        today = fields.Date.today()
        wizard = self.by(user or self.reader, self.env["troc.payment.data"]).create(
            {"date_from": today, "date_to": today, "file_format": file_format}
        )
        wizard = wizard.with_context(bin_size=False)
        return wizard, base64.b64decode(wizard.content).decode()

    def test_as_a_file(self):
        content = facturx_xml(self.portal, self.portal2, 100, number="=1+1")
        self.validate(self.upload(content, self.portal_user))
        wizard, text = self.export("csv")
        self.assertTrue(wizard.filename.endswith(".csv"))
        self.assertEqual(wizard.row_count, 1)
        (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
        self.assertEqual((row["amount"], row["invoice"]), ("120.00", "'=1+1"))
        _, text = self.export("json")
        self.assertEqual(json.loads(text), self.rows())

    def test_the_portal_has_no_such_screen(self):
        with self.assertRaises(AccessError):
            self.export("csv", self.portal_user)
