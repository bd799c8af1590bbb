"""Who manages the networks."""

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.seal import is_sealed

from ... import exceptions

MANAGER = "troc_actif.group_troc_manager"
OVERRIDE = "troc_actif.group_troc_override"
# Who gives rights in Odoo could give himself any of ours.
KEEPERS = (MANAGER, "base.group_erp_manager")


def check_managers(records):
    """Refuse unless the user reads these records and is a network manager."""
    records.check_access("read")
    user = records.env.user
    if not user.has_group(MANAGER):
        names = ", ".join(records.sudo().mapped("display_name"))
        exceptions.refuse(records.env, RuleError("not_manager", user=user.name), names)


def check_overriders(records):
    """Refuse unless the user is a manager with the right to pass over a limit."""
    check_managers(records)
    user = records.env.user
    if not user.has_group(OVERRIDE):
        names = ", ".join(records.sudo().mapped("display_name"))
        error = RuleError("not_overrider", user=user.name)
        exceptions.refuse(records.env, error, names)


def all_managers(env):
    """Return the users who manage the networks."""
    managers = env.ref(MANAGER).all_user_ids
    return managers.filtered(lambda u: u.active and not u.share)


def other_managers(env):
    """Return the managers but the current user: whom a manager's matter is given to."""
    return all_managers(env) - env.user


def keeps_contacts(env):
    """Tell whether the network itself acts here on the contacts of members.

    Its managers do, who administers Odoo does, and so do our own methods and Odoo's
    scheduled actions.  `sudo()` is no answer: Odoo's portal pages write with it.
    """
    user = env.user
    keeper = user._is_superuser() or any(map(user.has_group, KEEPERS))
    return is_sealed(env) or keeper
