"""The companies whose books this database keeps, with the French chart of accounts."""

from troc_demo import data
from troc_demo.progress import Phase

FIELDS = ("name", "partner_id", "chart_template", "troc_journal_id", "bank_ids")


def load(network):
    """Make the companies that are missing, and set each up for Actifs."""
    found = _found(network.admin)
    with Phase("Sociétés, plan comptable français", len(data.BOOKS)) as phase:
        for company in data.BOOKS:
            known = found.get(company.name)
            if known and known["troc_journal_id"] and known["bank_ids"]:
                phase.skip()
                continue
            with phase.step(company.name):
                _make(network.admin, company, known)
    found = _found(network.admin)
    for company in data.BOOKS:
        network.companies[company.key] = found[company.name]["id"]
        network.partners[company.key] = found[company.name]["partner_id"][0]


def address(admin, company):
    """Return the values of a company's partner."""
    return {
        "name": company.name,
        "is_company": True,
        "street": company.street,
        "zip": company.zip,
        "city": company.city,
        "country_id": admin.ids("base.fr")["base.fr"],
        "phone": company.phone,
        "email": f"bonjour@{company.domain}",
        "vat": company.vat,
        "company_registry": company.siret,
        "lang": data.LANGUAGE,
    }


def _found(admin):
    names = [company.name for company in data.BOOKS]
    rows = admin["res.company"].search_read([("name", "in", names)], FIELDS)
    return {row["name"]: row for row in rows}


def _make(admin, company, known):
    companies = admin["res.company"]
    values = address(admin, company)
    company_id = known["id"] if known else companies.create(_values(admin, values))
    row = companies.read([company_id], ["chart_template", "partner_id"])[0]
    if not row["chart_template"]:  # creating a French company loads it, mostly
        admin["account.chart.template"].try_loading([], "fr", company_id)
    companies.action_troc_setup([company_id])
    partner = {name: values[name] for name in ("lang", "email")}
    admin["res.partner"].write(row["partner_id"][:1], partner)
    _set_journals(admin, company, company_id, row["partner_id"][0])


def _values(admin, values):
    """Without mail: Odoo would ask its own service on the internet about it."""
    kept = {k: v for k, v in values.items() if k not in ("lang", "is_company", "email")}
    everything = {"active_test": False}
    currencies = admin["res.currency"]
    euro = currencies.search([("name", "=", "EUR")], context=everything)[0]
    return {**kept, "currency_id": euro}


def _set_journals(admin, company, company_id, partner_id):
    """Give a company its own invoice numbers and, last, its bank account."""
    inside = {"allowed_company_ids": [company_id]}
    journals = admin["account.journal"]
    domain = [("company_id", "=", company_id), ("troc_role", "=", False)]
    sale, bank = (
        journals.search([*domain, ("type", "=", kind)], limit=1)
        for kind in ("sale", "bank")
    )
    if company.prefix:
        journals.write(sale, {"code": company.prefix}, context=inside)
    account = {
        "acc_number": company.iban,
        "partner_id": partner_id,
        "company_id": company_id,
        "allow_out_payment": True,
    }
    account_id = admin["res.partner.bank"].ensure(
        [("partner_id", "=", partner_id)], account, context=inside
    )
    journals.write(bank, {"bank_account_id": account_id}, context=inside)
