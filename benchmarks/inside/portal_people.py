"""The network of the benchmark: its operator, its members, who signs in."""

from portal_copies import copies

from odoo import Command
from odoo.tools import SQL

PASSWORD = "bench"
COLLEAGUES = 12
# the members that the pages are asked for: much to show, one of everything, a shop
# with a page full of listings; the others fill the network
NAMES = {
    "hot": "Coopérative Hirondelle",
    "few": "Atelier Fauvette",
    "shop": "Bazar Merle",
}


def make_network(env):
    """Return the network, with its register set up, and open to visitors."""
    # known only once the configuration has told where the addons are
    from odoo.addons.troc_actif_invoice.tests.companies import prepare_companies

    operator = prepare_companies(env)["operator"]
    env.user.company_ids |= operator
    env = env(context={**env.context, "allowed_company_ids": operator.ids})
    network = env["troc.network"].create(
        {"name": "Banc d'essai", "company_id": operator.id, "public_view": "teaser"}
    )
    network.action_setup_register()
    return network


def make_members(network, count):
    """Return {name: member} of the named ones, and the ids of all others."""
    named = {key: _member(network, name) for key, name in NAMES.items()}
    for number in range(1, COLLEAGUES):
        _user(named["hot"], f"hot{number}")
    # only these sign in: Odoo takes half a second to hash a password
    for key in ("hot", "few"):
        _user(named[key], f"{key}0", password=PASSWORD)
    first = _copied(network, named["shop"], count - len(named))
    others = network.member_ids.filtered(lambda m: m.id > first)
    return named, others.ids


def _member(network, name):
    partner = network.env["res.partner"].create(
        {
            "name": name,
            "is_company": True,
            "zip": "75010",
            "city": "Paris",
            "country_id": network.env.ref("base.fr").id,
            "email": "contact@example.com",
        }
    )
    return network.env["troc.member"].create(
        {
            "network_id": network.id,
            "partner_id": partner.id,
            "kind": "portal",
            "state": "active",
            "trade": "Services aux entreprises",
        }
    )


def _user(member, login, **values):
    env = member.env
    partner = env["res.partner"].create(
        {"name": f"Personne {login}", "parent_id": member.partner_id.id}
    )
    operator = member.network_id.company_id
    env["res.users"].with_context(no_reset_password=True).create(
        {
            "login": login,
            "partner_id": partner.id,
            "lang": "fr_FR",
            "group_ids": [Command.set(env.ref("base.group_portal").ids)],
            "company_id": operator.id,
            "company_ids": [Command.set(operator.ids)],
            **values,
        }
    )


def _copied(network, pattern, count):
    """Copy a member with its partner, over the departments that have a territory."""
    series = SQL("SELECT n FROM generate_series(1, %s) n", count)
    name = SQL("'Membre ' || lpad(s.n::text, 5, '0')")
    before = copies(
        pattern.partner_id,
        series,
        name=name,
        complete_name=name,
        commercial_company_name=name,
        commercial_partner_id=SQL("s.new_id"),
    )
    places = network.env["troc.department"].search([("territory_id", "!=", False)])
    source = SQL(
        """SELECT n, d.id AS department, d.territory_id AS territory
             FROM generate_series(1, %s) n
             JOIN (SELECT *, row_number() OVER (ORDER BY id) AS place
                     FROM troc_department WHERE id IN %s) d
               ON d.place = 1 + n %% %s""",
        count,
        tuple(places.ids),
        len(places),
    )
    accounts = copies(pattern.account_id, source)
    return copies(
        pattern,
        source,
        account_id=SQL("%s + s.n", accounts),
        name=name,
        partner_id=SQL("%s + s.n", before),
        siren=SQL("(100000000 + s.n)::text"),
        department_id=SQL("s.department"),
        territory_id=SQL("s.territory"),
    )
