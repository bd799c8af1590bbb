from odoo import api, models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.seal import is_sealed

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
        return partials

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
        live = moves.troc_compensation_id.filtered(lambda c: c.state == "validated")
        kept = live.seller_payment_id
        if set(moves.mapped("state")) == {"posted"}:
            kept |= live.buyer_payment_id
        for compensation in (moves.origin_payment_id & kept).troc_compensation_id:
            error = RuleError("payment_of_compensation", compensation=compensation.name)
            exceptions.refuse(self.env, error, compensation.document_number)
