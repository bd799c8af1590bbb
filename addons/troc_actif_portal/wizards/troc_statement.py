from odoo import fields, models

from odoo.addons.troc_actif_invoice.public import each_once


class TrocStatement(models.TransientModel):
    """Asks for a period, last month by default, and prints members' statements."""

    _name = "troc.statement"
    _inherit = "troc.period.mixin"
    _description = "Statements of a period"

    member_ids = fields.Many2many(
        "troc.member",
        required=True,
        default=lambda self: self.env.context.get("active_ids", []),
    )
    _in_order = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day comes after the first one."
    )

    @each_once
    def action_print(self):
        """Print one statement a member, as far as the user may read him."""
        self.ensure_one()
        report = self.env.ref("troc_actif_portal.action_report_statement_period")
        return report.report_action(self)
