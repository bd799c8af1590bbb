from odoo import fields, models

from ..public import each_once


class TrocReason(models.TransientModel):
    _inherit = "troc.reason"

    decision = fields.Selection(
        selection_add=[("revoke", "Revoke")], ondelete={"revoke": "cascade"}
    )
    link_id = fields.Many2one("troc.link")

    @each_once
    def action_confirm(self):
        if self.decision != "revoke":
            return super().action_confirm()
        self.link_id.action_revoke(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
