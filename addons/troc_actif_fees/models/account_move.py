"""The operator's invoices of fees lead to what they ask for."""

from odoo import fields, models

from odoo.addons.troc_actif_invoice.public import each_once


class AccountMove(models.Model):
    _inherit = "account.move"

    troc_fee_ids = fields.One2many("troc.fee", "move_id", "Fees")
    troc_has_fees = fields.Boolean(compute="_compute_troc_has_fees", compute_sudo=True)

    def _compute_troc_has_fees(self):
        for move in self:
            move.troc_has_fees = bool(move.troc_fee_ids)

    @each_once
    def action_open_troc_fees(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif_fees.action_fee"
        )
        return {**action, "domain": [("move_id", "=", self.id)], "context": {}}
