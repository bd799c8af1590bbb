"""Load the demonstration network.

Every step first looks for what an earlier run made; an interrupted run goes on where
it stopped.
"""

import time

from troc_demo import books, data, people
from troc_demo.progress import Phase
from troc_demo.rpc import Refused


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
        _prepare(self.admin)
        books.load(self)
        _load_register(self)
        people.load(self)
        return self


# -- language, mail ------------------------------------------------------------------


def _prepare(admin):
    with Phase("Langue et courriels", 3) as phase:
        _install_french(phase, admin)
        _speak_french(phase, admin)
        _stop_mail(phase, admin)


def _install_french(phase, admin):
    if admin["res.lang"].search([("code", "=", data.LANGUAGE)]):
        phase.skip()
        return
    with phase.step("Français"):
        wanted = [("code", "=", data.LANGUAGE), ("active", "=", False)]
        ids = admin["res.lang"].search(wanted, context={"active_test": False})
        wizard = admin["base.language.install"]
        made = wizard.create({"lang_ids": [(6, 0, ids)], "overwrite": False})
        wizard.lang_install([made])


def _speak_french(phase, admin):
    wanted = {"lang": data.LANGUAGE, "tz": data.TIME_ZONE}
    found = admin["res.users"].read([admin.user_id], list(wanted))[0]
    if wanted.items() <= found.items():
        phase.skip()
        return
    with phase.step("Administrateur en français"):
        admin["res.users"].write([admin.user_id], wanted)


def _stop_mail(phase, admin):
    """Keep every mail on this machine: queued, and no server to send it."""
    queue = admin.ids("mail.ir_cron_mail_scheduler_action")
    cron = admin["ir.cron"].search([("id", "in", list(queue.values()))])
    if not cron:
        phase.skip()
        return
    with phase.step("Aucun courriel ne sort"):
        name = "Démonstration : aucun courriel ne part"
        admin["ir.mail_server"].ensure(
            [("name", "=", name)],
            {"name": name, "smtp_host": "invalid", "smtp_port": 1025},
        )
        _until_free(lambda: admin["ir.cron"].write(cron, {"active": False}))


def _until_free(function, tries=20):
    """Call what Odoo refuses while a scheduled action runs, until it does not."""
    for _ in range(tries - 1):
        try:
            return function()
        except Refused:
            time.sleep(0.5)
    return function()


# -- network -------------------------------------------------------------------------


def _load_register(network):
    networks = network.admin["troc.network"]
    operator = network.companies["operator"]
    domain = [("company_id", "=", operator)]
    found = networks.search_read(domain, ["register_ready"])
    with Phase("Réseau et registre", 1) as phase:
        if found and found[0]["register_ready"]:
            network.network_id = found[0]["id"]
            phase.skip()
            return
        with phase.step(data.NETWORK):
            inside = {"allowed_company_ids": [operator]}
            values = {"name": data.NETWORK, "company_id": operator}
            network.network_id = networks.ensure(domain, values, context=inside)
            networks.action_setup_register([network.network_id], context=inside)
