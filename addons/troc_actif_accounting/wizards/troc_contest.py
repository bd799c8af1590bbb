from odoo import fields, models

from odoo.addons.troc_actif_invoice.public import each_once


class TrocContest(models.TransientModel):
    """Asks a hosted member's accountant what is wrong with a balance."""

    _name = "troc.contest"
    _description = "What is wrong with a balance"

    confirmation_id = fields.Many2one("troc.balance.confirmation", required=True)
    reason = fields.Text("What is wrong", required=True)

    @each_once
    def action_contest(self):
        """Contest the balance as the current user."""
        self.ensure_one()
        self.confirmation_id.action_contest(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
