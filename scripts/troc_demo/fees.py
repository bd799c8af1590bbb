"""Load the fees: the network's policy, a month of invoices, one of them unpaid.

What an earlier run made is left alone: fees that are invoiced are not invoiced again.
"""

import datetime

from troc_demo import data
from troc_demo.progress import Phase

POLICY = {"allowance": 0, "minimum": 2, "territory_share": 40}
PLAN = "Associations locales"


def load(network):
    """Set the fees up, invoice what is due today, and pay all invoices but one."""
    inside = {"allowed_company_ids": [network.companies["operator"]]}
    with Phase("Frais en euros", 3) as phase:
        if _paid(network):
            phase.skip()
            return
        with phase.step("Barème et articles"):
            _set_up(network, inside)
        with phase.step("Factures de frais"):
            _invoice(network)
        with phase.step("Paiements, sauf un"):
            _pay_all_but_one(network, inside)


def _paid(network):
    fees = network.server.connect(data.MANAGER_LOGIN)["troc.fee"]
    paid = ("payment_state", "in", ("paid", "in_payment"))
    return fees.search([("state", "=", "invoiced"), paid], limit=1)


def _set_up(network, inside):
    admin = network.admin
    networks = admin["troc.network"]
    networks.action_setup_fees([network.network_id], context=inside)
    (found,) = networks.read([network.network_id], ["fee_policy_id"])
    admin["troc.fee.policy"].write([found["fee_policy_id"][0]], POLICY)
    group = admin.ids("analytic.group_analytic_accounting")
    groups = {"group_ids": [(4, group_id) for group_id in group.values()]}
    admin["res.users"].write([admin.user_id], groups)
    plan = admin["account.analytic.plan"].ensure([("name", "=", PLAN)], {"name": PLAN})
    territories = admin["troc.territory"]
    for row in territories.search_read([("member_ids", "!=", False)], ["name"]):
        # of no company: the network's, whoever keeps its books
        values = {"name": row["name"], "plan_id": plan, "company_id": False}
        account = admin["account.analytic.account"].ensure(
            [("name", "=", row["name"]), ("company_id", "=", False)], values
        )
        territories.write([row["id"]], {"analytic_account_id": account})


def _invoice(network):
    manager = network.server.connect(data.MANAGER_LOGIN)
    today = datetime.date.today().isoformat()  # noqa: DTZ011 the day of the server
    runs = manager["troc.fee.run"]
    run = runs.create({"network_id": network.network_id, "date_to": today})
    runs.action_prepare([run])
    runs.action_invoice([run])


def _pay_all_but_one(network, inside):
    admin = network.admin
    operator = network.companies["operator"]
    moves = admin["account.move"].search(
        [("troc_fee_ids", "!=", False), ("payment_state", "=", "not_paid")],
        order="id",
        context=inside,
    )
    bank = admin["account.journal"].search(
        [
            ("company_id", "=", operator),
            ("type", "=", "bank"),
            ("troc_role", "=", False),
        ],
        limit=1,
    )
    if not bank:
        return
    for move in moves[1:]:
        context = {**inside, "active_model": "account.move", "active_ids": [move]}
        wizard = admin["account.payment.register"]
        made = wizard.create({"journal_id": bank[0]}, context=context)
        wizard.action_create_payments([made], context=context)
