from odoo import models

from ..lib.actif_rules import siren


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _troc_register_number(self):
        """Return the SIREN or SIRET of the company, empty when none is known."""
        self.ensure_one()
        number = siren.compact(self.company_registry or "")
        if siren.siren_of(number):
            return number
        return siren.siren_from_vat(self.vat or "") or ""
