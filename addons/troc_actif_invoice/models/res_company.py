from odoo import api, fields, models

from .. import exceptions
from ..exceptions import refuse_set_up
from ..lib.actif_rules import mention
from ..lib.actif_rules.errors import RuleError
from ..lib.actif_rules.share import AllowedShares
from ..lib.actif_rules.terms import ShareTerms
from ..public import each_once
from ..seal import is_sealed

# What the set-up makes, once.
MADE = ("troc_journal_id", "troc_account_id")


class ResCompany(models.Model):
    """What a company has and says to be paid in Actifs."""

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

    troc_mention = fields.Char(
        "Mention of the Actif share",
        required=True,
        default=mention.DEFAULT_MENTION,
        help="Printed on invoices; {share} stands for the Actif share.",
    )
    troc_allow_full_share = fields.Boolean("100 %", default=True)
    troc_allow_half_share = fields.Boolean("50 %", default=True)
    troc_allow_free_share = fields.Boolean("Any other share", default=False)
    troc_share_base = fields.Selection(
        [
            ("total", "Total including VAT"),
            ("untaxed", "Amount excluding VAT (the VAT is paid in euros)"),
        ],
        "Base of the Actif share",
        required=True,
        default="total",
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

    @api.constrains("troc_mention")
    def _check_troc_mention(self):
        for company in self:
            try:
                mention.check_template(company.troc_mention or "")
            except RuleError as error:
                exceptions.refuse(self.env, error, company.name)

    def write(self, vals):
        if not is_sealed(self.env):
            for company in self.filtered("troc_journal_id"):
                kept = {name: company[name].id for name in MADE}
                if any(n in vals and vals[n] != kept[n] for n in kept):
                    refuse_set_up(company.sudo().troc_journal_id)
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

    def _troc_open(self):
        """Return the action that shows what an accounting administrator may set up."""
        self.ensure_one()
        view = self.env.ref("troc_actif_invoice.view_company_form")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payments in Actifs"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
        }

    def _troc_share_terms(self):
        """Return the ShareTerms that the company has chosen for its invoices."""
        self.ensure_one()
        allowed = AllowedShares(
            full=self.troc_allow_full_share,
            half=self.troc_allow_half_share,
            free=self.troc_allow_free_share,
        )
        return ShareTerms(self.troc_mention, allowed, self.troc_share_base)

    def _troc_invoice_notes(self):
        """Return the notes that the French reform requires: (subject code, text)."""
        self.ensure_one()
        notes = (
            ("PMT", self.troc_recovery_note),
            ("PMD", self.troc_penalty_note),
            ("AAB", self.troc_discount_note),
        )
        return tuple((subject, text) for subject, text in notes if text)
