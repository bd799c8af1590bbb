"""Load the demonstration network: companies, users, network, members.

Every step first looks for what an earlier run made; an interrupted run goes on where
it stopped.
"""

import time

from troc_demo import data
from troc_demo.progress import Phase
from troc_demo.rpc import Refused

PORTAL_GROUP, USER_GROUP = "base.group_portal", "base.group_user"
NO_MAIL = {"no_reset_password": True}  # no invitation when a user is made
TERRITORIES = tuple(staff.territory for staff in data.STAFF if staff.territory)


class Network:
    """What the story needs to know of the loaded network."""

    def __init__(self, server):
        self.server = server
        self.admin = server.connect("admin")
        self.companies = {}  # key -> id of res.company
        self.partners = {}  # key -> id of res.partner
        self.members = {}  # key -> id of troc.member
        self.network_id = None

    def load(self):
        """Make what is missing of the network."""
        self._ids = self._known_ids()
        self._prepare()
        self._load_books()
        self._load_network()
        self._load_partners()
        self._load_users()
        self._load_members()
        return self

    def _known_ids(self):
        groups = {group for staff in data.STAFF for group in staff.groups}
        names = {"base.fr", PORTAL_GROUP, USER_GROUP, data.ACCOUNTANT, *groups}
        return self.admin.ids(*sorted(names | set(TERRITORIES)))

    # -- language, mail -----------------------------------------------------------

    def _prepare(self):
        with Phase("Langue et courriels", 3) as phase:
            self._install_french(phase)
            self._stop_mail(phase)

    def _install_french(self, phase):
        languages = self.admin["res.lang"]
        found = languages.search([("code", "=", data.LANGUAGE)])
        if found:
            phase.skip()
        else:
            with phase.step("Français"):
                self._install_language(languages)
        me = self.admin["res.users"].read([self.admin.user_id], ["lang", "tz"])[0]
        if me["lang"] == data.LANGUAGE and me["tz"]:
            phase.skip()
            return
        with phase.step("Administrateur en français"):
            values = {"lang": data.LANGUAGE, "tz": data.TIME_ZONE}
            self.admin["res.users"].write([self.admin.user_id], values)

    def _install_language(self, languages):
        wanted = [("code", "=", data.LANGUAGE), ("active", "=", False)]
        ids = languages.search(wanted, context={"active_test": False})
        wizard = self.admin["base.language.install"]
        made = wizard.create({"lang_ids": [(6, 0, ids)], "overwrite": False})
        wizard.lang_install([made])

    def _stop_mail(self, phase):
        """Keep every mail on this machine: queued, and no server to send it."""
        queue = self.admin.ids("mail.ir_cron_mail_scheduler_action")
        cron = self.admin["ir.cron"].search([("id", "in", list(queue.values()))])
        if not cron:
            phase.skip()
            return
        with phase.step("Aucun courriel ne sort"):
            name = "Démonstration : aucun courriel ne part"
            self.admin["ir.mail_server"].ensure(
                [("name", "=", name)],
                {"name": name, "smtp_host": "invalid", "smtp_port": 1025},
            )
            _until_free(lambda: self.admin["ir.cron"].write(cron, {"active": False}))

    # -- companies ----------------------------------------------------------------

    def _load_books(self):
        names = [company.name for company in data.BOOKS]
        found = self._companies_found(names)
        with Phase("Sociétés, plan comptable français", len(names)) as phase:
            for company in data.BOOKS:
                known = found.get(company.name)
                if known and known["troc_journal_id"] and known["bank_ids"]:
                    phase.skip()
                else:
                    with phase.step(company.name):
                        self._make_books(company, known)
        self._keep_companies(self._companies_found(names))

    def _companies_found(self, names):
        fields = ["name", "partner_id", "chart_template", "troc_journal_id", "bank_ids"]
        rows = self.admin["res.company"].search_read([("name", "in", names)], fields)
        return {row["name"]: row for row in rows}

    def _keep_companies(self, found):
        for company in data.BOOKS:
            row = found[company.name]
            self.companies[company.key] = row["id"]
            self.partners[company.key] = row["partner_id"][0]

    def _make_books(self, company, known):
        companies = self.admin["res.company"]
        company_id = known["id"] if known else companies.create(self._company(company))
        row = companies.read([company_id], ["chart_template", "partner_id"])[0]
        if not row["chart_template"]:  # creating a French company loads it, mostly
            self.admin["account.chart.template"].try_loading([], "fr", company_id)
        companies.action_troc_setup([company_id])
        address = self._address(company)
        written = {name: address[name] for name in ("lang", "email")}
        self.admin["res.partner"].write(row["partner_id"][:1], written)
        self._set_journals(company, company_id, row["partner_id"][0])

    def _company(self, company):
        """Without mail: Odoo would ask its own service on the internet about it."""
        address = self._address(company)
        del address["lang"], address["is_company"], address["email"]
        return {**address, "currency_id": self._euro()}

    def _euro(self):
        everything = {"active_test": False}
        return self.admin["res.currency"].search(
            [("name", "=", "EUR")], context=everything
        )[0]

    def _address(self, company):
        return {
            "name": company.name,
            "is_company": True,
            "street": company.street,
            "zip": company.zip,
            "city": company.city,
            "country_id": self._ids["base.fr"],
            "phone": company.phone,
            "email": f"bonjour@{company.domain}",
            "vat": company.vat,
            "company_registry": company.siret,
            "lang": data.LANGUAGE,
        }

    def _set_journals(self, company, company_id, partner_id):
        """Give a company its own invoice numbers and its bank account."""
        inside = {"allowed_company_ids": [company_id]}
        bank = {
            "acc_number": company.iban,
            "partner_id": partner_id,
            "company_id": company_id,
            "allow_out_payment": True,
        }
        bank_id = self.admin["res.partner.bank"].ensure(
            [("partner_id", "=", partner_id)], bank, context=inside
        )
        changes = {"bank": {"bank_account_id": bank_id}}
        if company.prefix:
            changes["sale"] = {"code": company.prefix}
        journals = self.admin["account.journal"]
        domain = [("company_id", "=", company_id), ("troc_role", "=", False)]
        for kind, values in changes.items():
            found = journals.search([*domain, ("type", "=", kind)], limit=1)
            journals.write(found, values, context=inside)

    # -- network, territories -----------------------------------------------------

    def _load_network(self):
        networks = self.admin["troc.network"]
        domain = [("company_id", "=", self.companies["operator"])]
        found = networks.search_read(domain, ["register_ready"])
        with Phase("Réseau et registre", 1) as phase:
            if found and found[0]["register_ready"]:
                phase.skip()
            else:
                with phase.step(data.NETWORK):
                    self._make_network(networks, domain)
        self.network_id = networks.search(domain)[0]

    def _make_network(self, networks, domain):
        inside = {"allowed_company_ids": [self.companies["operator"]]}
        values = {"name": data.NETWORK, "company_id": self.companies["operator"]}
        made = networks.ensure(domain, values, context=inside)
        networks.action_setup_register([made], context=inside)

    # -- partners and users -------------------------------------------------------

    def _load_partners(self):
        names = [company.name for company in data.PORTAL]
        partners = self.admin["res.partner"]
        rows = partners.search_read(
            [("name", "in", names), ("parent_id", "=", False)], ["name"]
        )
        found = {row["name"]: row["id"] for row in rows}
        with Phase("Entreprises membres sans comptabilité ici", len(names)) as phase:
            for company in data.PORTAL:
                if company.name in found:
                    phase.skip()
                else:
                    with phase.step(company.name):
                        made = partners.create(self._address(company))
                        found[company.name] = made
                self.partners[company.key] = found[company.name]

    def _load_users(self):
        """Make the users, a kind at a time: each call costs Odoo its caches."""
        kinds = (
            ("Animateurs, gestionnaire, comptable du réseau", self._staff()),
            ("Comptables des membres", self._accountants()),
            ("Contacts des membres du portail", self._contacts()),
        )
        found = self._users_found([login for _, kind in kinds for login in kind])
        with Phase("Utilisateurs", len(kinds)) as phase:
            for title, wanted in kinds:
                missing = [login for login in wanted if login not in found]
                if not missing:
                    phase.skip()
                    continue
                with phase.step(f"{title} ({len(missing)})"):
                    vals_list = [self._user(login, wanted[login]) for login in missing]
                    made = self.admin["res.users"].create(vals_list, context=NO_MAIL)
                    found.update(zip(missing, made, strict=True))
        self._name_animators(found)

    def _users_found(self, logins):
        rows = self.admin["res.users"].search_read(
            [("login", "in", logins)], ["login"], context={"active_test": False}
        )
        return {row["login"]: row["id"] for row in rows}

    def _user(self, login, values):
        return {
            "login": login,
            "email": login,
            "password": data.PASSWORD,
            "lang": data.LANGUAGE,
            "tz": data.TIME_ZONE,
            **values,
        }

    def _staff(self):
        return {
            staff.login: self._inside(staff.name, "operator", staff.groups)
            for staff in data.STAFF
        }

    def _accountants(self):
        return {
            company.login: self._inside(
                company.contact, company.key, (data.ACCOUNTANT,)
            )
            for company in data.HOSTED
        }

    def _contacts(self):
        return {company.login: self._outside(company) for company in data.PORTAL}

    def _inside(self, name, key, groups):
        return {
            "name": name,
            "notification_type": "inbox",
            **self._rights(key, (USER_GROUP, *groups)),
        }

    def _outside(self, company):
        # Odoo makes the contact with the user
        return {
            "name": company.contact,
            "parent_id": self.partners[company.key],
            **self._rights("operator", (PORTAL_GROUP,)),
        }

    def _rights(self, key, groups):
        company_id = self.companies[key]
        return {
            "company_id": company_id,
            "company_ids": [(6, 0, [company_id])],
            "group_ids": [(6, 0, [self._ids[group] for group in groups])],
        }

    def _name_animators(self, users):
        territories = self.admin["troc.territory"]
        ids = [self._ids[name] for name in TERRITORIES]
        rows = {row["id"]: row for row in territories.read(ids, ["animator_ids"])}
        for staff in data.STAFF:
            if not staff.territory:
                continue
            user_id, territory_id = users[staff.login], self._ids[staff.territory]
            if user_id not in rows[territory_id]["animator_ids"]:
                territories.write([territory_id], {"animator_ids": [(4, user_id)]})

    # -- members ------------------------------------------------------------------

    def _load_members(self):
        """Admit the members, by the manager of the network."""
        members = self.server.connect(data.MANAGER_LOGIN)["troc.member"]
        domain = [("network_id", "=", self.network_id)]
        rows = members.search_read(domain, ["siren", "state"])
        found = {row["siren"]: row for row in rows}
        with Phase("Membres admis par la gestionnaire", len(data.MEMBERS)) as phase:
            for key, company in data.MEMBERS.items():
                known = found.get(company.siren)
                if known and known["state"] != "candidate":
                    phase.skip()
                    self.members[key] = known["id"]
                else:
                    with phase.step(company.name):
                        self.members[key] = self._admit(members, company, known)

    def _admit(self, members, company, known):
        member_id = known["id"] if known else members.create(self._member(company))
        members.action_activate([member_id])
        return member_id

    def _member(self, company):
        return {
            "network_id": self.network_id,
            "partner_id": self.partners[company.key],
            "company_id": self.companies.get(company.key, False),
            "kind": "hosted" if company.hosted else "portal",
            "siren": company.siren,
            "structure": company.structure,
            "trade": company.trade,
            "legal_form": company.legal_form,
        }


def _until_free(function, tries=20):
    """Repeat what Odoo refuses while a scheduled action runs."""
    for attempt in range(tries):
        try:
            return function()
        except Refused:
            if attempt == tries - 1:
                raise
            time.sleep(0.5)
    return None
