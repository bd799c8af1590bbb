"""How limits grow, when a network warns of them, and how long things may wait."""

from odoo import fields, models


class TrocNetwork(models.Model):
    _inherit = "troc.network"

    growth_percent = fields.Float(
        "Credit limit from sales",
        digits=(5, 2),
        tracking=True,
        help="Percent of the sales in Actifs of the last twelve months; 0 = limits do "
        "not grow by themselves.",
    )
    growth_cap = fields.Monetary(
        "Up to", tracking=True, help="No credit limit grows beyond it by itself."
    )
    warning_percent = fields.Integer(
        "Warn from",
        default=80,
        tracking=True,
        help="Percent of a limit from which the member and his animators are warned; "
        "0 = never.",
    )
    dormant_days = fields.Integer(
        "Dormant credit after",
        default=90,
        tracking=True,
        help="Days without a purchase after which credit counts as dormant; 0 = never.",
    )
    reminder_days = fields.Integer(
        "Remind after",
        default=7,
        tracking=True,
        help="Days that a compensation waits, disputed or not, before both parties and "
        "the animators are reminded; 0 = never.",
    )
    escalation_days = fields.Integer(
        "Escalate after",
        default=14,
        tracking=True,
        help="Days that a compensation waits before the network managers are asked to "
        "settle it; 0 = never.",
    )

    _policy_positive = models.Constraint(
        "CHECK(growth_percent >= 0 AND growth_cap >= 0 AND warning_percent >= 0"
        " AND dormant_days >= 0 AND reminder_days >= 0 AND escalation_days >= 0)",
        "Percentages, amounts and days are zero or more.",
    )
