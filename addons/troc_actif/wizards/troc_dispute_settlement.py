from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.public import each_once


class TrocDisputeSettlement(models.TransientModel):
    """Guides an animator through the ends that a dispute can take.

    It calls the public methods that do them; a part of an invoice is settled by a
    credit note of what was validated, or by another invoice.
    """

    _name = "troc.dispute.settlement"
    _description = "Settlement of a dispute"

    compensation_id = fields.Many2one("troc.compensation", required=True)
    currency_id = fields.Many2one(related="compensation_id.currency_id")
    actif_amount = fields.Monetary(related="compensation_id.actif_amount")
    dispute_reason = fields.Char(related="compensation_id.dispute_reason")
    disputed_by_id = fields.Many2one(related="compensation_id.disputed_by_id")
    disputed_on = fields.Datetime(related="compensation_id.disputed_on")
    outcome = fields.Selection(
        [
            ("validate", "The invoice is right: validate it"),
            ("refuse", "The invoice is wrong: refuse it"),
            ("credit_note", "In part: validate it, a credit note will follow"),
            ("new_invoice", "In part: refuse it, a corrected invoice will follow"),
            ("lift", "Settled: lift the dispute, validate later"),
        ],
        required=True,
        default="validate",
    )
    resolution = fields.Char(
        compute="_compute_resolution", store=True, readonly=False, required=True
    )

    @api.depends("outcome")
    def _compute_resolution(self):
        for wizard in self:
            wizard.resolution = wizard._words()

    def _words(self):
        """Return the words to begin with, for both parties."""
        return {
            "validate": self.env._("The invoice is right: it is validated."),
            "refuse": self.env._("The invoice is wrong: it is refused."),
            "credit_note": self.env._(
                "Settled in part: the invoice is validated, and the seller sends a "
                "credit note of the part in dispute."
            ),
            "new_invoice": self.env._(
                "Settled in part: the invoice is refused, and the seller sends a "
                "corrected one."
            ),
            "lift": self.env._("The parties agree: the dispute is lifted."),
        }.get(self.outcome, "")

    @each_once
    def action_confirm(self):
        """Carry the settlement out as the current user."""
        self.ensure_one()
        compensation = self.compensation_id
        if self.outcome in ("refuse", "new_invoice"):
            compensation.action_refuse(self.resolution)
        else:
            compensation.action_lift_dispute(self.resolution)
        if self.outcome in ("validate", "credit_note"):
            return compensation.action_validate()
        return {"type": "ir.actions.client", "tag": "soft_reload"}
