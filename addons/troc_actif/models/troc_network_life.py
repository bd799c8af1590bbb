"""What a network decides about the end of memberships."""

from odoo import fields, models


class TrocNetwork(models.Model):
    _inherit = "troc.network"

    notice_days = fields.Integer(
        "Days of notice",
        default=90,
        help="How long a leaving member may still spend what he has, or earn what he "
        "owes. What is left then goes to the network's account, never paid out in "
        "euros.",
    )

    _notice_positive = models.Constraint(
        "CHECK(notice_days >= 0)", "A number of days of notice is zero or more."
    )
