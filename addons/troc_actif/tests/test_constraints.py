"""What the database itself refuses, whoever writes: the last line of defence."""

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestConstraints(TrocCase):
    def assert_impossible(self, table, record, change, *args):
        query = f"UPDATE {table} SET {change} WHERE id = %s"
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env.cr.execute(SQL(query, *args, record.id))

    def test_members(self):
        self.env.flush_all()
        for change in (
            "balance = -2000.01",
            "balance = 1, balance_limit = 0.99",
            "credit_limit = -1",
            "credit_override = -1",
            # which would make a check of the database pass
            "balance = NULL",
            "credit_override = NULL",
            "balance_limit = NULL",
        ):
            with self.subTest(change):
                self.assert_impossible("troc_account", self.portal.account_id, change)
        hosted = "kind = 'hosted', company_id = NULL"
        self.assert_impossible("troc_member", self.portal, hosted)
        twice = (
            ("siren = %s", self.portal2.siren),
            ("partner_id = %s", self.portal2.partner_id.id),
            ("company_id = %s", self.seller.company_id.id),
            ("account_id = %s", self.seller.account_id.id),
        )
        for change, value in twice:
            with self.subTest(change):
                self.assert_impossible("troc_member", self.portal, change, value)

    def test_compensations(self):
        first = self.uploaded(self.portal, self.portal2, amount=10)
        second = self.uploaded(self.portal, self.portal2, amount=20)
        hosted = self.submitted(amount=30)
        self.env.flush_all()
        for change in (
            "actif_amount = actif_amount + 1",
            "cash_amount = -1, total_amount = actif_amount - 1",
            "actif_amount = 0, cash_amount = total_amount",
            "buyer_id = seller_id",
        ):
            with self.subTest(change):
                self.assert_impossible("troc_compensation", second, change)
        for change, value in (
            ("document_number = LOWER(%s)", first.document_number),
            ("document_sha256 = %s", first.document_sha256),
            ("move_id = %s", hosted.move_id.id),
        ):
            with self.subTest(change):
                self.assert_impossible("troc_compensation", second, change, value)

    def test_what_is_refused_or_reversed_stands_in_nobodys_way(self):
        first = self.uploaded(self.portal, self.portal2, number="F-1")
        self.by(self.animator, first).action_refuse("Prix faux")
        second = self.uploaded(self.portal, self.portal2, number="F-1")
        self.validate(second)
        self.by(self.animator, second).action_reverse("Prix faux")
        self.validate(self.uploaded(self.portal, self.portal2, number="F-1"))
        self.assert_invariants()
