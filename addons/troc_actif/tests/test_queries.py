"""How many SQL queries a validation takes: counts repeat, times do not."""

from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import tagged

from .common import TrocCase

AT_MOST = 75  # a compensation, at a hundred at once, three books each
SIZES = (1, 25, 100)


@tagged("post_install", "-at_install")
class TestQueries(TrocCase):
    def documents(self, company, tax, rows):
        """Return posted documents, one of each of `rows`, made in one batch."""
        tax_ids = self.tax(company, *tax).ids
        moves = self.in_company(company)["account.move"].create(
            [
                {
                    "invoice_date": fields.Date.today(),
                    "invoice_line_ids": [
                        Command.create(
                            {"name": "x", "price_unit": 100.0, "tax_ids": tax_ids}
                        )
                    ],
                    **row,
                }
                for row in rows
            ]
        )
        moves.action_post()
        return moves

    def prepared(self, count):
        """Return submitted compensations of three books each, with posted bills."""
        shop, client = self.seller.company_id, self.buyer.company_id
        sale = {"move_type": "out_invoice", "partner_id": self.buyer.partner_id.id}
        invoices = self.documents(
            shop, ("20% S",), [{**sale, "actif_share": 50} for _row in range(count)]
        )
        bill = {"move_type": "in_invoice", "partner_id": self.seller.partner_id.id}
        self.documents(
            client,
            ("20% S", "purchase"),
            [{**bill, "ref": invoice.name} for invoice in invoices],
        )
        document = patch.object(
            type(invoices),
            "_troc_document",
            lambda move: (f"{move.id}.xml", f"<x>{move.name}</x>".encode()),
        )
        with document:
            self.by(self.seller_accountant, invoices).action_troc_submit()
        compensations = invoices.troc_compensation_ids
        self.assertEqual(len(compensations.bill_id), count)
        self.assertEqual(set(compensations.bill_id.mapped("state")), {"posted"})
        return compensations

    def measured(self, count):
        """Return the queries a compensation that validating `count` at once takes."""
        compensations = self.prepared(count)
        own = self.by(self.animator, compensations)
        self.refresh_statistics()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        own._check_validators()
        done, _waiting = own._validate_now()
        self.env.flush_all()
        queries = self.env.cr.sql_log_count - before
        self.assertEqual(len(done), count, done.mapped("blocked_reason"))
        self.assertEqual(len(done.entry_ids), 3 * count)
        return queries / count

    def test_queries_a_compensation_fall_with_the_number_at_once(self):
        self.set_limits(self.buyer, 1e6)
        self.measured(1)  # warms the caches up
        found = {count: self.measured(count) for count in SIZES}
        told = ", ".join(f"{n} at once: {q:.1f}" for n, q in found.items())
        self.assertGreater(found[1], found[25], told)
        self.assertGreater(found[25], found[100], told)
        self.assertLessEqual(found[100], AT_MOST, told)
        self.assert_invariants()
