from odoo import Command, api, fields, models

from ..public import each_once


class TrocReason(models.TransientModel):
    """Asks for the reason of a decision, then calls the public method."""

    _name = "troc.reason"
    _description = "Reason of a decision"

    decision = fields.Selection(
        [
            ("refuse", "Refuse"),
            ("reverse", "Reverse"),
            ("override", "Validate beyond the limit"),
            ("dispute", "Dispute"),
            ("send_back", "Send back"),
            ("cancel", "Give up the deal"),
        ],
        required=True,
    )
    compensation_ids = fields.Many2many("troc.compensation")
    listing_ids = fields.Many2many("troc.listing")
    introduction_ids = fields.Many2many("troc.introduction")
    transfer_ids = fields.Many2many("troc.transfer")
    reason = fields.Char(required=True)
    override = fields.Boolean(
        "Even beyond a limit", help="Recorded with your name; managers only."
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "troc.compensation":
            ids = self.env.context.get("active_ids", [])
            values["compensation_ids"] = [Command.set(ids)]
        return values

    @each_once
    def action_confirm(self):
        """Carry the decision out as the current user."""
        self.ensure_one()
        records = (
            self.compensation_ids
            or self.listing_ids
            or self.introduction_ids
            or self.transfer_ids
        )
        reason = self.reason
        if self.decision == "reverse":
            records.action_reverse(reason, override=self.override)
        elif self.decision == "override":
            name = "post" if self.transfer_ids else "validate"
            return getattr(records, f"action_{name}_override")(reason)
        else:
            getattr(records, f"action_{self.decision}")(reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
