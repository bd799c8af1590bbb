from odoo import fields, models

from ..lib.actif_rules import siren


class ResPartner(models.Model):
    _inherit = "res.partner"

    troc_member_ids = fields.One2many(
        "troc.member",
        "partner_id",
        "Memberships",
        groups="troc_actif.group_troc_animator",
    )

    def _troc_register_number(self):
        """Return the SIREN or SIRET of the company, empty when none is known."""
        self.ensure_one()
        number = siren.compact(self.company_registry or "")
        if siren.siren_of(number):
            return number
        return siren.siren_from_vat(self.vat or "") or ""
