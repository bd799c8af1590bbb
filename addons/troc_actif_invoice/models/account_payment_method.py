from odoo import api, models

from ..exceptions import refuse_set_up
from ..seal import is_sealed

KEPT = frozenset(("payment_account_id", "payment_method_id", "journal_id"))


class AccountPaymentMethod(models.Model):
    _inherit = "account.payment.method"

    @api.model
    def _get_payment_method_information(self):
        # "unique": it adds itself to no journal, and one journal a company has it
        information = super()._get_payment_method_information()
        return {**information, "actif": {"mode": "unique", "type": ("bank",)}}


class AccountPaymentMethodLine(models.Model):
    _inherit = "account.payment.method.line"

    def write(self, vals):
        if KEPT & vals.keys():
            self._refuse_set_up()
        return super().write(vals)

    def unlink(self):
        self._refuse_set_up()
        return super().unlink()

    def _refuse_set_up(self):
        """The account that Actifs are posted to must stay that of the company."""
        kept = self.filtered(lambda line: line.journal_id.troc_role)
        if kept and not is_sealed(self.env):
            refuse_set_up(kept)
