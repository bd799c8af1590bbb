from odoo import fields, models

from odoo.addons.troc_actif_invoice.tools import dec


class TrocInsolvency(models.Model):
    _inherit = "troc.insolvency"

    def _claim_fees(self):
        """Add the fees of before the judgment that are not paid, in euros."""
        # sudo: invoices of the operator, for the manager who declares the claim
        own_sudo = self.sudo()
        return [
            *super()._claim_fees(),
            *own_sudo._claim_invoiced(),
            *own_sudo._claim_to_invoice(),
        ]

    def _claim_invoiced(self):
        before = [("move_id.invoice_date", "<", self.judged_on)]
        moves = self.member_id._unpaid_fee_moves(before).get(self.member_id, ())
        return [(m.name, m.invoice_date, m.amount_residual) for m in moves]

    def _claim_to_invoice(self):
        """Return what no invoice has yet, and so no VAT: better invoiced before."""
        domain = [
            ("member_id", "=", self.member_id.id),
            ("state", "=", "due"),
            ("date", "<", self.judged_on),
        ]
        groups = self.env["troc.fee"]._read_group(domain, [], ["amount:sum"])
        amount = dec(groups[0][0])
        if amount <= 0:
            return []
        eve = fields.Date.subtract(self.judged_on, days=1)
        return [(self.env._("Not invoiced yet, excl. VAT"), eve, float(amount))]
