"""Run inside an old Odoo by ./scripts/keep-release: what its story never does.

Through the public methods of that version, as the network's manager; a version that
cannot do it yet is left as it is.
"""

import sys

import odoo.api
import odoo.modules.registry
import odoo.tools

REASON = "Décision du comité"


def transfers(env):
    """Make a transfer in each state: a draft, one posted, one taken back."""
    giver, taker = env["troc.member"].search(
        [("state", "=", "active"), ("kind", "=", "portal")], order="id", limit=2
    )
    values = {
        "network_id": giver.network_id.id,
        "giver_id": giver.id,
        "taker_id": taker.id,
        "reason": REASON,
    }
    for amount in (10, 20, 30):
        proof = {"name": "decision.txt", "raw": REASON.encode()}
        evidence = env["ir.attachment"].create(proof)
        own = {"amount": amount, "evidence_ids": [(6, 0, evidence.ids)]}
        env["troc.transfer"].create(values | own)
    posted = env["troc.transfer"].search([("amount", ">", 10)])
    posted.action_post()
    posted[:1].action_reverse(REASON)


def dashboards(env):
    """Open the dashboard of the network."""
    env["troc.dashboard"].create({})


MORE = {"troc.transfer": transfers, "troc.dashboard": dashboards}


def main():
    """Do what the models of this version allow."""
    odoo.tools.config.parse_config([*sys.argv[1:], "--log-level=warn"])
    (name,) = odoo.tools.config["db_name"]
    with odoo.modules.registry.Registry(name).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {"lang": "fr_FR"})
        manager = env.ref("troc_actif.group_troc_manager").all_user_ids.sorted("id")[:1]
        companies = {"allowed_company_ids": manager.company_ids.ids}
        own = env(user=manager.id, context={**env.context, **companies}, su=False)
        for model, make in MORE.items():
            if model in own:
                make(own)


main()
