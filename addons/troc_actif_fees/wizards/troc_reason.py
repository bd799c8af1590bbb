from odoo import api, fields, models


class TrocReason(models.TransientModel):
    _inherit = "troc.reason"

    decision = fields.Selection(
        selection_add=[("waive", "Waive")], ondelete={"waive": "cascade"}
    )
    fee_ids = fields.Many2many("troc.fee")

    @api.model
    def _named_by(self, model):
        return "fee_ids" if model == "troc.fee" else super()._named_by(model)

    def _confirm_waive(self):
        self.fee_ids.action_waive(self.reason)
