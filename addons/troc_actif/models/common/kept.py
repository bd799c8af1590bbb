"""What asks for the key of `troc_actif_invoice.seal` before it is written.

`troc.kept.mixin` for records that our methods alone make and change,
`troc.sealed.mixin` for some fields of records that people write, and `refuse_unsealed`
for our fields on Odoo's own records, or on some of them.
"""

from odoo import api, models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.seal import is_ours, is_sealed

from ... import exceptions


def refuse_unsealed(records, names, vals):
    """Refuse to write `vals` on `records` by hand, where `names` are among them."""
    if records and names & vals.keys() and not is_sealed(records.env):
        exceptions.refuse_kept(records)


class TrocKeptMixin(models.AbstractModel):
    """Records that only the methods of our addons write, whoever has which right.

    Fields of Odoo's own (messages, activities) stay Odoo's.
    """

    _name = "troc.kept.mixin"
    _description = "Records kept by the network"

    @api.model_create_multi
    def create(self, vals_list):
        if not is_sealed(self.env):
            self._refuse_change()
        return super().create(vals_list)

    def write(self, vals):
        if not is_sealed(self.env) and any(is_ours(self._fields[n]) for n in vals):
            self._refuse_change()
        return super().write(vals)

    def copy_data(self, default=None):
        return self._refuse_change()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_change()

    def _refuse_change(self):
        """Refuse; a model may say more than that it is kept."""
        exceptions.refuse_kept(self)


class TrocSealedMixin(models.AbstractModel):
    """Fields that no form, import or RPC call may write: only the methods that do.

    A model lists them in `SEALED_FIELDS`; its own methods write them through
    `sealed`.  `DERIVED_FIELDS` are stored results of other fields, which Odoo would
    let a call overwrite.
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
