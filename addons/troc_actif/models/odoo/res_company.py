from odoo import fields, models

from .res_company_transfer import ResCompanyTransfer


class ResCompany(
    ResCompanyTransfer,
    models.Model,
):
    _inherit = "res.company"

    # The accounts that say, in a hosted member's books, what a transfer was
    troc_expense_account_id = fields.Many2one(
        "account.account",
        "Given in Actifs",
        ondelete="restrict",
        help="Expense for Actifs given or voided outside invoices; 658000 if empty.",
    )
    troc_income_account_id = fields.Many2one(
        "account.account",
        "Received in Actifs",
        ondelete="restrict",
        help="Income for Actifs received outside invoices; 758000 if empty.",
    )
    troc_suspense_account_id = fields.Many2one(
        "account.account",
        "Corrections in Actifs",
        ondelete="restrict",
        help="For corrections and opening balances, to be cleared by the accountant; "
        "471000 if empty.",
    )
