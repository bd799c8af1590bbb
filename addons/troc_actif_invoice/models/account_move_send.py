"""How an invoice with an Actif share is sent."""

from markupsafe import Markup

from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _get_default_mail_body(self, move, mail_template, mail_lang):
        """Say in the mail too what is to be paid in euros: it asks for the total."""
        body = super()._get_default_mail_body(move, mail_template, mail_lang)
        awaited = move._troc_awaited()
        if not body or not awaited:
            return body
        money = move.currency_id.with_context(lang=mail_lang).format
        told = self.with_context(lang=mail_lang).env._(
            "%(mention)s. In Actifs: %(actifs)s. To pay in euros: %(euros)s.",
            mention=move.actif_mention or move.name,
            actifs=money(awaited),
            euros=money(move._troc_due_now()),
        )
        return body + Markup("<p>%s</p>") % told

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
