from odoo import models

from .. import exceptions
from ..lib.actif_rules.errors import RuleError
from .seal import is_sealed


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def unlink(self):
        """An invoice paid in Actifs stays paid until its compensation is reversed.

        The buyer's bill may be opened again: it is reconciled when it is posted.
        """
        if not is_sealed(self.env):
            # sudo: the compensation may be one that the user cannot read
            moves = (self.credit_move_id | self.debit_move_id).move_id.sudo()
            live = moves.troc_compensation_id.filtered(lambda c: c.state == "validated")
            payments = moves.origin_payment_id & live.seller_payment_id
            for compensation in payments.troc_compensation_id:
                error = RuleError(
                    "frozen_by_compensation", compensation=compensation.name
                )
                exceptions.refuse(self.env, error, compensation.document_number)
        return super().unlink()
