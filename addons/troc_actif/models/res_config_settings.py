from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    troc_journal_id = fields.Many2one(related="company_id.troc_journal_id")
    troc_account_id = fields.Many2one(
        related="company_id.troc_account_id", readonly=False
    )

    def action_troc_setup(self):
        """Set the current company up for Actifs."""
        self.company_id.action_troc_setup()
        return {"type": "ir.actions.client", "tag": "reload"}
