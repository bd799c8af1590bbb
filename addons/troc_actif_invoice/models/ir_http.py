from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    """What ends in an accident of Odoo's on any page: told in words instead."""

    _inherit = "ir.http"

    @classmethod
    def _serve_fallback(cls):
        # the database cannot even be asked for such an address
        if "\0" in request.httprequest.path:
            return None
        return super()._serve_fallback()
