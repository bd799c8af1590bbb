import base64

from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.public import each_once


class TrocBookingExport(models.TransientModel):
    """Gives the entries to book of a member, for a period, as CSV or FEC lines."""

    _name = "troc.booking.export"
    _inherit = "troc.period.mixin"
    _description = "Entries to book"

    member_id = fields.Many2one(
        "troc.member", required=True, domain=[("kind", "!=", "hosted")]
    )
    file_format = fields.Selection(
        [("csv", "CSV"), ("fec", "FEC lines")], "Format", required=True, default="csv"
    )
    entry_count = fields.Integer("Entries", compute="_compute_entry_count")
    content = fields.Binary("File", compute="_compute_content")

    _in_order = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day comes after the first one."
    )

    def _lines(self):
        if not (self.member_id and self.date_from and self.date_to):
            return ()
        return self.member_id._bookings(self.date_from, self.date_to)

    @api.depends("member_id", "date_from", "date_to")
    def _compute_entry_count(self):
        for wizard in self:
            wizard.entry_count = len(wizard._lines()) // 2

    @api.depends("member_id", "date_from", "date_to", "file_format")
    def _compute_content(self):
        for wizard in self:
            text = wizard._text() if wizard.member_id else ""
            wizard.content = base64.b64encode(text.encode())

    def _text(self):
        """Return the file in the format chosen."""
        if self.file_format == "fec":
            return self.member_id._bookings_fec(self._lines())
        return self.member_id._bookings_csv(self._lines())

    @each_once
    def action_download(self):
        """Give the file to the browser."""
        self.ensure_one()
        ends = "txt" if self.file_format == "fec" else "csv"
        name = f"ecritures-actifs_{self.date_from}_{self.date_to}.{ends}"
        url = f"/web/content/{self._name}/{self.id}/content/{name}?download=true"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}
