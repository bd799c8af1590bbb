from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.public import each_once


class TrocLimitDecision(models.TransientModel):
    """Answers a member's request, through `action_grant` or `action_refuse`."""

    _name = "troc.limit.decision"
    _description = "Answer to a request for limits"

    request_id = fields.Many2one("troc.limit.request", required=True)
    currency_id = fields.Many2one(related="request_id.currency_id")
    member_id = fields.Many2one(related="request_id.member_id")
    balance = fields.Monetary(related="request_id.balance")
    wish = fields.Char(related="request_id.reason", string="Why the member asks")
    credit_now = fields.Monetary(related="member_id.credit_limit")
    ceiling_now = fields.Monetary(related="member_id.balance_limit")
    answer = fields.Selection(
        [("grant", "Grant"), ("refuse", "Refuse")], required=True, default="grant"
    )
    credit_limit = fields.Monetary(
        "New credit limit", compute="_compute_limits", store=True, readonly=False
    )
    balance_limit = fields.Monetary(
        "New balance limit",
        compute="_compute_limits",
        store=True,
        readonly=False,
        help="0 = no ceiling.",
    )
    reason = fields.Char(required=True)

    @api.depends("request_id")
    def _compute_limits(self):
        for wizard in self:
            wizard.credit_limit = wizard.request_id.wanted_credit
            wizard.balance_limit = wizard.request_id.wanted_ceiling

    @each_once
    def action_confirm(self):
        """Carry the answer out as the current user."""
        self.ensure_one()
        if self.answer == "grant":
            limits = self.credit_limit, self.balance_limit
            self.request_id.action_grant(*limits, self.reason)
        else:
            self.request_id.action_refuse(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
