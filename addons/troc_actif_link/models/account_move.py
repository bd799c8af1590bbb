from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        register = posted.filtered(lambda move: move.journal_id.troc_role == "register")
        if register:
            self.env["troc.link.entry"]._expect(register)
        return posted
