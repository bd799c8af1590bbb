from odoo import fields, models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    troc_role = fields.Selection(
        [("compensation", "Compensations"), ("register", "Register")],
        "Role in Troc Actif",
        readonly=True,
        copy=False,
        help="Entries of this journal are posted by validated compensations alone.",
    )
