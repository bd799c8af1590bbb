from odoo import fields, models


class TrocReason(models.TransientModel):
    _inherit = "troc.reason"

    decision = fields.Selection(
        selection_add=[("revoke", "Revoke")], ondelete={"revoke": "cascade"}
    )
    link_id = fields.Many2one("troc.link")

    def _confirm_revoke(self):
        self.link_id.action_revoke(self.reason)
