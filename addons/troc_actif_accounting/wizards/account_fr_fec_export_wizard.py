"""The FEC of a company that compensates: each line names its piece."""

import base64
import csv
import io

from odoo import fields, models

from odoo.addons.troc_actif_invoice.public import each_once

PIECE_REF, ENTRY_NUMBER = 8, 2
NO_PIECE = "-"
ADMINISTRATOR = "account.group_account_manager"


class L10nFrFecExportWizard(models.TransientModel):
    _inherit = "l10n_fr.fec.export.wizard"

    troc_file = fields.Binary("File", readonly=True, attachment=False)

    @each_once
    def create_fec_report_action(self):
        """Give the file to the browser, where no other module does.

        Odoo's Community edition has the wizard and no way to download what it makes.
        """
        action = super().create_fec_report_action()
        if action:
            return action
        made = self.generate_fec()
        self.troc_file = base64.b64encode(made["file_content"])
        url = f"/web/content/{self._name}/{self.id}/troc_file/{made['file_name']}"
        return {
            "type": "ir.actions.act_url",
            "url": f"{url}?download=true",
            "target": "self",
        }

    def generate_fec(self):
        """Put the entry's own number where Odoo writes "-" for the piece.

        PieceRef is required (article A47 A-1, VII 2° of the LPF), and an accountant
        ticks a compensation against its invoice by it. A customer invoice has no other
        reference than its number, which is the number of its entry.
        """
        self._troc_lock_year()
        made = super().generate_fec()
        if self.env.company.troc_journal_id:
            made["file_content"] = with_pieces(made["file_content"])
        return made

    def _troc_lock_year(self):
        """Lock the year that the final file is of, for who administers the accounting.

        Odoo writes the lock on the company, which is the right of who administers Odoo.
        """
        locked = self.env.company.fiscalyear_lock_date
        later = not locked or locked < self.date_to
        if self.test_file or not later or not self.env.user.has_group(ADMINISTRATOR):
            return
        # sudo: the one field, as Odoo's own export does; the right is checked above
        self.env.company.sudo().fiscalyear_lock_date = self.date_to


def with_pieces(content):
    """Return the lines of a FEC (bytes) without an empty reference of a piece."""
    rows = csv.reader(io.StringIO(content.decode(), newline=""), delimiter="|")
    written = io.StringIO()
    writer = csv.writer(written, delimiter="|", lineterminator="\r\n")
    for row in rows:
        if row[PIECE_REF] == NO_PIECE:
            row[PIECE_REF] = row[ENTRY_NUMBER]
        writer.writerow(row)
    return written.getvalue()[:-2].encode()
