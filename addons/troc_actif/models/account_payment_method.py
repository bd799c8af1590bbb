from odoo import api, models


class AccountPaymentMethod(models.Model):
    _inherit = "account.payment.method"

    @api.model
    def _get_payment_method_information(self):
        # "unique": it adds itself to no journal, and one journal a company has it
        information = super()._get_payment_method_information()
        return {**information, "actif": {"mode": "unique", "type": ("bank",)}}
