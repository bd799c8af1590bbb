from odoo import fields, models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    troc_role = fields.Selection(selection_add=[("register", "Register")])
