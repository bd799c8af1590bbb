"""A member's fees: his own policy, since when he is a member, what he has not paid."""

from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.models.common.troc_thread_mixin import WHOLE_NETWORK
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once

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

    def _member_since(self):
        self.ensure_one()
        return self.member_since or self.create_date.date()

    def _fee_policy(self):
        """Return what this member pays by: his own policy, else his network's."""
        self.ensure_one()
        return self.fee_policy_id or self.network_id.fee_policy_id

    @each_once
    def action_open_fees(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif_fees.action_fee"
        )
        return {**action, "domain": [("member_id", "in", self.ids)], "context": {}}
