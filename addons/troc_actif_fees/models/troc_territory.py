"""The part of the fees that goes to a territory's local association."""

from odoo import fields, models

from odoo.addons.troc_actif_invoice.public import each_once


class TrocTerritory(models.Model):
    _inherit = "troc.territory"

    fee_share = fields.Float(
        "Part of the fees",
        digits=(5, 2),
        help="Percent of the fees of its members; 0 = as the fee policy says.",
    )
    analytic_account_id = fields.Many2one(
        "account.analytic.account",
        "Analytic account",
        # of no company: the operator's invoices and their payments must read it
        domain=[("company_id", "=", False)],
        ondelete="restrict",
        groups="account.group_account_readonly,account.group_account_invoice",
        help="The part of the fees is assigned to it on the operator's invoices.",
    )

    _fee_share_range = models.Constraint(
        "CHECK(fee_share >= 0 AND fee_share <= 100)",
        "The part of the local association lies between 0 and 100 %.",
    )

    @each_once
    def action_open_fees(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif_fees.action_fee_report"
        )
        return {**action, "domain": [("territory_id", "in", self.ids)], "context": {}}

    @each_once
    def action_open_analytic_lines(self):
        """Open the analytic lines of the association's part, as an accountant."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Part of the fees: %s", self.name),
            "res_model": "account.analytic.line",
            "view_mode": "pivot,list,graph",
            "domain": [("auto_account_id", "=", self.analytic_account_id.id)],
            "context": {
                "pivot_row_groupby": ["date:month"],
                "pivot_measures": ["amount"],
            },
        }
