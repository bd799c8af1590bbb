"""What the one path alone writes: not even the manager or the administrator can."""

from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.troc_actif_invoice.seal import sealed

from ..models.accounts.troc_account import FIGURES
from .common import TrocCase

SQL = "odoo.sql_db"


@tagged("post_install", "-at_install")
class TestSealed(TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        everything = cls.env["res.groups"].search(
            [
                ("name", "!=", False),
                (
                    "id",
                    "not in",
                    cls.env.ref("base.group_portal").ids
                    + cls.env.ref("base.group_public").ids,
                ),
            ]
        )
        everything = everything.filtered(
            lambda g: cls.env.ref("base.group_user") in g.all_implied_ids
        )
        cls.omnipotent = new_test_user(
            cls.env, "troc_all", "base.group_system,troc_actif.group_troc_manager"
        )
        cls.omnipotent.group_ids += everything
        companies = cls.operator + cls.seller.company_id + cls.buyer.company_id
        for user in cls.admin + cls.omnipotent:
            user.company_ids += companies

    def users(self):
        return self.manager + self.admin + self.omnipotent

    def forged(self, user, records):
        """Yield `records` of `user`, also with contexts that try to be the seal."""
        own = self.by(user, records)
        yield own
        for value in (True, 1, "seal", {}, [], "<object object>"):
            yield own.with_context(troc_seal=value)

    def assert_nobody(self, records, method, *args, users=None, sudo=True):
        """`method` is refused to everyone, with any forged context."""
        for user in users or self.users():
            for own in self.forged(user, records):
                with self.assertRaises(UserError):
                    getattr(own, method)(*args)
            if sudo:
                # what a server action, an import or another addon would do
                with self.assertRaises(UserError):
                    getattr(self.by(user, records).sudo(), method)(*args)

    def test_compensations(self):
        compensation = self.submitted(amount=100)
        values = {
            "state": "validated",
            "actif_amount": 1.0,
            "cash_amount": 119.0,
            "total_amount": 1.0,
            "seller_id": self.portal.id,
            "buyer_id": self.portal.id,
            "document_number": "autre",
            "document_sha256": "0" * 64,
            "document": False,
            "move_id": False,
            "bill_id": False,
            "register_move_id": False,
            "is_disputed": True,
            "dispute_resolution": "Rien",
            "escalated_on": fields.Date.today(),
            "first_validator_id": self.animator.id,
            "override_reason": "Parce que",
            "queued_by_id": self.animator.id,
            "blocked_code": False,
            "entry_ids": [Command.clear()],
        }
        for name, value in values.items():
            self.assert_nobody(compensation, "write", {name: value})
        self.assert_nobody(compensation, "unlink")
        self.assert_nobody(compensation, "copy")
        self.assert_nobody(
            self.env["troc.compensation"],
            "create",
            {
                "network_id": self.network.id,
                "currency_id": self.network.currency_id.id,
                "seller_id": self.portal.id,
                "buyer_id": self.portal2.id,
                "document_number": "1",
                "document_date": fields.Date.today(),
                "total_amount": 1.0,
                "actif_amount": 1.0,
                "state": "validated",
            },
        )
        self.validate(compensation)
        for name, value in values.items():
            self.assert_nobody(compensation, "write", {name: value}, users=self.admin)
        self.assert_nobody(compensation, "unlink", users=self.admin)
        self.assert_invariants()

    def test_balances_and_limits(self):
        for name, value in {
            "balance": 1000.0,
            "credit_limit": 1e6,
            "balance_limit": 1e6,
            "credit_override": 1e6,
            "balance_override": 1e6,
            "override_by_id": self.manager.id,
            "override_reason": "Parce que",
            "temporary_credit": 1e6,
            "temporary_until": fields.Date.today(),
            "near_credit_since": fields.Date.today(),
            "dormant_since": fields.Date.today(),
        }.items():
            self.assert_nobody(self.portal, "write", {name: value})
            self.assert_nobody(
                self.env["troc.member"],
                "create",
                {
                    "partner_id": self._company_partner("Test Nouveau").id,
                    "network_id": self.network.id,
                    name: value,
                },
            )
        self.assert_nobody(self.portal, "unlink", sudo=False)

    def test_accounts(self):
        """No figure of it, and no other account for a member: nobody, by no way."""
        account = self.portal.account_id
        for name in sorted(FIGURES):
            self.assert_nobody(account, "write", {name: False}, users=self.manager)
        for method in ("unlink", "copy"):
            self.assert_nobody(account, method)
        self.assert_nobody(account.browse(), "create", {"balance": 500.0})
        self.assert_nobody(
            account, "write", {"member_ids": [Command.link(self.portal2.id)]}
        )
        other = self.portal2.account_id.id
        self.assert_nobody(self.portal, "write", {"account_id": other})
        self.assert_nobody(
            self.env["troc.member"],
            "create",
            {
                "partner_id": self._company_partner("Test Nouveau").id,
                "network_id": self.network.id,
                "account_id": other,
            },
        )

    def test_an_account_is_read_by_whoever_reads_its_member(self):
        accounts = self.env["troc.account"]
        mine, theirs = self.portal.account_id, self.seller.account_id
        for user, own in (
            (self.portal_user, mine),
            (self.seller_accountant, theirs),
            (self.animator, mine + theirs),
            (self.reader, mine + theirs),
        ):
            found = self.by(user, accounts).search([("id", "in", (mine + theirs).ids)])
            self.assertEqual(found, own, user.login)
            self.assertEqual(len(found.mapped("balance")), len(own))
        for user, other in ((self.portal_user, theirs), (self.seller_accountant, mine)):
            with self.assertRaises(AccessError):
                self.by(user, other).read(["balance"])
        members = self.by(self.portal_user, self.env["troc.member"])
        self.assertEqual(members.search([("balance", "=", 0)]), self.portal)

    def test_an_account_has_one_member(self):
        members = sealed(self.env["troc.member"])
        with self.assertRaises(IntegrityError), mute_logger(SQL):
            members.create(
                {
                    "partner_id": self._company_partner("Test Nouveau").id,
                    "network_id": self.network.id,
                    "account_id": self.portal.account_id.id,
                }
            )

    def test_defaults_in_the_context_are_no_way_in(self):
        partner = self._company_partner("Test Nouveau")
        members = self.by(self.manager, self.env["troc.member"])
        values = {"partner_id": partner.id, "network_id": self.network.id}
        member = members.with_context(
            default_balance=500.0, default_credit_override=500.0
        ).create(values)
        self.assertEqual((member.balance, member.credit_override), (0.0, 0.0))
        self.assertEqual(member.credit_limit, self.network.credit_limit)

    def test_identity_of_a_member_with_a_history(self):
        """The register knows a member by his company, his books by theirs."""
        self.validated(amount=100)
        other = self._company_partner("Test Autre")
        network = self.env["troc.network"].create(
            {"name": "Autre réseau", "company_id": self.operator.id}
        )
        for values in (
            {"partner_id": other.id},
            {"network_id": network.id},
            {"kind": "portal"},
            {"company_id": self.operator.id},
        ):
            self.assert_nobody(self.buyer, "write", values)
        self.by(self.manager, self.buyer).write({"trade": "Communication"})
        self.by(self.manager, self.portal).write({"kind": "linked"})
        self.assert_invariants()

    def test_results_of_the_verification(self):
        run = self.env["troc.verification"]._run(self.network)
        for method, args in (("write", [{"run_by_id": False}]), ("unlink", [])):
            self.assert_nobody(run, method, *args, sudo=False)
        self.assert_nobody(run.line_ids[0], "write", {"held": True}, sudo=False)
        self.assert_nobody(
            run.browse(), "create", {"network_id": self.network.id}, sudo=False
        )

    def test_link_of_an_entry_to_a_compensation(self):
        """It would count as one of its entries."""
        compensation = self.validated(amount=100)
        move = self.bill_of(self.portal, self.seller.company_id, "X", 120.0, tax="")
        link = {"troc_compensation_id": compensation.id}
        self.assert_nobody(move, "write", dict(link))
        self.assert_nobody(
            compensation.register_move_id, "write", {"troc_compensation_id": False}
        )
        self.assert_nobody(
            compensation.seller_payment_id, "write", {"troc_compensation_id": False}
        )
        for model in ("account.move", "account.payment"):
            records = self.by(self.omnipotent, self.env[model]).with_context(
                allowed_company_ids=self.seller.company_id.ids
            )
            for context in ({}, {"default_troc_compensation_id": compensation.id}):
                with self.assertRaises(UserError):
                    records.with_context(**context).create(
                        {} if context else dict(link)
                    )

    def test_set_up_in_use(self):
        compensation = self.validated(amount=100)
        shop = self.seller.company_id
        journal, register = shop.troc_journal_id, self.network.register_journal_id
        other = self.env["account.journal"].search(
            [("company_id", "=", self.operator.id), ("troc_role", "=", False)], limit=1
        )
        account = self.env["account.account"].search(
            [
                ("company_ids", "in", shop.ids),
                ("account_type", "=", "asset_current"),
                ("id", "!=", shop.troc_account_id.id),
            ],
            limit=1,
        )
        for record, values in (
            (journal, {"troc_role": False}),
            (register, {"troc_role": False}),
            (journal, {"restrict_mode_hash_table": False}),
            (register, {"restrict_mode_hash_table": False}),
            (shop, {"troc_journal_id": False}),
            (shop, {"troc_account_id": account.id}),
            (shop, {"troc_account_id": False}),
            (self.network, {"register_journal_id": other.id}),
            (self.network, {"register_journal_id": False}),
            (self.network, {"register_account_id": False}),
            (self.network, {"register_account_id": account.id}),
            (self.network, {"company_id": shop.id}),
        ):
            with self.subTest(f"{record._name} {values}"):
                self.assert_nobody(record, "write", values)
        for line in journal.inbound_payment_method_line_ids:
            self.assert_nobody(line, "write", {"payment_account_id": account.id})
            self.assert_nobody(line, "unlink")
        self.assert_nobody(compensation, "unlink")
        for record in journal, register, self.network:
            for user in self.users():
                with self.assertRaises(Exception) as caught, mute_logger(SQL):
                    self.by(user, record).unlink()
                refusal = caught.exception
                self.assertIsInstance(refusal, (UserError, IntegrityError))
        self.assert_invariants()

    def test_saving_the_settings_of_a_company_in_use(self):
        shop = self.seller.company_id
        account = shop.troc_account_id
        settings = self.env["res.config.settings"].with_company(shop)
        settings.create({}).execute()
        self.assertEqual(shop.troc_account_id, account)
