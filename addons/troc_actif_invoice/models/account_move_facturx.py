"""The document of an invoice with an Actif share: what its Factur-X says."""

from collections import defaultdict
from decimal import Decimal

from ..lib.actif_rules.facturx import write as facturx_write
from ..lib.actif_rules.payment_data import VatGroup
from ..tools import dec

# Odoo's words for the nature of what is sold, as BT-23 groups them.
NATURES = {"service": "services", "consu": "goods"}


class AccountMoveFacturx:
    """A part of AccountMove, where its fields stand."""

    __slots__ = ()

    def _troc_terms(self):
        """Return what is to be written into the XML, None without an Actif share."""
        self.ensure_one()
        if self.move_type != "out_invoice" or not self.actif_mention:
            return None
        company = self.company_id
        return facturx_write.ActifTerms(
            mention=self.actif_mention,
            whole=self.currency_id.is_zero(self.cash_amount),
            process=facturx_write.business_process(self._troc_natures()),
            vat_on_payment=self._troc_vat_on_payment(),
            notes=company._troc_invoice_notes(),
            seller=company.partner_id._troc_register_number(),
            buyer=self.commercial_partner_id._troc_register_number(),
        )

    def _troc_natures(self):
        """Return what is sold: a subset of {"goods", "services"}, empty if unknown."""
        lines = self.invoice_line_ids.filtered(lambda ln: ln.display_type == "product")
        found = {
            nature
            for line in lines
            for nature in line.tax_ids.mapped("tax_scope") or [line.product_id.type]
        }
        return {NATURES[nature] for nature in found if nature in NATURES}

    def _troc_vat_on_payment(self):
        """Tell whether all VAT is due on payment: BT-8 is one for the whole invoice."""
        taxes = self.invoice_line_ids.tax_ids.flatten_taxes_hierarchy()
        taxes = taxes.filtered("amount")
        return bool(taxes) and set(taxes.mapped("tax_exigibility")) == {"on_payment"}

    def _troc_document(self):
        """Return (name, bytes) of the invoice as sent; makes it when it never was."""
        self.ensure_one()
        if not self.invoice_pdf_report_id:
            self._troc_make_document()
        if self.invoice_pdf_report_id:
            # the bytes, also for a call whose context asks for sizes of files
            document = self.invoice_pdf_report_id.with_context(bin_size=False)
            return document.name, document.raw
        xml, _errors = self.env["account.edi.xml.cii"]._export_invoice(self)
        return f"{self.name.replace('/', '_')}_factur-x.xml", xml

    def _troc_make_document(self):
        # without wkhtmltopdf the XML alone is kept: it is the invoice for the law
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() == "install":
            return
        self.env["account.move.send"]._generate_and_send_invoices(
            self, sending_methods={"manual"}, allow_fallback_pdf=False
        )

    def _troc_rate(self, line):
        """Return the rate of VAT that is counted on a line, in percent."""
        taxes = line.tax_ids.flatten_taxes_hierarchy()
        rates = taxes.filtered(lambda tax: tax.amount_type != "fixed")
        return dec(max(rates.mapped("amount"), default=0))

    def _troc_vat_groups(self):
        """Return the VatGroups of this invoice, the highest rate first."""
        self.ensure_one()
        bases, taxes = defaultdict(Decimal), defaultdict(Decimal)
        for line in self.invoice_line_ids.filtered(
            lambda ln: ln.display_type == "product"
        ):
            bases[self._troc_rate(line)] += dec(line.price_subtotal)
        for line in self.line_ids.filtered("tax_line_id"):
            amount = dec(self.direction_sign * line.amount_currency)
            if line.tax_line_id.amount_type == "fixed":
                # an eco-contribution is part of what its VAT is counted on
                bases[self._troc_rate(line)] += amount
            else:
                taxes[dec(line.tax_line_id.amount)] += amount
        return [
            VatGroup(rate, "S" if rate else "", base, taxes[rate])
            for rate, base in sorted(bases.items(), reverse=True)
        ]
