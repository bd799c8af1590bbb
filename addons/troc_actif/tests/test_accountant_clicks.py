"""What an accountant with full rights can click in Odoo's own screens.

Each is refused in words; done all the same, the verification names cause and remedy.
"""

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.troc_actif_invoice.seal import sealed

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestAccountantClicks(TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator_accountant = cls._accountant("operator")

    def setUp(self):
        super().setUp()
        self.shop, self.client = self.seller.company_id, self.buyer.company_id
        self.paid = self.validated(share=100)
        self.post_bill(self.paid.bill_id)
        for user in (
            self.seller_accountant,
            self.buyer_accountant,
            self.operator_accountant,
        ):
            user.group_ids += self.env.ref("account.group_account_manager")

    def assert_only(self, code, *named):
        """Only this invariant is broken, once, in a sentence that names these."""
        run = self.env["troc.verification"]._run(self.network)
        broken = run.line_ids.filtered(lambda line: not line.held)
        self.assertEqual(broken.mapped("code"), [code], broken.mapped("breaches"))
        self.assertEqual(len(broken.breaches.splitlines()), 1, broken.breaches)
        for word in named:
            self.assertIn(word, broken.breaches)

    def behind(self, record, **values):
        """Write as a script of somebody else would."""
        self.env.flush_all()
        for name, value in values.items():
            query = SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(record._table),
                SQL.identifier(name),
                value,
                record.id,
            )
            self.env.cr.execute(query)
        self.env.invalidate_all()

    def entry(self, user, company, account, partner=None, amount=10.0):
        """Return a draft in the general journal of a company, on this account."""
        env = self.in_company(company)
        other = env["account.account"].search(
            [("company_ids", "in", company.ids), ("account_type", "=", "expense")],
            limit=1,
        )
        if account.account_type == "off_balance":
            other = account
        return self.by(user, env["account.move"]).create(
            {
                "journal_id": env["account.journal"]
                .search(
                    [
                        ("company_id", "=", company.id),
                        ("type", "=", "general"),
                        ("troc_role", "=", False),
                    ],
                    limit=1,
                )
                .id,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": one.id,
                            "balance": sign * amount,
                            "partner_id": who.id if who else False,
                        }
                    )
                    for one, sign, who in (
                        (account, 1, partner),
                        (other, -1, None),
                    )
                ],
            }
        )

    # -- the accounts ---------------------------------------------------------

    def test_the_register_account_in_another_journal(self):
        account = self.network.register_account_id
        move = self.entry(
            self.operator_accountant, self.operator, account, self.portal.partner_id
        )
        self.assert_refused("actif_account_kept", move.display_name, move.action_post)
        sealed(move).action_post()
        run = self.env["troc.verification"]._run(self.network)
        broken = run.line_ids.filtered(lambda line: not line.held)
        self.assertEqual(broken.mapped("code"), ["books_match_register"])
        self.assertIn(move.name, broken.breaches)
        move._reverse_moves(cancel=True)
        self.assert_invariants()

    def test_a_reversal_of_something_else_opens_no_door(self):
        account = self.shop.troc_account_id
        expense = self.in_company(self.shop)["account.account"].search(
            [("company_ids", "in", self.shop.ids), ("account_type", "=", "expense")],
            limit=1,
        )
        other = self.entry(self.seller_accountant, self.shop, expense)
        other.action_post()
        move = self.entry(self.seller_accountant, self.shop, account)
        move.reversed_entry_id = other
        self.assert_refused("actif_account_kept", move.display_name, move.action_post)

    def test_what_an_entry_is_of_stays(self):
        """Over RPC, where the form shows no such field to write."""
        note = self.refund(self.paid.move_id, part=0.5, take_back=False)
        own = self.by(self.seller_accountant, note)
        with self.assertRaises(UserError):
            own.reversed_entry_id = False
        vat = self.env["account.move"].search(
            [
                ("tax_cash_basis_origin_move_id", "=", self.paid.move_id.id),
                ("company_id", "=", self.shop.id),
            ]
        )
        own = self.by(self.seller_accountant, vat)
        for values in (
            {"reversed_entry_id": self.paid.move_id.id},
            {"tax_cash_basis_rec_id": False},
        ):
            with self.assertRaises(UserError):
                own.write(values)

    def test_books_of_a_network_elsewhere_are_posted_by_their_link(self):
        """A company with our addons here and its network on another server."""
        self.operator.action_troc_setup()
        move = self.entry(
            self.operator_accountant, self.operator, self.operator.troc_account_id
        )
        move.action_post()
        self.assertEqual(move.state, "posted")
        self.assert_invariants()

    def test_a_posted_line_put_on_the_account(self):
        env = self.in_company(self.shop)
        other = env["account.account"].search(
            [("company_ids", "in", self.shop.ids), ("account_type", "=", "expense")],
            limit=1,
        )
        move = self.entry(self.seller_accountant, self.shop, other)
        move.action_post()
        line = move.line_ids[0]
        self.assert_refused(
            "actif_account_kept",
            move.name,
            line.write,
            {"account_id": self.shop.troc_account_id.id},
        )

    def test_type_and_reconciliation_of_the_accounts(self):
        for user, company, account in (
            (self.seller_accountant, self.shop, self.shop.troc_account_id),
            (
                self.operator_accountant,
                self.operator,
                self.network.register_account_id,
            ),
        ):
            own = self.by(user, account).with_company(company)
            for values in (
                {"account_type": "asset_receivable"},
                {"reconcile": True},
                {"active": False},
            ):
                with self.subTest(company=company.name, values=values):
                    with self.assertRaises(UserError):
                        own.write(values)
            own.write({"name": "Un autre nom", "reconcile": account.reconcile})
            self.behind(account, reconcile=True)
            code = account.with_company(company).code
            self.assert_only("books_match_register", company.name, code or "")
            self.behind(account, reconcile=False)

    # -- entries and invoices -------------------------------------------------

    def test_the_reference_of_a_secured_entry(self):
        entry = self.paid.seller_payment_id.move_id
        own = self.by(self.seller_accountant, entry)
        with self.assertRaises(UserError):
            own.ref = "Autre"
        own.write({"ref": entry.ref})
        self.behind(entry, ref="Autre")
        self.assert_only("hash_chain_holds", self.paid.name, entry.name)

    def test_the_number_of_a_compensated_invoice(self):
        invoice = self.paid.move_id
        own = self.by(self.seller_accountant, invoice)
        for values in (
            {"name": "F/2026/99"},
            {"partner_id": self.portal.partner_id.id},
            {"invoice_date": fields.Date.subtract(invoice.invoice_date, days=1)},
        ):
            self.assert_refused(
                "frozen_by_compensation", invoice.name, own.write, values
            )
        wizard = self.by(self.seller_accountant, self.env["account.resequence.wizard"])
        wizard = wizard.with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"first_name": "F/2026/12/0099"})
        self.assert_refused("frozen_by_compensation", invoice.name, wizard.resequence)
        self.behind(invoice, name="F/2026/99")
        self.assert_only("hash_chain_holds", self.paid.name, "F/2026/99")

    def test_the_vat_of_a_compensation_reversed_by_hand(self):
        vat = self.env["account.move"].search(
            [
                ("tax_cash_basis_origin_move_id", "=", self.paid.move_id.id),
                ("company_id", "=", self.shop.id),
            ]
        )
        own = self.by(self.seller_accountant, vat)
        wizard = (
            self.by(self.seller_accountant, self.env["account.move.reversal"])
            .with_context(active_model="account.move", active_ids=vat.ids)
            .create({"journal_id": vat.journal_id.id})
        )
        self.assert_refused("vat_of_compensation", vat.name, wizard.refund_moves)
        self.assert_refused("vat_of_compensation", vat.name, own._reverse_moves)
        due = self.vat_due(self.shop)
        back = sealed(own)._reverse_moves(cancel=True)
        back.filtered(lambda m: m.state == "draft").action_post()
        self.assertNotEqual(self.vat_due(self.shop), due)
        self.assert_only("entries_complete", self.paid.name, vat.name)
        again = own.browse(back.ids)._reverse_moves(cancel=True)
        again.filtered(lambda m: m.state == "draft").action_post()
        self.assertEqual(self.vat_due(self.shop), due)
        self.assert_invariants()

    def test_a_compensation_still_takes_its_own_vat_back(self):
        before = self.vat_due(self.shop)
        self.by(self.animator, self.paid).action_reverse("Erreur")
        self.assertNotEqual(self.vat_due(self.shop), before)
        self.assert_invariants()

    # -- contacts -------------------------------------------------------------

    def merge(self, *partners, into=None):
        wizards = self.by(self.keeper, self.env["base.partner.merge.automatic.wizard"])
        found = self.env["res.partner"].union(*partners)
        wizards._merge(found.ids, into)

    @property
    def keeper(self):
        return self.env.ref("base.user_admin")

    def test_two_members_are_never_merged(self):
        one, two = self.portal.partner_id, self.portal2.partner_id
        self.assert_refused("merge_members", one.name, self.merge, one, two)

    def test_a_duplicate_is_merged_into_the_member(self):
        """Also where Odoo would keep the other one, and what it had follows."""
        twin = self.env["res.partner"].create({"name": self.portal.name})
        bill = self.written(self.client, twin, [(10, "20% S")], use="purchase")
        self.merge(self.portal.partner_id, twin, into=twin)
        self.assertFalse(twin.exists())
        self.assertEqual(bill.partner_id, self.portal.partner_id)
        self.assertEqual(bill.commercial_partner_id, self.portal.partner_id)
        self.assert_invariants()

    def test_nobody_of_a_secured_entry_is_merged_away(self):
        twin = self.env["res.partner"].create({"name": "Client sécurisé"})
        invoice = self.written(self.shop, twin, [(10, "20% S")])
        invoice.journal_id.restrict_mode_hash_table = True
        invoice.button_hash()
        self.assertTrue(invoice.inalterable_hash)
        self.assert_refused(
            "merge_secured", twin.name, self.merge, self.portal.partner_id, twin
        )

    def test_a_number_in_use_names_whose_it_is(self):
        taken = self.portal.siren
        self.assert_refused(
            "siren_taken", self.portal2.name, self.portal2.write, {"siren": taken}
        )
        partner = self._company_partner("Encore un")
        self.assert_refused("siren_taken", taken, self._member, partner, taken)
