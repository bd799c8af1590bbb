from odoo import api, models

from ... import exceptions
from ...lib.actif_rules.errors import RuleError
from .seal import is_sealed


class TrocSealedMixin(models.AbstractModel):
    """Fields that no form, import or RPC call may write: only the methods that do.

    A model lists them in `SEALED_FIELDS`; its own methods write them through
    `seal.sealed`.  `DERIVED_FIELDS` are stored results of other fields, which Odoo
    would let a call overwrite.
    """

    _name = "troc.sealed.mixin"
    _description = "Fields kept by the network"

    SEALED_FIELDS = frozenset()
    DERIVED_FIELDS = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        if not is_sealed(self.env):
            for vals in vals_list:
                self._refuse_sealed_fields(vals)
            # all of them, whatever a default in the context says
            vals_list = [{**vals, **self._sealed_defaults(vals)} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not is_sealed(self.env):
            self._refuse_sealed_fields(vals)
        return super().write(vals)

    def copy_data(self, default=None):
        return [
            {n: v for n, v in vals.items() if n not in self.SEALED_FIELDS}
            for vals in super().copy_data(default)
        ]

    def _sealed_defaults(self, vals):
        """Return what the sealed fields of a new record hold: nothing."""
        return dict.fromkeys(self.SEALED_FIELDS, False)

    def _refuse_sealed_fields(self, vals):
        """Refuse what is written by hand, over screens or RPC."""
        names = (self.SEALED_FIELDS | self.DERIVED_FIELDS) & vals.keys()
        if names:
            labels = [self._fields[n]._description_string(self.env) for n in names]
            error = RuleError("frozen", state=self.env._("kept by the network"))
            exceptions.refuse(self.env, error, ", ".join(sorted(labels)))
