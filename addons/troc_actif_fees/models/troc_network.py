"""What the network asks of its members in euros."""

from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.models.common.managers import all_managers
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once


class TrocNetwork(models.Model):
    _inherit = "troc.network"

    fee_policy_id = fields.Many2one(
        "troc.fee.policy",
        "Fee policy",
        domain="[('network_id', '=', id)]",
        ondelete="restrict",
        copy=False,
        tracking=True,
        help="Of every member without one of their own; empty: no fees.",
    )
    fees_from = fields.Date(
        "Fees from",
        copy=False,
        tracking=True,
        help="What was validated before, and membership years begun before, are free.",
    )
    fees_automatic = fields.Boolean(
        "Invoice without asking",
        copy=False,
        tracking=True,
        help="Each month, what is due is invoiced by itself; else a manager looks at "
        "it and confirms.",
    )
    fees_block = fields.Boolean(
        "Unpaid fees stop validation",
        tracking=True,
        help="A member with overdue fees neither sells nor buys until they are paid.",
    )
    fees_block_days = fields.Integer("Days overdue", default=30, tracking=True)
    fees_run_on = fields.Datetime("Fees worked out on", readonly=True, copy=False)

    _fees_block_days_positive = models.Constraint(
        "CHECK(fees_block_days >= 0)", "Days overdue are zero or more."
    )
    _fees_have_a_start = models.Constraint(
        "CHECK(fee_policy_id IS NULL OR fees_from IS NOT NULL)",
        "Say from which day on fees are asked.",
    )

    @api.constrains("fee_policy_id")
    def _check_fee_policy(self):
        for network in self:
            if network.fee_policy_id.network_id not in (network, network.browse()):
                error = RuleError(
                    "fee_other_network",
                    name=network.fee_policy_id.name,
                    network=network.name,
                )
                exceptions.refuse(self.env, error, network.name)

    @each_once
    def action_setup_fees(self):
        """Create the fee policy and its products (idempotent); nothing is invoiced."""
        for network in self:
            self.env["troc.company.setup"]._setup_fees(network)
        return True

    @each_once
    def action_open_fee_policies(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif_fees.action_fee_policy"
        )
        domain = [("network_id", "=", self.id)]
        return {**action, "domain": domain, "context": {"default_network_id": self.id}}

    def _overdue_domain(self):
        """Return what makes an open fee one that stops validation."""
        today = fields.Date.context_today(self)
        limit = today - timedelta(days=self.fees_block_days)
        return [("move_id.invoice_date_due", "<", limit)]

    def _notify_due(self, fees):
        """Tell the managers that fees wait for their confirmation."""
        self.ensure_one()
        for lang, users in all_managers(self.env).grouped("lang").items():
            own = self.with_context(lang=lang)
            own.message_notify(
                partner_ids=users.partner_id.ids,
                subject=own.env._("Fees to invoice: %s", self.name),
                body=own.env._(
                    "Fees of %s members are due. Look at them and confirm under "
                    "Troc Actif > Fees > Prepare fee invoices.",
                    len(fees.member_id),
                ),
            )
