"""Odoo's own pages for addresses: they change no contact that the network keeps."""

from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError


class ActifAddress(CustomerPortal):
    def _prepare_my_account_rendering_values(self, *args, **kwargs):
        values = super()._prepare_my_account_rendering_values(*args, **kwargs)
        kept = request.env.user.partner_id._troc_members()
        return {**values, "troc_kept": bool(kept)}

    def _create_or_update_address(self, partner_sudo, **form):
        """Tell a refusal of the contact in the form, as Odoo tells its own."""
        try:
            with request.env.cr.savepoint():
                return super()._create_or_update_address(partner_sudo, **form)
        except UserError as error:
            if not isinstance(error.__cause__, RuleError):
                raise
            return partner_sudo, {"invalid_fields": [], "messages": [str(error)]}
