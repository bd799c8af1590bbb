"""The companies of the tests.

Loading the French chart takes seconds a company, so they are made once: the function
is idempotent, and `./scripts/test` runs this file in the database that all tests
clone, before our addons are there.  It imports nothing of them.
"""

COMPANIES = {
    "operator": ("Test Réseau Actif", "75011"),
    "seller": ("Test Menuiserie Solidaire", "93100"),
    "buyer": ("Test Agence Campagne", "92100"),
}


def prepare_companies(env):
    """Create the test companies with the French chart, where they are missing."""
    france = env.ref("base.fr")
    companies = {}
    for key, (name, postal_code) in COMPANIES.items():
        company = env["res.company"].search([("name", "=", name)])
        if not company:
            company = env["res.company"].create(
                {
                    "name": name,
                    "country_id": france.id,
                    "currency_id": env.ref("base.EUR").id,
                    "zip": postal_code,
                }
            )
            env["account.chart.template"].try_loading("fr", company, install_demo=False)
        companies[key] = company
    return companies
