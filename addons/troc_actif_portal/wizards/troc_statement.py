from odoo import fields, models
from odoo.tools.date_utils import end_of, start_of, subtract


class TrocStatement(models.TransientModel):
    """Asks for a period, last month by default, and prints members' statements."""

    _name = "troc.statement"
    _description = "Statements of a period"

    member_ids = fields.Many2many(
        "troc.member",
        required=True,
        default=lambda self: self.env.context.get("active_ids", []),
    )
    date_from = fields.Date(
        "First day",
        required=True,
        default=lambda self: start_of(self._last_month(), "month"),
    )
    date_to = fields.Date(
        "Last day",
        required=True,
        default=lambda self: end_of(self._last_month(), "month"),
    )

    _in_order = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day comes after the first one."
    )

    def _last_month(self):
        return subtract(fields.Date.context_today(self), months=1)

    def action_print(self):
        """Print one statement a member, as far as the user may read him."""
        self.ensure_one()
        report = self.env.ref("troc_actif_portal.action_report_statement_period")
        return report.report_action(self)
