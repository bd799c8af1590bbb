"""Compensations bear commissions; unpaid ones may stop the next compensation."""

from odoo import fields, models

from odoo.addons.troc_actif.models.common.troc_thread_mixin import WHOLE_NETWORK
from odoo.addons.troc_actif_invoice.lib.actif_rules import fees
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.tools import dec


class TrocCompensation(models.Model):
    _inherit = "troc.compensation"

    fee_ids = fields.One2many(
        "troc.fee", "compensation_id", "Fees", groups=WHOLE_NETWORK
    )

    def _trade(self):
        """Return this compensation as a commission sees it."""
        self.ensure_one()
        total = dec(self.total_amount)
        return fees.Trade(
            total=total,
            untaxed=dec(self.untaxed_amount) or total,
            actif=dec(self.actif_amount),
        )

    def _fee_base(self, fee):
        """Return what the commission `fee` was first taken of, for its words."""
        lines = self.fee_ids.filtered(lambda line: line.member_id == fee.member_id)
        first = lines.sorted("number")[:1]
        return first.base - first.allowance

    def _apply_rules(self, accounts, override=False):
        # what was paid since they were read; for all of them at once
        members = self.seller_id | self.buyer_id
        members.invalidate_recordset(["overdue_fees", "overdue_fee_numbers"])
        return super()._apply_rules(accounts, override)

    def _check_rules(self):
        checked = super()._check_rules()
        if self.network_id.fees_block and not self._goes_back():
            self._check_fees_paid("seller")
            self._check_fees_paid("buyer")
        return checked

    def _check_fees_paid(self, side):
        member = self[f"{side}_id"]
        if dec(member.overdue_fees) > 0:
            raise RuleError(
                f"{side}_fees_unpaid",
                member=member.name,
                amount=dec(member.overdue_fees),
                number=member.overdue_fee_numbers,
            )
