from odoo import fields, models

from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import is_sealed

from ...exceptions import refuse_kept
from .res_company_transfer import ResCompanyTransfer


class ResCompany(
    ResCompanyTransfer,
    models.Model,
):
    _inherit = "res.company"

    troc_journal_id = fields.Many2one(
        "account.journal", "Compensation journal", readonly=True, ondelete="restrict"
    )
    troc_account_id = fields.Many2one(
        "account.account",
        "Actif account",
        ondelete="restrict",
        help="A current account (4678xx by default), justified by the network's "
        "statement.",
    )

    troc_recovery_note = fields.Char(
        "Recovery costs (PMT)",
        default="Indemnité forfaitaire pour frais de recouvrement en cas de retard : "
        "40 €.",
        help="Written on invoices with an Actif share: the law requires it.",
    )
    troc_penalty_note = fields.Char(
        "Late payment penalties (PMD)",
        default="Pénalités de retard : trois fois le taux d’intérêt légal.",
        help="Written on invoices with an Actif share: the law requires it.",
    )
    troc_discount_note = fields.Char(
        "Discount for early payment (AAB)",
        default="Pas d’escompte pour paiement anticipé.",
        help="Written on invoices with an Actif share: the law requires it.",
    )

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

    def write(self, vals):
        if not is_sealed(self.env):
            for company in self.filtered("troc_journal_id"):
                kept = {
                    n: company[n].id for n in ("troc_journal_id", "troc_account_id")
                }
                if any(n in vals and vals[n] != kept[n] for n in kept):
                    refuse_kept(company.sudo().troc_journal_id)
        return super().write(vals)

    def _troc_method_line(self, direction):
        """Return the payment method line Actif; `direction` is inbound or outbound."""
        self.ensure_one()
        lines = self.troc_journal_id[f"{direction}_payment_method_line_ids"]
        return lines.filtered(lambda line: line.code == "actif")[:1]

    @each_once
    def action_troc_setup(self):
        """Create what these companies miss to take part (idempotent)."""
        for company in self:
            self.env["troc.company.setup"]._setup_company(company)
        return True

    def _troc_invoice_notes(self):
        """Return the notes that the French reform requires: (subject code, text)."""
        self.ensure_one()
        notes = (
            ("PMT", self.troc_recovery_note),
            ("PMD", self.troc_penalty_note),
            ("AAB", self.troc_discount_note),
        )
        return tuple((subject, text) for subject, text in notes if text)
