"""Who manages the networks."""

from .. import exceptions
from ..lib.actif_rules.errors import RuleError

MANAGER = "troc_actif.group_troc_manager"


def check_managers(records):
    """Refuse unless the user reads these records and is a network manager."""
    records.check_access("read")
    user = records.env.user
    if not user.has_group(MANAGER):
        names = ", ".join(records.sudo().mapped("display_name"))
        exceptions.refuse(records.env, RuleError("not_manager", user=user.name), names)


def other_managers(env):
    """Return the managers but the current user: whom a manager's matter is given to."""
    managers = env.ref(MANAGER).all_user_ids
    return managers.filtered(lambda u: u.active and not u.share) - env.user
