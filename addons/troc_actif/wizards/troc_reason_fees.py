from odoo import Command, api, fields, models

from ..public import each_once


class TrocReason(models.TransientModel):
    _inherit = "troc.reason"

    decision = fields.Selection(
        selection_add=[("waive", "Waive")], ondelete={"waive": "cascade"}
    )
    fee_ids = fields.Many2many("troc.fee")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "troc.fee":
            ids = self.env.context.get("active_ids", [])
            values["fee_ids"] = [Command.set(ids)]
        return values

    @each_once
    def action_confirm(self):
        if self.decision != "waive":
            return super().action_confirm()
        self.fee_ids.action_waive(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
