from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once

from .. import exceptions


class TrocBillChoice(models.TransientModel):
    """The buyer's accountant says which bill a payment in Actifs is of.

    From a bill that none was found for, or from a compensation whose payment stands on
    the wrong one.  The trade is not touched: nobody else is asked.
    """

    _name = "troc.bill.choice"
    _description = "Bill of a payment in Actifs"

    compensation_id = fields.Many2one(
        "troc.compensation",
        "Payment in Actifs",
        required=True,
        domain="[('id', 'in', compensation_choice_ids)]",
    )
    bill_id = fields.Many2one(
        "account.move",
        required=True,
        domain="[('id', 'in', bill_choice_ids)]",
    )
    compensation_choice_ids = fields.Many2many(
        "troc.compensation", compute="_compute_choices"
    )
    bill_choice_ids = fields.Many2many("account.move", compute="_compute_choices")
    currency_id = fields.Many2one(related="compensation_id.currency_id")
    document_number = fields.Char(related="compensation_id.document_number")
    total_amount = fields.Monetary(
        related="compensation_id.total_amount", string="Total of the seller's invoice"
    )
    actif_amount = fields.Monetary(related="compensation_id.actif_amount")
    bill_total = fields.Monetary(
        related="bill_id.amount_total", string="Total of the bill"
    )
    differs = fields.Boolean(compute="_compute_differs")

    @api.depends("compensation_id", "bill_id")
    def _compute_choices(self):
        match = self.env["troc.bill.match"]
        for wizard in self:
            compensation, bill = wizard.compensation_id, wizard.bill_id
            wizard.compensation_choice_ids = compensation
            wizard.bill_choice_ids = bill
            if self.env.context.get("troc_from_bill") and bill:
                wizard.compensation_choice_ids = match._waiting(bill)
            elif compensation:
                company = compensation.buyer_company_id
                wizard.bill_choice_ids = match._bills(
                    compensation, company, closely=False
                )

    @api.depends("total_amount", "bill_total")
    def _compute_differs(self):
        for wizard in self:
            wizard.differs = wizard.bill_id and wizard.bill_total != wizard.total_amount

    @each_once
    def action_attach(self):
        """Set the payment in Actifs off against this bill, as its accountant."""
        self.ensure_one()
        self.compensation_id.check_access("read")
        self.bill_id.check_access("write")
        own = self.compensation_id
        if own.state not in ("submitted", "validated"):
            own._refuse_state("validated")
        # a bill is written on by who keeps the buyer's books, and nobody else
        if own.buyer_company_id not in self.env.companies:
            error = RuleError("bill_other_company", bill=self.bill_id.display_name)
            exceptions.refuse(self.env, error, own.name)
        self.env["troc.bill.match"]._move_to(own, self.bill_id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
