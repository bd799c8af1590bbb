"""Run inside Odoo: make the companies that the tests share."""

import importlib.util
import sys

import odoo.api
import odoo.modules.registry
import odoo.tools


def main():
    """Load the file named last without its addon, which is not installed yet."""
    *options, file = sys.argv[1:]
    odoo.tools.config.parse_config([*options, "--log-level=warn"], setup_logging=True)
    (name,) = odoo.tools.config["db_name"]
    spec = importlib.util.spec_from_file_location("companies", file)
    companies = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(companies)
    with odoo.modules.registry.Registry(name).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {"lang": "fr_FR"})
        companies.prepare_companies(env)


main()
