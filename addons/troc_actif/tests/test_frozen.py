"""A submitted invoice, its amounts and its file stay as they are."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestFrozen(TrocCase):
    def changes(self, move):
        """Return what would change a document that was submitted."""
        own = self.by(self.seller_accountant, move)
        line = [Command.update(own.invoice_line_ids.ids[0], {"price_unit": 1.0})]
        return (
            (own.write, {"actif_share": 50}),
            (own.write, {"actif_share_choice": "50"}),
            (own.write, {"state": "draft"}),
            (own.write, {"state": "draft", "invoice_line_ids": line}),
            (own.button_draft,),
            (own.button_cancel,),
        )

    def test_a_submitted_or_validated_invoice_is_frozen(self):
        compensation = self.submitted(share=100)
        move = compensation.move_id
        for _state in ("submitted", "validated"):
            for change in self.changes(move):
                self.assert_refused("frozen_by_compensation", move.name, *change)
            if compensation.state == "submitted":
                self.validate(compensation)
        self.assertEqual((move.state, move.actif_share), ("posted", 100))
        self.assertEqual(move.payment_state, "paid")
        self.assert_invariants()

    def test_what_is_refused_is_free_again(self):
        compensation = self.submitted(share=100)
        self.by(self.animator, compensation).action_refuse("Prix faux")
        own = self.by(self.seller_accountant, compensation.move_id)
        own.actif_share = 50
        own.button_draft()
        own.invoice_line_ids.price_unit = 500.0
        own.action_post()
        again = self.submit(compensation.move_id)
        self.assertEqual(again.actif_amount, 300.0)
        self.assertEqual(compensation.actif_amount, 1200.0)

    def test_the_document_is_kept_as_it_was(self):
        compensation = self.submitted(share=100)
        sha256 = compensation.document_sha256
        self.validate(compensation)
        self.assertEqual(compensation.document_sha256, sha256)
        attachment = compensation.message_main_attachment_id
        user = new_test_user(
            self.env,
            "troc_both",
            "base.group_user,account.group_account_manager,base.group_system,"
            "troc_actif.group_troc_manager",
        )
        for change in (
            lambda a: a.write({"raw": b"%PDF-1.4 autre"}),
            lambda a: a.write({"res_id": 0, "res_model": False}),
            lambda a: a.unlink(),
        ):
            with self.assertRaises(AccessError):
                change(self.by(user, attachment))
