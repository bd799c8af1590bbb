"""A member's fees: his own policy, since when he is a member, what he has not paid."""

from odoo import api, fields, models

from .. import exceptions
from ..lib.actif_rules.errors import RuleError
from ..public import each_once
from .troc_fee_due import PAYS_NO_MEMBERSHIP
from .troc_thread_mixin import WHOLE_NETWORK

OPEN = [
    ("move_id.state", "=", "posted"),
    ("move_id.move_type", "=", "out_invoice"),
    ("move_id.payment_state", "in", ("not_paid", "partial")),
]


class TrocMember(models.Model):
    _inherit = "troc.member"

    fee_policy_id = fields.Many2one(
        "troc.fee.policy",
        "Own fee policy",
        domain="[('network_id', '=', network_id)]",
        ondelete="restrict",
        tracking=True,
        groups=WHOLE_NETWORK,
        help="Instead of the network's; empty: as everybody.",
    )
    member_since = fields.Date(
        tracking=True,
        help="Membership years begin on this day, the first time with the share.",
    )
    fee_ids = fields.One2many("troc.fee", "member_id", "Fees", groups=WHOLE_NETWORK)
    fee_count = fields.Integer(
        "Fee lines", compute="_compute_fees", compute_sudo=True, groups=WHOLE_NETWORK
    )
    unpaid_fees = fields.Monetary(
        compute="_compute_fees",
        compute_sudo=True,
        groups=WHOLE_NETWORK,
        help="Open on invoices of fees, incl. VAT.",
    )
    overdue_fees = fields.Monetary(
        compute="_compute_overdue_fees",
        compute_sudo=True,
        groups=WHOLE_NETWORK,
        help="Of these, what stops validation where the network says so.",
    )
    overdue_fee_numbers = fields.Char(
        compute="_compute_overdue_fees", compute_sudo=True, groups=WHOLE_NETWORK
    )
    has_overdue_fees = fields.Boolean(
        compute="_compute_has_overdue_fees",
        compute_sudo=True,
        search="_search_has_overdue_fees",
        groups=WHOLE_NETWORK,
    )

    @api.constrains("fee_policy_id", "network_id")
    def _check_fee_policy(self):
        for member in self.sudo():  # sudo: the field is not for everybody's eyes
            policy = member.fee_policy_id
            if policy and policy.network_id != member.network_id:
                error = RuleError(
                    "fee_other_network",
                    name=policy.name,
                    network=member.network_id.name,
                )
                exceptions.refuse(self.env, error, member.name)

    def _compute_fees(self):
        counts = dict(
            self.env["troc.fee"]._read_group(
                [("member_id", "in", self.ids)], ["member_id"], ["__count"]
            )
        )
        unpaid = self._unpaid_fee_moves([])
        for member in self:
            member.fee_count = counts.get(member, 0)
            moves = unpaid.get(member, self.env["account.move"])
            member.unpaid_fees = sum(moves.mapped("amount_residual"))

    def _compute_overdue_fees(self):
        """In as many queries as there are networks: a batch asks once."""
        for network, members in self.grouped("network_id").items():
            overdue = members._unpaid_fee_moves(network._overdue_domain())
            for member in members:
                moves = overdue.get(member, self.env["account.move"])
                member.overdue_fees = sum(moves.mapped("amount_residual"))
                member.overdue_fee_numbers = ", ".join(moves.mapped("name"))

    @api.depends("overdue_fees")
    def _compute_has_overdue_fees(self):
        for member in self:
            member.has_overdue_fees = member.overdue_fees > 0

    def _search_has_overdue_fees(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: fees of invoices, for animators without any accounting right
        networks = (
            self.env["troc.network"].sudo().search([("fee_policy_id", "!=", False)])
        )
        overdue = self.browse()
        for network in networks:
            domain = [("network_id", "=", network.id), *network._overdue_domain()]
            fees = self.env["troc.fee"].sudo().search([*OPEN, *domain])
            overdue |= fees.member_id
        return [("id", "in" if True in value else "not in", overdue.ids)]

    def _unpaid_fee_moves(self, domain):
        """Return {member: his open invoices of fees} of these members."""
        return dict(
            self.env["troc.fee"]._read_group(
                [("member_id", "in", self.ids), *OPEN, *domain],
                ["member_id"],
                ["move_id:recordset"],
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._begin_membership()
        return members

    def write(self, vals):
        candidates = self.filtered(lambda m: m.state == "candidate")
        done = super().write(vals)
        if "state" in vals:
            candidates._begin_membership()
        return done

    def _begin_membership(self):
        """Note today as the first day of those who are members now, if none is."""
        new = self.filtered(
            lambda m: m.state not in PAYS_NO_MEMBERSHIP and not m.member_since
        )
        if new:
            # sudo: an animator who admits a candidate may not write on members
            new.sudo().member_since = fields.Date.context_today(self)

    def _member_since(self):
        self.ensure_one()
        return self.member_since or self.create_date.date()

    def _fee_policy(self):
        """Return what this member pays by: his own policy, else his network's."""
        self.ensure_one()
        return self.fee_policy_id or self.network_id.fee_policy_id

    @each_once
    def action_open_fees(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("troc_actif.action_fee")
        return {**action, "domain": [("member_id", "in", self.ids)], "context": {}}
