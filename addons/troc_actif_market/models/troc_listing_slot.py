from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError


class TrocListingSlot(models.Model):
    """Days on which premises, a machine or people's time are free."""

    _name = "troc.listing.slot"
    _description = "Availability of a listing"
    _order = "date_from, id"

    listing_id = fields.Many2one(
        "troc.listing", required=True, ondelete="cascade", index=True
    )
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True)
    capacity = fields.Integer("Places", help="Desks, hours, pieces free at once.")
    note = fields.Char(size=120)

    _in_order = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day comes after the first one."
    )

    @api.constrains("capacity")
    def _check_capacity(self):
        for slot in self:
            if slot.capacity < 0:
                error = RuleError("listing_quantity")
                exceptions.refuse(self.env, error, slot.listing_id.name)
