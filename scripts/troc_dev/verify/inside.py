"""Run inside Odoo by ./scripts/verify: open the database and print the report."""

import sys

import odoo.api
import odoo.modules.registry
import odoo.tools

from troc_demo import verdicts


def report(env):
    """Print the verdict on each invariant; return whether all hold."""
    if "troc.verification" not in env:
        print("The addon troc_actif is not installed in this database.")
        return False
    return verdicts.show(env["troc.verification"].report())


def main():
    """Open a cursor as the system user; nothing is committed."""
    config = odoo.tools.config
    config.parse_config([*sys.argv[1:], "--log-level=warn"], setup_logging=True)
    (name,) = config["db_name"]
    with odoo.modules.registry.Registry(name).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {"lang": "fr_FR"})
        holds = report(env)
        cr.rollback()
    sys.exit(0 if holds else 1)


main()
