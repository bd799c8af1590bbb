"""Each of the eight invariants is really watched: broken by SQL, it is reported."""

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.troc_actif_invoice.seal import sealed

from .facturx_xml import facturx_xml
from .sabotage import Sabotage


@tagged("post_install", "-at_install")
class TestVerify(Sabotage):
    def test_0_nothing_is_broken(self):
        self.assert_invariants()

    def test_1_register_sums_to_zero(self):
        line = self.register_line(self.portals, self.portal)
        self.sabotage(
            "UPDATE account_move_line SET balance = balance + 7 WHERE id = %s", line.id
        )
        self.sabotage(
            "UPDATE troc_account SET balance = balance + 7 WHERE id = %s",
            self.portal.account_id.id,
        )
        self.assert_only("register_sums_to_zero", "7")

    def test_2_an_entry_that_is_missing(self):
        move = self.portals.register_move_id
        self.sabotage(
            "UPDATE account_move SET troc_compensation_id = NULL WHERE id = %s", move.id
        )
        self.assert_only("entries_complete", self.portals.name)

    def test_2_an_entry_too_many(self):
        move = self.invoice(amount=600.0, tax="")
        self.sabotage(
            "UPDATE account_move SET troc_compensation_id = %s WHERE id = %s",
            self.hosted.id,
            move.id,
        )
        self.assert_only("entries_complete", self.hosted.name)

    def test_2_another_amount_or_date(self):
        for change in (
            "actif_amount = 60, cash_amount = 60",
            "entry_date = entry_date - 1",
        ):
            with self.subTest(change), self.env.cr.savepoint() as savepoint:
                self.sabotage(
                    f"UPDATE troc_compensation SET {change} WHERE id = %s",
                    self.portals.id,
                )
                self.assert_only("entries_complete", self.portals.name)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_2_validated_without_entries(self):
        self.sabotage(
            "UPDATE troc_compensation SET state = 'validated' WHERE id = %s",
            self.waiting.id,
        )
        self.assert_only("entries_complete", self.waiting.name)

    def test_2_reversed_without_reversals(self):
        self.sabotage(
            "UPDATE troc_compensation SET state = 'reversed' WHERE id = %s",
            self.portals.id,
        )
        self.assert_only("entries_complete", self.portals.name)

    def test_2_the_payment_of_a_hosted_seller_is_missing(self):
        self.sabotage(
            "UPDATE troc_compensation SET seller_payment_id = NULL WHERE id = %s",
            self.hosted.id,
        )
        self.assert_only("entries_complete", self.hosted.name, {"amounts_add_up"})

    def test_2_a_loss_whose_shares_do_not_add_up(self):
        self.by(self.manager, self.portal).action_record_judgment(
            fields.Date.today(), "liquidation"
        )
        action = self.by(self.manager, self.portal.insolvency_ids).action_write_off()
        loss = self.env["troc.loss"].browse(action["res_id"])
        loss.reason = "Certificat"
        self.by(self.manager, loss).action_post()
        self.assert_invariants()
        self.sabotage("UPDATE troc_loss SET amount = amount - 1 WHERE id = %s", loss.id)
        self.assert_only("entries_complete", loss.name)

    def test_3_an_entry_by_hand_on_the_members_account(self):
        shop = self.seller.company_id
        env = self.in_company(shop)
        journal = env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", shop.id)], limit=1
        )
        expense = env["account.account"].search(
            [("company_ids", "in", shop.ids), ("code", "=like", "658%")], limit=1
        )
        values = {
            "journal_id": journal.id,
            "line_ids": [
                Command.create({"account_id": account.id, "name": "", side: 5.0})
                for account, side in (
                    (shop.troc_account_id, "debit"),
                    (expense, "credit"),
                )
            ],
        }
        move = self.by(self.seller_accountant, env["account.move"]).create(values)
        with self.assertRaises(UserError):
            move.action_post()
        sealed(env["account.move"]).browse(move.id).action_post()
        self.assert_only("books_match_register", move.name)
        # the remedy that the guide names heals it
        self.by(self.seller_accountant, move)._reverse_moves(cancel=True)
        self.assert_invariants()

    def test_3_another_amount_in_the_members_book(self):
        move = self.hosted.buyer_payment_id.move_id
        line = move.line_ids.filtered(
            lambda line: line.account_id == self.buyer.company_id.troc_account_id
        )
        self.sabotage(
            "UPDATE account_move_line SET date = date - 1 WHERE id = %s", line.id
        )
        run = self.env["troc.verification"]._run(self.network)
        broken = run.line_ids.filtered(lambda line: not line.held)
        self.assertEqual(broken.mapped("code"), ["books_match_register"])
        # both lines that have no match: the book's and the register's
        self.assertEqual(broken.breaches.count(self.buyer.name), 2)
        self.assertEqual(broken.breaches.count(self.hosted.name), 2)

    def test_4_limits(self):
        """Beyond the limit, and nobody knows who allowed it, or why."""
        for change in (
            "override_by_id = NULL",
            "override_on = NULL",
            "override_reason = NULL",
            "override_reason = ''",
        ):
            with self.subTest(change), self.env.cr.savepoint() as savepoint:
                self.sabotage(
                    f"UPDATE troc_account SET {change} WHERE id = %s",
                    self.portal.account_id.id,
                )
                self.assert_only("limits_kept", self.portal.name)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_4_beyond_the_limit_and_the_override(self):
        self.without("troc_account_balance_within_credit_limit")
        self.sabotage(
            "UPDATE troc_account SET credit_limit = credit_limit - 1 WHERE id = %s",
            self.portal.account_id.id,
        )
        self.assert_only("limits_kept", self.portal.name)

    def test_4_above_the_balance_limit(self):
        self.without("troc_account_balance_within_balance_limit")
        self.sabotage(
            "UPDATE troc_account SET balance_limit = 599 WHERE id = %s",
            self.seller.account_id.id,
        )
        self.assert_only("limits_kept", self.seller.name)

    def test_5_parts_that_do_not_add_up(self):
        self.without("troc_compensation_amounts_add_up")
        self.sabotage(
            "UPDATE troc_compensation SET cash_amount = 1 WHERE id = %s",
            self.portals.id,
        )
        self.assert_only("amounts_add_up", self.portals.name)

    def test_5_a_payment_that_left_its_invoice(self):
        partials = self.hosted.seller_payment_id.move_id.line_ids.matched_debit_ids
        line = partials.credit_move_id
        self.sabotage(
            "DELETE FROM account_partial_reconcile WHERE id IN %s", tuple(partials.ids)
        )
        self.sabotage(
            "UPDATE account_move_line SET amount_residual = balance WHERE id = %s",
            line.id,
        )
        self.assert_only("amounts_add_up", self.hosted.name)

    def test_5_more_than_the_invoice(self):
        self.sabotage(
            "UPDATE account_move SET amount_total = 599 WHERE id = %s",
            self.hosted.move_id.id,
        )
        self.assert_only("amounts_add_up", self.hosted.name)

    def test_5_more_taken_back_than_compensated(self):
        content = facturx_xml(
            self.portal,
            self.portal2,
            10,
            type_code="381",
            preceding=self.portals.document_number,
        )
        note = self.upload(content, self.animator)
        self.by(self.manager, note).action_validate_override("Vu en comité")
        self.assertEqual(note.state, "validated")
        self.assert_invariants()
        self.sabotage(
            "UPDATE troc_compensation SET origin_id = %s WHERE id = %s",
            self.waiting.id,
            note.id,
        )
        self.assert_only("amounts_add_up", note.name)

    def test_6_the_same_invoice_twice(self):
        self.without("troc_compensation_live_document")
        self.sabotage(
            "UPDATE troc_compensation SET document_number = LOWER(%s) WHERE id = %s",
            self.portals.document_number,
            self.waiting.id,
        )
        self.assert_only("compensated_once", self.waiting.name)
        self.assert_only("compensated_once", self.portals.name)

    def test_6_the_same_file_twice(self):
        self.without("troc_compensation_live_file")
        self.sabotage(
            "UPDATE troc_compensation SET document_sha256 = %s WHERE id = %s",
            self.portals.document_sha256,
            self.waiting.id,
        )
        # which is then not the fingerprint of the file it has
        self.assert_only("compensated_once", self.waiting.name, {"hash_chain_holds"})

    def test_7_a_balance_that_was_changed(self):
        self.sabotage(
            "UPDATE troc_account SET balance = balance + 0.01 WHERE id = %s",
            self.portal2.account_id.id,
        )
        self.assert_only("balances_match_items", self.portal2.name)

    def test_7_of_an_archived_member_too(self):
        self.portal2.active = False
        self.test_7_a_balance_that_was_changed()

    def test_8_a_secured_entry_that_was_altered(self):
        for move in self.hosted.entry_ids:
            line = move.line_ids[0]
            with self.subTest(move.name), self.env.cr.savepoint() as savepoint:
                self.sabotage(
                    "UPDATE account_move_line SET name = 'autre' WHERE id = %s", line.id
                )
                self.assert_only("hash_chain_holds", move.name)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_8_a_hash_that_was_replaced(self):
        move = self.hosted.seller_payment_id.move_id
        for value in ("$4$0000", None):
            with self.subTest(value), self.env.cr.savepoint() as savepoint:
                self.sabotage(
                    "UPDATE account_move SET inalterable_hash = %s WHERE id = %s",
                    value,
                    move.id,
                )
                self.assert_only("hash_chain_holds", move.name)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_8_of_an_archived_member_too(self):
        self.seller.active = False
        self.test_8_a_hash_that_was_replaced()
