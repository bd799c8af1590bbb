from odoo import api, fields, models

from ..public import each_once


class TrocReason(models.TransientModel):
    """Asks how much to take back, with what is left as the answer proposed."""

    _inherit = "troc.reason"

    decision = fields.Selection(
        selection_add=[("reverse_part", "Take back a part")],
        ondelete={"reverse_part": "cascade"},
    )
    currency_id = fields.Many2one(related="compensation_ids.currency_id")
    left_amount = fields.Monetary(
        "Left to take back", compute="_compute_left_amount", compute_sudo=True
    )
    amount = fields.Monetary("Amount to take back")

    @api.depends("compensation_ids")
    def _compute_left_amount(self):
        for wizard in self:
            wizard.left_amount = sum(wizard.compensation_ids.mapped("left_amount"))

    @each_once
    def action_confirm(self):
        if self.decision != "reverse_part":
            return super().action_confirm()
        return self.compensation_ids.action_reverse_part(
            self.amount, self.reason, override=self.override
        )
