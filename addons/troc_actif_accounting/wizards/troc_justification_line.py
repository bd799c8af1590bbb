from odoo import fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once

COLUMNS = (
    ("date", "date"),
    ("cause", "text"),
    ("reference", "text"),
    ("label", "text"),
    ("books_entry", "short"),
    ("register_entry", "short"),
    ("books_amount", "money"),
    ("register_amount", "money"),
    ("difference", "money"),
)


class TrocJustificationLine(models.TransientModel):
    """One movement in the books, in the register, or in both."""

    _name = "troc.justification.line"
    _description = "Line of a justification"
    _order = "is_difference desc, date, id"
    _rec_name = "reference"

    justification_id = fields.Many2one(
        "troc.justification", required=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one("res.currency")
    date = fields.Date()
    is_difference = fields.Boolean("To explain")
    cause = fields.Selection(
        [
            ("by_hand", "Entry by hand on the account"),
            ("reversal_missing", "The reversal is missing in the books"),
            ("entry_missing", "The entry is missing in the books"),
            ("register_missing", "The register does not hold it"),
            ("amount", "The amounts differ"),
            ("date", "The dates differ"),
        ],
        "What is wrong",
    )
    reference = fields.Char()
    label = fields.Char()
    books_entry = fields.Char("Entry in the books")
    register_entry = fields.Char("Entry in the register")
    books_move_id = fields.Many2one("account.move", ondelete="set null")
    compensation_id = fields.Many2one("troc.compensation", ondelete="set null")
    transfer_id = fields.Many2one("troc.transfer", ondelete="set null")
    books_amount = fields.Monetary("In the books")
    register_amount = fields.Monetary("In the register")
    difference = fields.Monetary()

    @each_once
    def action_open_record(self):
        """Open the entry for who may read it, else what made it."""
        self.ensure_one()
        move = self.books_move_id
        if move and move.has_access("read"):
            return move._get_records_action()
        made_by = self.compensation_id or self.transfer_id
        if not made_by:
            error = RuleError("entry_in_their_books", company=self._company_name())
            exceptions.refuse(
                self.env, error, self.books_entry or self.reference or "/"
            )
        return made_by._get_records_action()

    def _company_name(self):
        return self.justification_id.company_name

    def _rows(self):
        """Return the values of COLUMNS, a list a line, as they are written down."""
        causes = dict(self._fields["cause"]._description_selection(self.env))
        return [
            [
                causes.get(line.cause, "") if name == "cause" else line[name]
                for name, _kind in COLUMNS
            ]
            for line in self
        ]
