"""Advances: what a hosted buyer paid in Actifs and has no bill of.

VAT is deducted with the bill only, so that each day without it is the buyer's loss.
"""

from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.seal import unsealed

ADVANCE = "troc_actif_accounting.activity_advance"
ACCOUNTANT = "account.group_account_invoice"
# A bill follows its payment within days; after that somebody forgot it.
PATIENCE = timedelta(days=15)
WITHOUT_BILL = [
    ("state", "=", "validated"),
    ("document_type", "=", "invoice"),
    ("buyer_payment_id", "!=", False),
    "|",
    ("bill_id", "=", False),
    ("bill_id.state", "!=", "posted"),
]


class TrocCompensation(models.Model):
    _inherit = "troc.compensation"

    vat_to_deduct = fields.Monetary(
        "VAT not deducted",
        compute="_compute_vat_to_deduct",
        help="The VAT in the part that was paid in Actifs, by the seller's invoice.",
    )

    @api.depends("tax_amount", "actif_amount", "total_amount", "taken_back")
    def _compute_vat_to_deduct(self):
        for compensation in self:
            paid = compensation.actif_amount - compensation.taken_back
            total = compensation.total_amount
            share = paid / total if total else 0
            vat = compensation.tax_amount * share
            compensation.vat_to_deduct = compensation.currency_id.round(vat)

    @api.model
    def _cron_advances(self):
        """Ask the buyers' accountants for bills that do not come; stop asking after."""
        # the scheduled action runs as superuser: all members
        advances = self.search(WITHOUT_BILL)
        (self._asked() - advances).activity_unlink([ADVANCE])
        until = fields.Date.context_today(self) - PATIENCE
        late = advances.filtered(lambda c: c.entry_date <= until) - self._asked()
        for compensation in late:
            compensation._ask_for_bill()

    def _asked(self):
        """Return the compensations whose bill was asked for."""
        found = self.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("activity_type_id", "=", self.env.ref(ADVANCE).id),
            ]
        )
        return self.browse(found.mapped("res_id"))

    def _ask_for_bill(self):
        users = self.buyer_id._users().filtered("active")
        for user in users.filtered(lambda user: user.has_group(ACCOUNTANT)):
            own = self.with_context(lang=user.lang)
            own.activity_schedule(
                ADVANCE,
                user_id=user.id,
                summary=f"{self.seller_id.name}: {self.document_number}",
                note=own.env._(
                    "Paid in Actifs on %(date)s, but its bill is not posted: enter it, "
                    "or press “Attach to a bill”. Until then its VAT is not deducted.",
                    date=fields.Date.to_string(self.entry_date),
                ),
            )


class TrocBillMatch(models.AbstractModel):
    _inherit = "troc.bill.match"

    def _give(self, compensation, bill):
        result = super()._give(compensation, bill)
        # sudo: it may be a colleague's activity
        unsealed(compensation).sudo().activity_unlink([ADVANCE])
        return result
