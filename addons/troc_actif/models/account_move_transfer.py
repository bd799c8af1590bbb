"""Journal entries of transfers outside invoices."""

from odoo import fields, models

from ..public import each_once


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

    @each_once
    def action_troc_open_transfer(self):
        return self.troc_transfer_id._get_records_action()
