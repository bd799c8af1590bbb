"""How an invoice with an Actif share is sent."""

from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _get_default_invoice_edi_format(self, move, **kwargs):
        """Make it a Factur-X where its customer has no format of his own.

        Odoo puts the XML into every PDF, but only the PDF of a Factur-X is a PDF/A-3.
        Where the company lacks what a Factur-X must say (a mail, a telephone, a VAT
        number that an association has not), the invoice still leaves as Odoo makes it.
        """
        wanted = super()._get_default_invoice_edi_format(move, **kwargs)
        if wanted or not move.actif_mention:
            return wanted
        _xml, missing = self.env["account.edi.xml.cii"]._export_invoice(move)
        return wanted if missing else "facturx"
