from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    troc_expense_account_id = fields.Many2one(
        related="company_id.troc_expense_account_id", readonly=False
    )
    troc_income_account_id = fields.Many2one(
        related="company_id.troc_income_account_id", readonly=False
    )
    troc_suspense_account_id = fields.Many2one(
        related="company_id.troc_suspense_account_id", readonly=False
    )
    troc_in_network = fields.Boolean(
        "Member of a network",
        compute="_compute_troc_in_network",
        compute_sudo=True,
        help="The words and shares of its network count, not its own.",
    )

    @api.depends("company_id")
    def _compute_troc_in_network(self):
        for settings in self:
            domain = [("company_id", "=", settings.company_id.id)]
            members = self.env["troc.member"].search_count(domain, limit=1)
            settings.troc_in_network = bool(members)
