from odoo import Command, api, fields, models

from odoo.addons.troc_actif_invoice.public import each_once


class TrocReason(models.TransientModel):
    """Asks for the reason of a decision, then calls the public method.

    An addon adds its decision to the selection and a method `_confirm_<decision>`.
    """

    _name = "troc.reason"
    _description = "Reason of a decision"

    decision = fields.Selection(
        [
            ("refuse", "Refuse"),
            ("reverse", "Reverse"),
            ("reverse_part", "Take back a part"),
            ("override", "Validate beyond the limit"),
            ("dispute", "Dispute"),
            ("lift", "Lift the judgment"),
        ],
        required=True,
    )
    compensation_ids = fields.Many2many("troc.compensation")
    transfer_ids = fields.Many2many("troc.transfer")
    loss_ids = fields.Many2many("troc.loss")
    insolvency_ids = fields.Many2many("troc.insolvency")
    reason = fields.Char(required=True)
    override = fields.Boolean(
        "Even beyond a limit", help="Recorded with your name; managers only."
    )
    currency_id = fields.Many2one(related="compensation_ids.currency_id")
    left_amount = fields.Monetary(
        "Left to take back", compute="_compute_left_amount", compute_sudo=True
    )
    amount = fields.Monetary("Amount to take back")

    @api.depends("compensation_ids")
    def _compute_left_amount(self):
        for wizard in self:
            wizard.left_amount = sum(wizard.compensation_ids.mapped("left_amount"))

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        name = self._named_by(self.env.context.get("active_model"))
        if name:
            ids = self.env.context.get("active_ids", [])
            values[name] = [Command.set(ids)]
        return values

    @api.model
    def _named_by(self, model):
        """Return the field for the records that a list of `model` was left with."""
        return "compensation_ids" if model == "troc.compensation" else None

    @each_once
    def action_confirm(self):
        """Carry the decision out as the current user."""
        self.ensure_one()
        done = getattr(self, f"_confirm_{self.decision}")()
        return done or {"type": "ir.actions.client", "tag": "soft_reload"}

    def _records(self):
        return self.compensation_ids or self.transfer_ids

    def _confirm_refuse(self):
        self._records().action_refuse(self.reason)

    def _confirm_dispute(self):
        self.compensation_ids.action_dispute(self.reason)

    def _confirm_reverse(self):
        self.loss_ids.action_reverse(self.reason)
        self._records().action_reverse(self.reason, override=self.override)

    def _confirm_reverse_part(self):
        return self.compensation_ids.action_reverse_part(
            self.amount, self.reason, override=self.override
        )

    def _confirm_lift(self):
        self.insolvency_ids.action_lift(self.reason)

    def _confirm_override(self):
        if self.transfer_ids:
            return self.transfer_ids.action_post_override(self.reason)
        return self.compensation_ids.action_validate_override(self.reason)
