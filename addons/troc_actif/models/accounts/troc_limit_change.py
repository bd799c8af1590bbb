from odoo import fields, models

from odoo.addons.troc_actif_invoice.public import each_once

LIMIT_KINDS = [
    ("default", "New member"),
    ("set", "Decision"),
    ("request", "Request granted"),
    ("temporary", "Temporary"),
    ("ended", "End of a temporary limit"),
    ("growth", "Growth with sales"),
    ("override", "Override"),
]


class TrocLimitChange(models.Model):
    """One change of a member's limits, or one override of them: who, why, when.

    Written by the methods of `troc.member` alone, and never changed afterwards.
    """

    _name = "troc.limit.change"
    _description = "Change of a limit"
    _inherit = ["troc.kept.mixin"]
    _order = "id desc"
    _rec_name = "member_id"

    member_id = fields.Many2one(
        "troc.member", required=True, readonly=True, ondelete="cascade", index=True
    )
    network_id = fields.Many2one(related="member_id.network_id", store=True)
    territory_id = fields.Many2one(related="member_id.territory_id", store=True)
    currency_id = fields.Many2one(related="member_id.currency_id")
    kind = fields.Selection(LIMIT_KINDS, required=True, readonly=True, index=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        "Decided by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    reason = fields.Char(required=True, readonly=True)
    credit_before = fields.Monetary("Credit limit before", readonly=True)
    credit_after = fields.Monetary("Credit limit", readonly=True)
    ceiling_before = fields.Monetary("Balance limit before", readonly=True)
    ceiling_after = fields.Monetary("Balance limit", readonly=True)
    excess = fields.Monetary(
        "Beyond the limit",
        readonly=True,
        aggregator=None,
        help="What was let pass beyond the limits at that moment.",
    )
    is_override = fields.Boolean(
        "Let pass", readonly=True, help="It let the member pass beyond a limit."
    )
    until = fields.Date(readonly=True, help="Last day of a temporary limit.")
    compensation_id = fields.Many2one(
        "troc.compensation", readonly=True, index="btree_not_null"
    )
    # no right of members to read transfers
    transfer_id = fields.Many2one(
        "troc.transfer",
        readonly=True,
        index="btree_not_null",
        groups="base.group_user",
    )

    @each_once
    def action_open_act(self):
        """Open what was let pass: a compensation, or a transfer."""
        self.ensure_one()
        # sudo: which of the two; opening it asks for the user's own right
        act = self.compensation_id or self.sudo().transfer_id.sudo(False)
        return act._get_records_action() if act else False
