"""Journal entries of transfers outside invoices."""

from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    troc_transfer_id = fields.Many2one(
        "troc.transfer",
        "Transfer in Actifs",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The transfer outside invoices that made this journal entry.",
    )

    def write(self, vals):
        if "troc_transfer_id" in vals:
            self._check_troc_journal()
        return super().write(vals)

    @api.constrains("troc_transfer_id")
    def _check_troc_transfer_id(self):
        # also what a default in the context would set
        self.filtered("troc_transfer_id")._check_troc_journal(every=True)

    def action_troc_open_transfer(self):
        return self.troc_transfer_id._get_records_action()
