from odoo import api, models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.seal import is_sealed, sealed

from ... import exceptions


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        """Actifs do not become euros: what a credit note takes back goes back first."""
        partials = super().create(vals_list)
        if not is_sealed(self.env):
            # sudo: the compensation may be one that the user cannot read
            moves_sudo = (
                partials.credit_move_id | partials.debit_move_id
            ).move_id.sudo()
            moves_sudo.filtered("reversed_entry_id")._troc_check_goes_back()
            for partial_sudo in partials.sudo():
                partial_sudo._follow_advance()
        return partials

    def _follow_advance(self):
        """Whoever sets a payment in Actifs off by hand says which bill it is of.

        Against anything else it would pay what was not traded.
        """
        moves = (self.credit_move_id | self.debit_move_id).move_id
        for payment in moves.origin_payment_id.filtered("troc_compensation_id"):
            compensation = payment.troc_compensation_id
            other = moves - payment.move_id
            if payment == compensation.buyer_payment_id and other:
                self._follow_to(compensation, other)

    def _follow_to(self, compensation, other):
        bill = compensation.bill_id
        if other == bill:
            return
        if bill.state == "posted" and other.is_invoice():
            error = RuleError(
                "advance_of_other_bill",
                compensation=compensation.name,
                bill=bill.display_name,
            )
            exceptions.refuse(self.env, error, other.display_name)
        if other.is_invoice():
            self.env["troc.bill.match"]._check_may_be(compensation, other)
            sealed(compensation).bill_id = other
        elif bill.state != "posted":
            error = RuleError("advance_needs_bill", compensation=compensation.name)
            exceptions.refuse(self.env, error, other.display_name)

    @api.ondelete(at_uninstall=False)
    def _unlink_not_of_compensation(self):
        """A document paid in Actifs stays paid until its compensation is reversed.

        The buyer's bill may be opened again: it is reconciled when it is posted.
        """
        if not is_sealed(self.env):
            # sudo: the compensation may be one that the user cannot read
            for partial in self.sudo():
                partial._check_not_of_compensation()

    def _check_not_of_compensation(self):
        moves = (self.credit_move_id | self.debit_move_id).move_id
        acts = moves.troc_compensation_id | moves.troc_carries_id
        live = acts.filtered(lambda c: c.state == "validated")
        kept = live.seller_payment_id
        if set(moves.mapped("state")) == {"posted"}:
            kept |= live.buyer_payment_id
        own = (moves.origin_payment_id & kept).troc_compensation_id
        if set(moves.mapped("state")) == {"posted"}:
            own |= live & moves.troc_carries_id
        for compensation in own:
            error = RuleError("payment_of_compensation", compensation=compensation.name)
            exceptions.refuse(self.env, error, compensation.document_number)
