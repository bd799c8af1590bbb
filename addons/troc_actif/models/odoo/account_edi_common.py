"""Odoo's importer, for a file that comes from a member: two doors are closed."""

from odoo import models

from odoo.addons.base.models.res_bank import sanitize_account_number


class AccountEdiCommon(models.AbstractModel):
    _inherit = "account.edi.common"

    def _import_partner(self, company_id, name, phone, email, vat, **kwargs):
        """Take the member himself: a file creates no partner and changes none."""
        partners = self.env["res.partner"]
        partner_id = self.env.context.get("troc_import_partner_id")
        if partner_id:
            return partners.browse(partner_id), []
        found = self._troc_kept_partner(company_id, name, phone, email, vat, **kwargs)
        if found:
            # Odoo would write the file's address on a contact that has none
            return found, []
        return super()._import_partner(company_id, name, phone, email, vat, **kwargs)

    def _troc_kept_partner(self, company_id, name, phone, email, vat, **kwargs):
        """Return the contact that Odoo finds for a file, where the network keeps it."""
        stated = {n: kwargs.get(n) for n in ("peppol_eas", "peppol_endpoint")}
        domain = all(stated.values()) and [(n, "=", v) for n, v in stated.items()]
        partners = self.env["res.partner"].with_company(company_id)
        found = partners._retrieve_partner(
            name=name, phone=phone, email=email, vat=vat, domain=domain
        )
        return found.browse([partner.id for partner in found._troc_kept()])

    def _import_partner_bank(self, invoice, bank_details):
        """Store no bank account: an IBAN in a file is how payments are diverted."""
        if self.env.context.get("troc_import_partner_id"):
            return None
        partner = invoice.partner_id
        if partner._troc_kept():
            known = set(partner.bank_ids.mapped("sanitized_acc_number"))
            bank_details = [
                number
                for number in bank_details
                if sanitize_account_number(number) in known
            ]
        return super()._import_partner_bank(invoice, bank_details)

    def _import_attachments(self, invoice, tree):
        """Unpack nothing that the file carries: the compensation keeps it whole."""
        if self.env.context.get("troc_import_partner_id"):
            return self.env["ir.attachment"]
        return super()._import_attachments(invoice, tree)
