from odoo import fields, models

from ..public import each_once


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    troc_journal_id = fields.Many2one(related="company_id.troc_journal_id")
    troc_account_id = fields.Many2one(
        related="company_id.troc_account_id", readonly=False
    )

    troc_mention = fields.Char(related="company_id.troc_mention", readonly=False)
    troc_allow_full_share = fields.Boolean(
        related="company_id.troc_allow_full_share", readonly=False
    )
    troc_allow_half_share = fields.Boolean(
        related="company_id.troc_allow_half_share", readonly=False
    )
    troc_allow_free_share = fields.Boolean(
        related="company_id.troc_allow_free_share", readonly=False
    )
    troc_share_base = fields.Selection(
        related="company_id.troc_share_base", readonly=False
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
