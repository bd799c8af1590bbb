"""Which cash-basis entries a compensation made: told when they are made."""

from odoo import api, fields, models

from odoo.addons.troc_actif.models.common.kept import refuse_unsealed

from .account_move_presentation import AccountMovePresentation


class AccountMove(
    AccountMovePresentation,
    models.Model,
):
    _inherit = "account.move"

    # copied on purpose: Odoo reverses a cash-basis entry by a copy, which takes back
    # what the same compensation made due
    troc_due_by_id = fields.Many2one(
        "troc.compensation",
        "VAT made due by",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The compensation whose payment made this VAT due.",
    )

    # AccountMovePresentation
    troc_closing_date = fields.Date(
        "Actif account presented at",
        copy=False,
        readonly=True,
        help="The closing date at which this entry shows a negative Actif account "
        "among the liabilities, or the one of the entry that it takes back.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Remember the compensation: the link to the reconciliation goes with it.

        A value sent by a caller counts for nothing.
        """
        partials = self.env["account.partial.reconcile"].browse(
            {v["tax_cash_basis_rec_id"] for v in vals_list if self._is_cash_basis(v)}
        )
        due_by = {partial.id: partial._troc_compensation() for partial in partials}
        return super().create(
            [
                {**vals, "troc_due_by_id": self._troc_due_by(vals, due_by)}
                if self._is_cash_basis(vals) or "troc_due_by_id" in vals
                else vals
                for vals in vals_list
            ]
        )

    def write(self, vals):
        refuse_unsealed(self, {"troc_due_by_id"}, vals)
        return super().write(vals)

    def _is_cash_basis(self, vals):
        return bool(vals.get("tax_cash_basis_rec_id"))

    def _troc_due_by(self, vals, due_by):
        if self._is_cash_basis(vals):
            return due_by[vals["tax_cash_basis_rec_id"]].id
        # sudo: the entry that is taken back may be one of another user's
        return self.browse(vals.get("reversed_entry_id")).sudo().troc_due_by_id.id


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def _troc_compensation(self):
        """Return the compensation whose payment this reconciles, if it is one's."""
        # sudo: an accountant may read the entry, not always the compensation
        moves_sudo = (self.debit_move_id | self.credit_move_id).move_id.sudo()
        return moves_sudo.troc_compensation_id[:1]
