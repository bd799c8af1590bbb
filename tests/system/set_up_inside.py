"""Run inside Odoo: set every company with books in euros up for Actifs."""

import sys

import odoo.api
import odoo.modules.registry
import odoo.tools


def main():
    """Do it as an administrator of all of them, and keep it."""
    config = odoo.tools.config
    config.parse_config([*sys.argv[1:], "--log-level=warn"], setup_logging=True)
    (name,) = config["db_name"]
    with odoo.modules.registry.Registry(name).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        in_euros = [("chart_template", "!=", False), ("currency_id.name", "=", "EUR")]
        companies = env["res.company"].search(in_euros)
        env.user.company_ids += companies
        companies.action_troc_setup()
        print(len(companies.troc_journal_id))


main()
