"""A key that only Python code of this addon can hold, and what asks for it.

Balances, states and proofs are written by the one path alone.  The key is an object
compared by identity: no RPC call, import or server action can put it in a context,
since all they can send is data (the idea is OCA queue_job's EDIT_SENTINEL).

Who asks for it: `troc.kept.mixin` for records that our methods alone make and change,
`troc.sealed.mixin` for some fields of records that people write, and `refuse_unsealed`
for our fields on Odoo's own records, or on some of them.
"""

from odoo import api, models

from ... import exceptions
from ...lib.actif_rules.errors import RuleError

_KEY = "troc_seal"
_SEAL = object()


def sealed(records):
    """Return `records` as superuser, allowed to write what the one path writes."""
    # sudo: nobody has write access to these models; the caller checked the right.
    return records.sudo().with_context(**{_KEY: _SEAL})


def unsealed(records):
    """Return `records` without the key, for what calls code outside this addon."""
    context = {k: v for k, v in records.env.context.items() if k != _KEY}
    return records.with_env(records.env(context=context))


def is_sealed(env):
    """Tell whether `env` holds the key."""
    return env.context.get(_KEY) is _SEAL


def is_ours(field):
    """Tell whether a field of a record belongs to this addon or one built on it."""
    return (field._module or "").startswith("troc_actif")


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
