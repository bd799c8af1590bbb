import base64
import csv
import io
import json

from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.tools import inert

COLUMNS = (
    "status",
    "date",
    "sign",
    "compensation",
    "invoice",
    "seller",
    "buyer",
    "rate",
    "category",
    "amount",
    "tax",
)


class TrocPaymentData(models.TransientModel):
    """Asks for a period, and gives the payment data of the reform as a file."""

    _name = "troc.payment.data"
    _inherit = "troc.period.mixin"
    _description = "Export of payment data"

    file_format = fields.Selection(
        [("csv", "CSV"), ("json", "JSON")], "Format", required=True, default="csv"
    )
    row_count = fields.Integer(compute="_compute_row_count")
    content = fields.Binary("File", compute="_compute_content")
    filename = fields.Char(compute="_compute_content")

    def _rows(self):
        if not (self.date_from and self.date_to):
            return []
        records = self.env["troc.compensation"]
        return records.payment_data(self.date_from, self.date_to)

    @api.depends("date_from", "date_to")
    def _compute_row_count(self):
        for wizard in self:
            wizard.row_count = len(wizard._rows())

    @api.depends("date_from", "date_to", "file_format")
    def _compute_content(self):
        for wizard in self:
            text = getattr(wizard, f"_as_{wizard.file_format or 'csv'}")()
            wizard.content = base64.b64encode(text.encode())
            wizard.filename = (
                f"encaissements-actifs_{wizard.date_from}_{wizard.date_to}"
                f".{wizard.file_format}"
            )

    @each_once
    def action_download(self):
        """Give the file to the browser."""
        self.ensure_one()
        url = f"/web/content/{self._name}/{self.id}/content/{self.filename}"
        return {
            "type": "ir.actions.act_url",
            "url": f"{url}?download=true",
            "target": "self",
        }

    def _as_csv(self):
        """Return the rows with a heading, for a spreadsheet in French (";")."""
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, COLUMNS, delimiter=";")
        writer.writeheader()
        writer.writerows(
            {**row, "invoice": inert(row["invoice"])} for row in self._rows()
        )
        # the mark by which a spreadsheet knows UTF-8
        return "\ufeff" + buffer.getvalue()

    def _as_json(self):
        return json.dumps(self._rows(), ensure_ascii=False, indent=1)
