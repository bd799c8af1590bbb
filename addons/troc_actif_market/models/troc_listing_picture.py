import base64
import binascii

from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.models.common.kept import refuse_unsealed
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

from ..pictures import safe_picture

MAX_PICTURES = 6


class TrocListingPicture(models.Model):
    """A picture of a listing: always made anew from its points, never a file kept."""

    _name = "troc.listing.picture"
    _description = "Picture of a listing"
    _order = "sequence, id"

    listing_id = fields.Many2one(
        "troc.listing", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    image = fields.Image(required=True)
    image_512 = fields.Image(
        "Small image", related="image", max_width=512, max_height=512, store=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        pictures = super().create([self._safe(vals) for vals in vals_list])
        for listing in pictures.listing_id:
            if len(listing.picture_ids) > MAX_PICTURES:
                error = RuleError("pictures_too_many", value=MAX_PICTURES)
                exceptions.refuse(self.env, error, listing.name)
        pictures.listing_id._review_again()
        return pictures

    def write(self, vals):
        refuse_unsealed(self, {"listing_id"}, vals)
        done = super().write(self._safe(vals))
        if "image" in vals:
            self.listing_id._review_again()
        return done

    def _safe(self, vals):
        if not vals.get("image"):
            return vals
        try:
            content = base64.b64decode(vals["image"], validate=True)
            content = safe_picture(content)
        except (binascii.Error, ValueError) as error:
            exceptions.refuse(self.env, RuleError("not_a_picture"))
            raise AssertionError from error
        except RuleError as error:
            exceptions.refuse(self.env, error)
        return {**vals, "image": base64.b64encode(content)}
