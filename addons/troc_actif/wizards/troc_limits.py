from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.public import each_once


class TrocLimits(models.TransientModel):
    """Changes a member's limits, for good or until a day, with a reason.

    Through `action_set_limits` and `action_set_temporary_limits`.
    """

    _name = "troc.limits"
    _description = "Limits of a member"

    member_id = fields.Many2one("troc.member", required=True)
    currency_id = fields.Many2one(related="member_id.currency_id")
    balance = fields.Monetary(related="member_id.balance")
    temporary_until = fields.Date(related="member_id.temporary_until")
    duration = fields.Selection(
        [("good", "For good"), ("time", "Until a day")],
        "How long",
        required=True,
        default="good",
    )
    extra_credit = fields.Monetary("Extra credit")
    extra_ceiling = fields.Monetary("Extra ceiling")
    until = fields.Date("Last day")
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

    @each_once
    def action_confirm(self):
        """Apply the limits as the current user."""
        self.ensure_one()
        if self.duration == "time":
            extra = self.extra_credit, self.extra_ceiling
            return self.member_id.action_set_temporary_limits(
                *extra, self.until, self.reason, self.excess
            )
        return self.member_id.action_set_limits(
            self.credit_limit, self.balance_limit, self.reason, self.excess
        )
