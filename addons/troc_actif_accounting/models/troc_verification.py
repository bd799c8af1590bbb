from odoo import models

LETTERS = """
    SELECT file.id
      FROM ir_attachment file
      JOIN troc_balance_confirmation confirmation
        ON file.res_model = 'troc.balance.confirmation'
       AND file.res_id = confirmation.id AND file.res_field = 'document'
      JOIN troc_member member ON member.id = confirmation.member_id
     WHERE member.network_id = %(network)s
"""


class TrocVerification(models.Model):
    _inherit = "troc.verification"

    def _kept_files(self):
        """The letters of confirmed balances too."""
        return [*super()._kept_files(), LETTERS]
