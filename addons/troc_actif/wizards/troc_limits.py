from odoo import api, fields, models


class TrocLimits(models.TransientModel):
    """Changes a member's limits with a reason, through `action_set_limits`."""

    _name = "troc.limits"
    _description = "Limits of a member"

    member_id = fields.Many2one("troc.member", required=True)
    currency_id = fields.Many2one(related="member_id.currency_id")
    balance = fields.Monetary(related="member_id.balance")
    credit_limit = fields.Monetary(
        "Credit limit", compute="_compute_limits", store=True, readonly=False
    )
    balance_limit = fields.Monetary(
        "Balance limit",
        compute="_compute_limits",
        store=True,
        readonly=False,
        help="0 = no ceiling.",
    )
    reason = fields.Char(required=True)
    excess = fields.Boolean("Record the excess as an override")

    @api.depends("member_id")
    def _compute_limits(self):
        for wizard in self:
            wizard.credit_limit = wizard.member_id.credit_limit
            wizard.balance_limit = wizard.member_id.balance_limit

    def action_confirm(self):
        """Apply the limits as the current user."""
        self.ensure_one()
        return self.member_id.action_set_limits(
            self.credit_limit, self.balance_limit, self.reason, self.excess
        )
