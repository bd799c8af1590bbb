from odoo import api, fields, models
from odoo.tools.date_utils import end_of, subtract

from odoo.addons.troc_actif_invoice.public import each_once


class TrocFeeRun(models.TransientModel):
    """Shows what each member would be invoiced, then invoices it when confirmed."""

    _name = "troc.fee.run"
    _description = "Preparation of fee invoices"

    network_id = fields.Many2one(
        "troc.network",
        required=True,
        default=lambda self: self.env["troc.network"].search([], limit=1),
    )
    currency_id = fields.Many2one(related="network_id.currency_id")
    date_to = fields.Date(
        "Up to",
        required=True,
        default=lambda self: end_of(
            subtract(fields.Date.context_today(self), months=1), "month"
        ),
    )
    member_ids = fields.Many2many(
        "troc.member", string="Members", domain="[('network_id', '=', network_id)]"
    )
    is_prepared = fields.Boolean()
    fee_ids = fields.Many2many("troc.fee", string="Fees", compute="_compute_fee_ids")
    member_count = fields.Integer("Members invoiced", compute="_compute_fee_ids")
    amount = fields.Monetary("Amount excl. VAT", compute="_compute_fee_ids")

    @api.depends("network_id", "date_to", "member_ids", "is_prepared")
    def _compute_fee_ids(self):
        for run in self:
            found = self.env["troc.fee"].browse()
            if run.is_prepared:
                found = found.search(run._domain(), order="member_id, id")
            run.fee_ids = found
            run.member_count = len(found.member_id)
            run.amount = sum(found.mapped("amount"))

    def _domain(self):
        """A correction counts at once, whatever the day: it lessens what is asked."""
        domain = [
            ("network_id", "=", self.network_id.id),
            ("state", "=", "due"),
            ("queued_by_id", "=", False),
            "|",
            ("date", "<=", self.date_to),
            ("number", ">", 1),
        ]
        if self.member_ids:
            domain.append(("member_id", "in", self.member_ids.ids))
        return domain

    @each_once
    def action_prepare(self):
        """Record what is due and show it; nothing is invoiced yet."""
        self.ensure_one()
        self.env["troc.fee"]._prepare_due(self.network_id, self.date_to)
        self.is_prepared = True
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Prepare fee invoices"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    @each_once
    def action_invoice(self):
        """Invoice what is shown."""
        self.ensure_one()
        return self.fee_ids.action_invoice()
