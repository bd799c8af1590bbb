"""Run inside Odoo on an updated database: what it holds, and whether it opens."""

import json
import sys

import odoo.api
import odoo.modules.registry
import odoo.tools

OURS = "troc_actif%"
READ = "troc_actif.group_member_read"
OVERRIDE = "troc_actif.group_troc_override"


def attempt(faults, what, act):
    """Do something; note under `what` why it cannot be done."""
    try:
        act()
    except Exception as error:  # each of them is told, none hides the others
        faults[what] = f"{type(error).__name__}: {error}"


def ours(env, model):
    """Return the records of a model that came with our addons."""
    domain = [("module", "=like", OURS), ("model", "=", model)]
    return env[model].browse(env["ir.model.data"].search(domain).mapped("res_id"))


def models(env):
    """Return the models that our addons make or show."""
    names = {name for name in env.registry if name.startswith("troc.")}
    names |= set(ours(env, "ir.ui.view").mapped("model")) - {False}
    return [env[name] for name in sorted(names) if not env[name]._abstract]


def opened(env):
    """Open each screen, read each record; return {what: why it cannot be done}."""
    faults, views = {}, [(False, "list"), (False, "form")]
    for model in models(env):
        attempt(faults, f"{model._name}: views", lambda m=model: m.get_views(views))
        if model._name.startswith("troc."):
            attempt(faults, f"{model._name}: read", model.search([]).read)
    for action in ours(env, "ir.actions.act_window"):
        shown = env[action.res_model].get_views
        attempt(faults, action.name, lambda s=shown, a=action: s(a.views))
    return faults


def strays(env):
    """Return the external ids of our fields by addons that do not declare the field."""
    data = env["ir.model.data"].search(
        [("module", "=like", OURS), ("model", "=", "ir.model.fields")]
    )
    found = env["ir.model.fields"].browse(data.mapped("res_id"))
    pairs = zip(data, (_declaring(env, field) for field in found), strict=True)
    return [one.complete_name for one, ours in pairs if ours and one.module not in ours]


def _declaring(env, field):
    """Return which of our addons declare a field (a row of ir.model.fields).

    With the one that made its model, which has the fields of a mixin from there.
    """
    known = env[field.model]._fields if field.model in env else {}
    declared = known[field.name]._modules if field.name in known else ()
    ours = {name for name in declared if name.startswith(OURS.strip("%"))}
    return ours | {env[field.model]._original_module} if ours else ours


def powerless(env):
    """Return who lacks a right that a later version asks of what he did before."""
    members = env["troc.member"].search([])._users().filtered(lambda u: u._is_portal())
    managers = env.ref("troc_actif.group_troc_manager").all_user_ids
    weak = members.filtered(lambda user: not user.has_group(READ))
    weak |= managers.filtered(lambda user: not user.has_group(OVERRIDE))
    return weak.mapped("login")


def main():
    """Print what was found, as JSON; nothing is committed."""
    config = odoo.tools.config
    config.parse_config([*sys.argv[1:], "--log-level=warn"], setup_logging=True)
    (name,) = config["db_name"]
    with odoo.modules.registry.Registry(name).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {"lang": "fr_FR"})
        found = {
            "faults": opened(env),
            "powerless": powerless(env),
            "strays": strays(env),
            "reports": env["troc.verification"].report(),
        }
        print(json.dumps(found))
        cr.rollback()


main()
