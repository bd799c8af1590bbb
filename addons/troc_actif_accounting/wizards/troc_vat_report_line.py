from odoo import fields, models

from odoo.addons.troc_actif_invoice.public import each_once

# What makes VAT due; whatever else stands in the tax report is a difference.
SOURCES = ("compensation", "bank", "invoice")
COLUMNS = (
    ("kind", "short"),
    ("name", "text"),
    ("base_compensation", "money"),
    ("base_bank", "money"),
    ("base_invoice", "money"),
    ("compensation", "money"),
    ("bank", "money"),
    ("invoice", "money"),
    ("reported", "money"),
    ("difference", "money"),
)


class TrocVatReportLine(models.TransientModel):
    """One tax, or one box of the tax report, by what made its amounts due."""

    _name = "troc.vat.report.line"
    _description = "Line of the VAT report"
    _order = "is_difference desc, kind desc, id"

    report_id = fields.Many2one(
        "troc.vat.report", required=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="report_id.currency_id")
    kind = fields.Selection([("tax", "Tax"), ("box", "Box of the tax report")])
    name = fields.Char()
    tax_id = fields.Many2one("account.tax")
    tag_id = fields.Many2one("account.account.tag")
    use = fields.Selection(related="tax_id.type_tax_use")
    base_compensation = fields.Monetary("Base by compensation")
    base_bank = fields.Monetary("Base by bank")
    base_invoice = fields.Monetary("Base at the invoice")
    compensation = fields.Monetary("Due by compensation")
    bank = fields.Monetary("Due by bank")
    invoice = fields.Monetary("Due at the invoice")
    reported = fields.Monetary("In the tax report")
    difference = fields.Monetary("Neither payment nor invoice")
    is_difference = fields.Boolean("To explain")

    @each_once
    def action_open_entries(self):
        """Open the journal items, for who may read them."""
        self.ensure_one()
        company = self.report_id._books_read()
        own = (
            [("tax_tag_ids", "in", self.tag_id.ids)]
            if self.kind == "box"
            else [
                ("tax_tag_ids", "!=", False),
                *("|", ("tax_line_id", "=", self.tax_id.id)),
                ("tax_ids", "in", self.tax_id.ids),
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [*self.report_id._period_domain(company), *own],
            "context": {"search_default_group_by_move": 1},
        }

    def _rows(self):
        """Return the values of COLUMNS, a list a line, as they are written down."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return [
            [
                kinds[line.kind] if name == "kind" else line[name]
                for name, _kind in COLUMNS
            ]
            for line in self
        ]
