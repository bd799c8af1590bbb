from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    troc_closing_date = fields.Date(
        "Actif account presented at",
        copy=False,
        readonly=True,
        help="The closing date at which this entry shows a negative Actif account "
        "among the liabilities, or the one of the entry that it takes back.",
    )
