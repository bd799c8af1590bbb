from odoo import fields, models


class TrocReason(models.TransientModel):
    _inherit = "troc.reason"

    decision = fields.Selection(
        selection_add=[("send_back", "Send back"), ("cancel", "Give up the deal")],
        ondelete={"send_back": "cascade", "cancel": "cascade"},
    )
    listing_ids = fields.Many2many("troc.listing")
    introduction_ids = fields.Many2many("troc.introduction")

    def _confirm_send_back(self):
        self.listing_ids.action_send_back(self.reason)

    def _confirm_cancel(self):
        self.introduction_ids.action_cancel(self.reason)
