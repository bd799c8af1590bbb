from odoo import api, models

from ... import exceptions
from .seal import is_sealed


class TrocKeptMixin(models.AbstractModel):
    """Records that only the methods of this addon write, whoever has which right."""

    _name = "troc.kept.mixin"
    _description = "Records kept by the network"

    @api.model_create_multi
    def create(self, vals_list):
        if not is_sealed(self.env):
            exceptions.refuse_kept(self)
        return super().create(vals_list)

    def write(self, vals):
        if not is_sealed(self.env):
            exceptions.refuse_kept(self)
        return super().write(vals)

    def copy_data(self, default=None):
        return exceptions.refuse_kept(self)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        exceptions.refuse_kept(self)
