"""The members, their users, and those who work for the network."""

from troc_demo import books, data
from troc_demo.progress import Phase

PORTAL_GROUP, USER_GROUP = "base.group_portal", "base.group_user"
NO_MAIL = {"no_reset_password": True}  # no invitation when a user is made


def load(network):
    """Make the missing partners and users, then admit the members."""
    _load_partners(network)
    users = _load_users(network)
    _name_animators(network.admin, users)
    accountants = [company.login for company in data.BOOKS]
    network.server.connect_all([data.MANAGER_LOGIN, *accountants])
    _load_members(network)


# -- partners ------------------------------------------------------------------------


def _load_partners(network):
    names = [company.name for company in data.PORTAL]
    partners = network.admin["res.partner"]
    domain = [("name", "in", names), ("parent_id", "=", False)]
    rows = partners.search_read(domain, ["name"])
    found = {row["name"]: row["id"] for row in rows}
    with Phase("Entreprises membres sans comptabilité ici", len(names)) as phase:
        for company in data.PORTAL:
            if company.name in found:
                phase.skip()
            else:
                with phase.step(company.name):
                    values = books.address(network.admin, company)
                    found[company.name] = partners.create(values)
            network.partners[company.key] = found[company.name]


# -- users ---------------------------------------------------------------------------


def _load_users(network):
    """Return {login: id}; users are made a kind at a time: fewer calls."""
    kinds = {
        "Animateurs, gestionnaire, comptable du réseau": _staff(network),
        "Comptables des membres": _accountants(network),
        "Contacts des membres du portail": _contacts(network),
    }
    logins = [login for kind in kinds.values() for login in kind]
    users = network.admin["res.users"]
    rows = users.search_read(
        [("login", "in", logins)], ["login"], context={"active_test": False}
    )
    found = {row["login"]: row["id"] for row in rows}
    with Phase("Utilisateurs", len(kinds)) as phase:
        for title, wanted in kinds.items():
            missing = [login for login in wanted if login not in found]
            if not missing:
                phase.skip()
                continue
            with phase.step(f"{title} ({len(missing)})"):
                vals_list = [_user(login, wanted[login]) for login in missing]
                made = users.create(vals_list, context=NO_MAIL)
                found.update(zip(missing, made, strict=True))
    return found


def _user(login, values):
    return {
        "login": login,
        "email": login,
        "password": data.PASSWORD,
        "lang": data.LANGUAGE,
        "tz": data.TIME_ZONE,
        **values,
    }


def _staff(network):
    return {
        staff.login: _inside(network, staff.name, "operator", staff.groups)
        for staff in data.STAFF
    }


def _accountants(network):
    return {
        company.login: _inside(
            network, company.contact, company.key, (data.ACCOUNTANT,)
        )
        for company in data.HOSTED
    }


def _contacts(network):
    """Portal users; Odoo makes their partner, a contact of the member."""
    rights = _rights(network, "operator", (PORTAL_GROUP,))
    return {
        company.login: {
            "name": company.contact,
            "parent_id": network.partners[company.key],
            **rights,
        }
        for company in data.PORTAL
    }


def _inside(network, name, key, groups):
    return {
        "name": name,
        "notification_type": "inbox",
        **_rights(network, key, (USER_GROUP, *groups)),
    }


def _rights(network, key, groups):
    company_id = network.companies[key]
    group_ids = list(network.admin.ids(*groups).values())
    return {
        "company_id": company_id,
        "company_ids": [(6, 0, [company_id])],
        "group_ids": [(6, 0, group_ids)],
    }


def _name_animators(admin, users):
    territories = admin["troc.territory"]
    staff = {member.territory: member for member in data.STAFF if member.territory}
    ids = admin.ids(*staff)
    rows = territories.read(list(ids.values()), ["animator_ids"])
    named = {row["id"]: row["animator_ids"] for row in rows}
    for territory, member in staff.items():
        user_id = users[member.login]
        if user_id not in named[ids[territory]]:
            territories.write([ids[territory]], {"animator_ids": [(4, user_id)]})


# -- members -------------------------------------------------------------------------


def _load_members(network):
    """Admit the members, by the manager of the network."""
    members = network.server.connect(data.MANAGER_LOGIN)["troc.member"]
    domain = [("network_id", "=", network.network_id)]
    rows = members.search_read(domain, ["siren", "state"])
    found = {row["siren"]: row for row in rows}
    with Phase("Membres admis par la gestionnaire", len(data.MEMBERS)) as phase:
        for key, company in data.MEMBERS.items():
            known = found.get(company.siren)
            if known and known["state"] != "candidate":
                phase.skip()
                network.members[key] = known["id"]
                continue
            with phase.step(company.name):
                values = _member(network, company)
                member_id = known["id"] if known else members.create(values)
                members.action_activate([member_id])
                network.members[key] = member_id


def _member(network, company):
    return {
        "network_id": network.network_id,
        "partner_id": network.partners[company.key],
        "company_id": network.companies.get(company.key, False),
        "kind": "hosted" if company.hosted else "portal",
        "siren": company.siren,
        "structure": company.structure,
        "trade": company.trade,
        "legal_form": company.legal_form,
    }
