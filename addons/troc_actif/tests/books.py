"""What the books say, in the words of an accountant."""

from odoo import fields


class Books:
    """Reads entries and balances; mixed into the test cases."""

    def entry(self, move):
        """Return a journal entry as (account code, partner, debit, credit) rows."""
        return [
            (
                line.account_id.with_company(move.company_id).code,
                line.partner_id.name or "",
                line.debit,
                line.credit,
            )
            for line in move.line_ids.sorted(lambda line: (-line.debit, line.id))
        ]

    def assert_entry(self, move, debit, credit, amount):
        """One entry of two lines: `debit` and `credit` are (account code, member)."""
        self.assertEqual(
            self.entry(move),
            [
                (debit[0], debit[1].partner_id.name, amount, 0.0),
                (credit[0], credit[1].partner_id.name, 0.0, amount),
            ],
        )
        self.assertEqual(move.state, "posted")

    def assert_table(self, compensation, amount):
        """The bold rows of the table in ACCOUNTING.md stand in all books, no others.

        Seller D 467x / C 411, buyer D 401 / C 467x, register D seller / C buyer, each
        with the same amount, date and reference.
        """
        seller, buyer = compensation.seller_id, compensation.buyer_id
        expected = {
            compensation.register_move_id: (("808000", seller), ("808000", buyer))
        }
        if seller.kind == "hosted":
            move = compensation.seller_payment_id.move_id
            expected[move] = (("467800", buyer), ("411100", buyer))
        if buyer.kind == "hosted":
            move = compensation.buyer_payment_id.move_id
            expected[move] = (("401100", seller), ("467800", seller))
        for move, (debit, credit) in expected.items():
            self.assert_entry(move, debit, credit, amount)
            self.assertEqual(move.date, fields.Date.today())
            self.assertIn(compensation.document_number, move.ref)
            self.assertIn(compensation.name, move.ref)
            self.assertTrue(move.inalterable_hash)
        self.assertEqual(
            compensation.entry_ids, self.env["account.move"].union(*expected)
        )
        self.assertEqual(compensation.actif_amount, amount)
        self.assertEqual(
            compensation.cash_amount, round(compensation.total_amount - amount, 2)
        )

    def assert_reversed(self, compensation):
        """Every entry has its reversal, the payments read "reversed"."""
        originals = compensation.entry_ids.filtered(lambda m: not m.reversed_entry_id)
        reversals = compensation.entry_ids - originals
        self.assertEqual(reversals.reversed_entry_id, originals)
        self.assertEqual(len(reversals), len(originals))
        for move in reversals:
            mirror = [(*row[:2], row[3], row[2]) for row in self.entry(move)]
            self.assertCountEqual(mirror, self.entry(move.reversed_entry_id))
            self.assertTrue(move.inalterable_hash)
        payments = compensation.seller_payment_id | compensation.buyer_payment_id
        self.assertEqual(set(payments.mapped("state")) or {"reversed"}, {"reversed"})
        self.assertEqual(compensation.state, "reversed")

    def balance_of(self, company, code):
        """Return debit - credit of the posted items on accounts that start so."""
        lines = self.in_company(company)["account.move.line"].search(
            [
                ("company_id", "=", company.id),
                ("account_id.code", "=like", f"{code}%"),
                ("parent_state", "=", "posted"),
            ]
        )
        return round(sum(lines.mapped("balance")), 2)

    def vat_due(self, company, code="44571"):
        """Return the VAT that the company owes: credit balance of 44571."""
        return -self.balance_of(company, code)

    def snapshot(self, company, *codes):
        """Return the balances of these accounts, to be compared with later."""
        return {code: self.balance_of(company, code) for code in codes}

    def assert_moved(self, company, before, **expected):
        """Since `before` these accounts moved by so much (`a44571=-200.0`)."""
        now = self.snapshot(company, *before)
        moved = {f"a{code}": round(now[code] - before[code], 2) for code in before}
        self.assertEqual(moved, {**dict.fromkeys(moved, 0.0), **expected})

    def refresh_statistics(self):
        """Tell PostgreSQL of the rows of this transaction, as on a database in use.

        Without statistics it takes minutes for what else takes a second.
        """
        self.env.flush_all()
        self.env.cr.execute(
            "ANALYZE account_move, account_move_line, account_payment,"
            " account_partial_reconcile"
        )

    def assert_invariants(self, network=None):
        """All eight invariants hold: as asserted after every scenario."""
        run = self.env["troc.verification"]._run(network or self.network)
        broken = run.line_ids.filtered(lambda line: not line.held)
        self.assertFalse(broken, broken.mapped(lambda b: (b.code, b.breaches)))
        self.assertEqual(len(run.line_ids), 8)
