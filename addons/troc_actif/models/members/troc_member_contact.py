"""What a member's administrator changes of its contact.

The one way for members; `res.partner` refuses every other one.  What changes is logged
there, from what to what.
"""

from odoo import api

from odoo.addons.troc_actif_invoice.public import each_once

from ..common.managers import check_managers
from .troc_contact import CONTACT, CONTACT_VALUES


class TrocMemberContact:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    @api.depends("partner_id.zip", "territory_id")
    def _compute_address_territory_id(self):
        territories = self.env["troc.territory"]
        for member in self:
            code = member.sudo().partner_id.zip
            found = territories._of_postal_code(code)
            member.address_territory_id = found
            member.has_moved = bool(found) and found != member.territory_id

    # -- the company ------------------------------------------------------------------

    def _contact_values(self):
        """Return what stands on the contact of the company, for its own people."""
        self.ensure_one()
        # sudo: portal users read no contact but their own
        partner = self.sudo().partner_id
        values = {name: partner[name] or "" for name in CONTACT}
        return {**values, "iban": partner.bank_ids[:1].acc_number or ""}

    @each_once
    def action_update_contact(self, values: CONTACT_VALUES):
        """Change how the company is reached and paid; administrators only.

        `values`: any of street, street2, zip, city, phone, email, website and iban, as
        texts.  Name, SIREN and VAT number are for the network.  A move to another
        territory changes nothing of who validates: that is told to the network.
        """
        self.ensure_one()
        self._check_administrator()
        self.env["troc.contact"]._update(self.sudo(), values)
        return True

    # -- the territory ---------------------------------------------------------------

    @each_once
    def action_follow_address(self):
        """Move members to the territory of their address; network managers only."""
        check_managers(self)
        for member in self.filtered("has_moved"):
            member.territory_id = member.address_territory_id
        # sudo: another manager may have been asked
        self.sudo().activity_unlink(["troc_actif.activity_moved"])
        return True
