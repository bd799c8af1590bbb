"""Run inside Odoo: uninstall one addon, as a click in the Apps does."""

import sys

import odoo.api
import odoo.modules.registry
import odoo.tools


def main():
    """Uninstall the addon that is named last."""
    *options, addon = sys.argv[1:]
    config = odoo.tools.config
    config.parse_config([*options, "--log-level=warn"], setup_logging=True)
    (name,) = config["db_name"]
    with odoo.modules.registry.Registry(name).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        module = env["ir.module.module"].search([("name", "=", addon)])
        module.button_immediate_uninstall()


main()
