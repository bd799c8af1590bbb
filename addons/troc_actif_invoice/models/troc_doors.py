import functools

from odoo import models

from ..seal import is_sealed
from ..typed import check_ids
from ..typed_fields import check_values


class TrocDoors(models.AbstractModel):
    """Puts the check of values before `create` and `write` of each model of ours.

    Before all of their code, our own overrides included, which look at the values
    first: so it stands on the class of the registry, as Odoo's automation rules do, and
    no other model pays for it.  What our methods write with the seal is not asked.
    """

    _name = "troc.doors"
    _description = "What comes over RPC"

    def _register_hook(self):
        super()._register_hook()
        for model in self.env.registry.values():
            ours = model._original_module.startswith("troc_actif")
            # an abstract one has no records, and stands in the middle of others
            if ours and not model._abstract and "troc_typed" not in vars(model):
                model.troc_typed = True
                model.create = _typed_create(model)
                model.write = _typed_write(model)


def _next(model, name):
    """Return what gives the method of records that is below ours."""
    own = vars(model).get(name)
    if own:
        return lambda records: own.__get__(records)
    return lambda records: getattr(super(model, records), name)


def _typed_create(model):
    below = _next(model, "create")

    @functools.wraps(model.create)
    def create(self, vals_list):
        if not is_sealed(self.env):
            several = isinstance(vals_list, (list, tuple))
            for vals in vals_list if several else [vals_list]:
                check_values(self, vals)
        return below(self)(vals_list)

    return create


def _typed_write(model):
    below = _next(model, "write")

    @functools.wraps(model.write)
    def write(self, vals):
        if not is_sealed(self.env):
            check_ids(self)
            check_values(self, vals)
        return below(self)(vals)

    return write
