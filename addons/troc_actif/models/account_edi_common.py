"""Odoo's importer, for a file that comes from a member: two doors are closed."""

from odoo import models

from odoo.addons.base.models.res_bank import sanitize_account_number


class AccountEdiCommon(models.AbstractModel):
    _inherit = "account.edi.common"

    def _import_partner(self, *args, **kwargs):
        """Take the member himself: a file creates no partner and changes none."""
        partner_id = self.env.context.get("troc_import_partner_id")
        if partner_id:
            return self.env["res.partner"].browse(partner_id), []
        return super()._import_partner(*args, **kwargs)

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
