"""One record named twice in a call is taken once, by every public method."""

import inspect

from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif.tests.facturx_xml import facturx_xml
from odoo.addons.troc_actif.tests.sabotage import Sabotage
from odoo.addons.troc_actif_fees.tests.fees import FeesCase

OURS = "odoo.addons.troc_actif"


def public_methods(model):
    """Yield (name, method) of what callers may name on records, ours alone.

    What Odoo itself defines (create, copy, write…) keeps Odoo's meaning.
    """
    for name, method in inspect.getmembers(type(model), inspect.isfunction):
        if name.startswith("_") or getattr(method, "_api_model", False):
            continue
        if getattr(method, "_api_private", False):
            continue
        homes = [
            vars(cls)[name].__module__
            for cls in type(model).__mro__
            if name in vars(cls) and hasattr(vars(cls)[name], "__module__")
        ]
        if homes and all(home.startswith(OURS) for home in homes):
            yield name, method


@tagged("post_install", "-at_install")
class TestEveryPublicMethod(TrocCase):
    def test_takes_each_record_once(self):
        """No public method of ours runs through the records as a caller names them."""
        found = [
            (name, method_name, method)
            for name, model in self.env.items()
            for method_name, method in public_methods(model)
        ]
        self.assertGreater(len(found), 130)
        bare = {
            f"{model}.{name}"
            for model, name, method in found
            if not getattr(method, "each_once", False)
        }
        self.assertEqual(bare, set(), "each of these needs @each_once")


@tagged("post_install", "-at_install")
class TestNamedTwice(TrocCase):
    def twice(self, user, record):
        return self.by(user, record.browse(record.ids * 3))

    def assert_moved_once(self, giver, taker, amount):
        self.assertEqual(giver.balance, -amount)
        self.assertEqual(taker.balance, amount)
        self.assert_invariants()

    def test_validation_and_reversal(self):
        sold = self.submitted(amount=1000, customer=self.buyer)
        self.twice(self.animator, sold).action_validate()
        self.assertEqual(sold.state, "validated")
        self.assertEqual(len(sold.entry_ids), 3)
        self.assert_moved_once(self.buyer, self.seller, 1200.0)
        self.twice(self.animator, sold).action_reverse("Erreur")
        self.assertEqual(len(sold.entry_ids), 6)
        self.assert_moved_once(self.buyer, self.seller, 0.0)

    def test_below_the_public_methods_too(self):
        """What takes the records makes them a set, whoever calls it."""
        sold = self.uploaded(self.portal, self.portal2, amount=100)
        (sold + sold).with_user(self.animator)._validate_now()
        self.assertEqual(len(sold.entry_ids), 1)
        self.assert_moved_once(self.portal2, self.portal, 120.0)

    def test_a_part_taken_back(self):
        sold = self.validate(self.uploaded(self.portal, self.portal2, amount=100))
        self.twice(self.animator, sold).action_reverse_part(20, "Un article manquait")
        self.assertEqual(len(sold.credit_note_ids), 1)
        self.assert_moved_once(self.portal2, self.portal, 100.0)

    def test_override(self):
        sold = self.uploaded(self.portal, self.portal2, amount=2000)
        self.twice(self.manager, sold).action_validate_override("Vu en comité")
        self.assert_moved_once(self.portal2, self.portal, 2400.0)

    def test_submission_of_an_invoice(self):
        move = self.invoice(amount=100, customer=self.buyer)
        self.twice(self.seller_accountant, move).action_troc_submit()
        self.assertEqual(len(move.troc_compensation_ids), 1)

    def test_upload(self):
        file = self.by(self.animator, self.env["ir.attachment"]).create(
            {
                "name": "facture.xml",
                "raw": facturx_xml(self.portal, self.portal2, 100),
            }
        )
        ids = file.ids * 2
        own = self.by(self.animator, self.env["troc.compensation"])
        self.assertEqual(len(own.submit_attachments(ids)), 1)

    def test_transfer(self):
        transfer = self.transfer(self.seller, self.portal, post=False)
        self.twice(self.manager, transfer).action_post()
        self.assertEqual(len(transfer.entry_ids), 2)
        self.assert_moved_once(self.seller, self.portal, 100.0)
        self.twice(self.manager, transfer).action_reverse("Erreur de membre")
        self.assertEqual(len(transfer.entry_ids), 4)
        self.assert_moved_once(self.seller, self.portal, 0.0)


@tagged("post_install", "-at_install")
class TestDatabaseRefuses(TrocCase):
    def double(self, entry):
        """Post the same entry of the same act again, behind every method of ours."""
        self.env.flush_all()
        columns = SQL(
            "journal_id, date, state, move_type, currency_id, company_id, "
            "troc_compensation_id, troc_transfer_id, reversed_entry_id, auto_post"
        )
        with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            self.env.cr.execute(
                SQL(
                    "INSERT INTO account_move (%s) SELECT %s FROM account_move"
                    " WHERE id = %s",
                    columns,
                    columns,
                    entry.id,
                )
            )

    def test_a_second_entry_of_one_act(self):
        sold = self.validate(self.submitted(amount=10, customer=self.buyer))
        self.by(self.animator, sold).action_reverse("Erreur")
        transfer = self.transfer(self.seller, self.buyer)
        for entry in sold.entry_ids + transfer.entry_ids:
            with self.subTest(entry=entry.name), self.assertRaises(UniqueViolation):
                self.double(entry)


@tagged("post_install", "-at_install")
class TestDoneBefore(Sabotage):
    def test_an_act_posted_twice_in_the_past_is_named(self):
        """As it could happen before the database refused it, balances in step."""
        self.without("account_move_troc_compensation_once")
        posting = self.env["troc.posting"]
        posting._post_register(self.portals, self.network, self.portals.entry_date)
        for member, sign in ((self.portal, 1), (self.portal2, -1)):
            self.sabotage(
                "UPDATE troc_account SET balance = balance + %s WHERE id = %s",
                sign * self.portals.actif_amount,
                member.account_id.id,
            )
        self.assert_only("entries_complete", self.portals.name)


@tagged("post_install", "-at_install")
class TestFeesNamedTwice(FeesCase):
    def test_invoiced_once(self):
        sold = self.traded()
        self.prepared()
        fee = self.fees_of(sold)
        own = self.by(self.manager, fee.browse(fee.ids * 2))
        own.action_invoice()
        self.assertEqual(len(fee.move_id.invoice_line_ids), 1)
        self.assertEqual(fee.move_id.amount_untaxed, fee.amount)
