"""An invoice with an Actif share says so in its Factur-X, in the standard's terms."""

from odoo import models

from ..lib.actif_rules.facturx import write as facturx_write

BANK_RULES = ("seller_payment_instructions_1", "seller_payment_instructions_2")


class AccountEdiXmlCii(models.AbstractModel):
    _inherit = "account.edi.xml.cii"

    def _export_invoice(self, invoice):
        xml, errors = super()._export_invoice(invoice)
        terms = invoice._troc_terms()
        return (facturx_write.write_terms(xml, terms) if terms else xml), errors

    def _export_invoice_constraints(self, invoice, vals):
        constraints = super()._export_invoice_constraints(invoice, vals)
        if invoice.actif_share and not invoice.cash_amount:
            # nothing is to be transferred, so no bank account is needed
            constraints.update(dict.fromkeys(BANK_RULES))
        return constraints
