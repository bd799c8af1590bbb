from odoo import models


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    def build_qr_code_base64(self, amount, *args, **kwargs):
        """Ask in the code of an invoice for its euros alone (`_generate_qr_code`)."""
        amount = self.env.context.get("troc_due_now", amount)
        return super().build_qr_code_base64(amount, *args, **kwargs)
