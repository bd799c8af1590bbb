from odoo import api, fields, models

from ..lib.actif_rules.errors import RuleError
from ..lib.actif_rules.share import AllowedShares
from ..lib.actif_rules.terms import ShareTerms
from ..seal import is_sealed
from ..tools import dec
from .account_move_due import AccountMoveDue
from .account_move_facturx import AccountMoveFacturx

# How an invoice is split that nobody's terms speak of: its share, of all of it.
PLAIN = ShareTerms("", AllowedShares(free=True))


class AccountMove(AccountMoveDue, AccountMoveFacturx, models.Model):
    """An invoice with an Actif share: what is due in Actifs and in euros, in words."""

    _inherit = "account.move"

    actif_share = fields.Float(
        "Actif share", digits=(5, 2), copy=False, help="Percent paid in Actifs."
    )
    actif_share_choice = fields.Selection(
        [("0", "0 %"), ("50", "50 %"), ("100", "100 %"), ("other", "Other")],
        "Choice of the Actif share",
        compute="_compute_actif_share_choice",
        inverse="_inverse_actif_share_choice",
    )
    actif_amount = fields.Monetary("In Actifs", compute="_compute_actif_amount")
    cash_amount = fields.Monetary("In euros", compute="_compute_actif_amount")
    actif_mention = fields.Char("Actif mention", compute="_compute_actif_amount")
    troc_share_ok = fields.Boolean(
        "Actif share allowed", compute="_compute_actif_amount"
    )
    troc_share_possible = fields.Boolean(
        "Actif share possible", compute="_compute_actif_amount"
    )

    _actif_share_range = models.Constraint(
        "CHECK(actif_share >= 0 AND actif_share <= 100)",
        "An Actif share lies between 0 and 100 %.",
    )

    @api.depends("actif_share")
    def _compute_actif_share_choice(self):
        for move in self:
            exact = {0.0: "0", 50.0: "50", 100.0: "100"}
            move.actif_share_choice = exact.get(move.actif_share, "other")

    @api.onchange("actif_share_choice")
    def _inverse_actif_share_choice(self):
        for move in self.filtered(
            lambda m: m.actif_share_choice not in (False, "other")
        ):
            move.actif_share = float(move.actif_share_choice)

    @api.depends("actif_share", "amount_total", "amount_untaxed", "company_id")
    def _compute_actif_amount(self):
        for move in self:
            terms = move._troc_share_terms()
            split = move._troc_split_or_none(terms or PLAIN)
            move.actif_amount = float(split.actif) if split else 0.0
            move.cash_amount = float(split.cash) if split else move.amount_total
            move.actif_mention = terms.words(split.share) if split and terms else ""
            move.troc_share_possible = bool(terms)
            move.troc_share_ok = bool(terms) and terms.accept(dec(move.actif_share))

    def _troc_share_terms(self):
        """Return the ShareTerms that rule this invoice, None where nobody has any.

        Those of its company, once that is set up; a network has its own.
        """
        self.ensure_one()
        # sudo: the mention is printed for whoever may print the invoice
        company_sudo = self.company_id.sudo()
        return (
            company_sudo._troc_share_terms() if company_sudo.troc_journal_id else None
        )

    def _troc_split_or_none(self, terms):
        if not self.actif_share or self.amount_total <= 0:
            return None
        try:
            return self._troc_split(terms)
        except RuleError:
            return None

    def _troc_split(self, terms):
        """Return the split of this invoice under these ShareTerms (RuleError)."""
        self.ensure_one()
        return terms.split(
            dec(self.amount_total), dec(self.actif_share), dec(self.amount_untaxed)
        )

    @api.depends("actif_share")
    def _compute_preferred_payment_method_line_id(self):
        # Only at 100 %: as the preferred method it takes the IBAN off the invoice.
        result = super()._compute_preferred_payment_method_line_id()
        for move in self.filtered(
            lambda m: m.is_sale_document() and m.actif_share == 100
        ):
            line = move.company_id.sudo()._troc_method_line("inbound")
            if line:
                move.preferred_payment_method_line_id = line
        return result

    def _get_fields_to_copy_recurring_entries(self, values):
        # a copy begins without a share; what comes back each month keeps it
        values = super()._get_fields_to_copy_recurring_entries(values)
        return {**values, "actif_share": self.actif_share}

    def write(self, vals):
        if "actif_share" in vals and not is_sealed(self.env):
            # printed before, it bears another mention, or none
            changed = self.filtered(lambda m: m.actif_share != vals["actif_share"])
            changed.filtered("invoice_pdf_report_id")._detach_attachments()
        return super().write(vals)
