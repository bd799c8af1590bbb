from odoo import fields, models

from odoo.addons.troc_actif_invoice.public import each_once


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    troc_journal_id = fields.Many2one(related="company_id.troc_journal_id")
    troc_account_id = fields.Many2one(
        related="company_id.troc_account_id", readonly=False
    )

    troc_expense_account_id = fields.Many2one(
        related="company_id.troc_expense_account_id", readonly=False
    )
    troc_income_account_id = fields.Many2one(
        related="company_id.troc_income_account_id", readonly=False
    )
    troc_suspense_account_id = fields.Many2one(
        related="company_id.troc_suspense_account_id", readonly=False
    )

    troc_recovery_note = fields.Char(
        related="company_id.troc_recovery_note", readonly=False
    )
    troc_penalty_note = fields.Char(
        related="company_id.troc_penalty_note", readonly=False
    )
    troc_discount_note = fields.Char(
        related="company_id.troc_discount_note", readonly=False
    )

    @each_once
    def action_troc_setup(self):
        """Set the current company up for Actifs."""
        self.company_id.action_troc_setup()
        return {"type": "ir.actions.client", "tag": "reload"}
