from odoo import fields, models


class ResCompany(models.Model):
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

    def _troc_method_line(self, direction):
        """Return the payment method line Actif; `direction` is inbound or outbound."""
        self.ensure_one()
        lines = self.troc_journal_id[f"{direction}_payment_method_line_ids"]
        return lines.filtered(lambda line: line.code == "actif")[:1]

    def action_troc_setup(self):
        """Create what these companies miss to take part (idempotent)."""
        for company in self:
            self.env["troc.company.setup"]._setup_company(company)
        return True
