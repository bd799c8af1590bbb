"""What a network says about the links with members' own Odoos."""

import uuid

from odoo import fields, models


class TrocNetwork(models.Model):
    _inherit = "troc.network"

    link_uuid = fields.Char(
        "Identity at the links",
        default=lambda self: str(uuid.uuid4()),
        readonly=True,
        copy=False,
        help="Part of the keys by which entries are known in members' own Odoos; it "
        "must never change.",
    )
    link_calls_per_hour = fields.Integer(
        "Calls of a link per hour",
        default=3600,
        tracking=True,
        help="At most, for each member.",
    )

    _link_calls_positive = models.Constraint(
        "CHECK(link_calls_per_hour > 0)", "A link must be allowed one call at least."
    )

    def write(self, vals):
        # readonly on screens does not bind RPC: another identity doubles all entries
        if "link_uuid" in vals and any(self.mapped("link_uuid")):
            vals = {n: v for n, v in vals.items() if n != "link_uuid"}
        return super().write(vals)
