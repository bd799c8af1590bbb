from odoo import Command, models

REGISTER_CODE = "808000"


class TrocCompanySetup(models.AbstractModel):
    """Sets the operator's register up as well, once; a second run changes nothing."""

    _inherit = "troc.company.setup"

    def _setup_register(self, network):
        """Create the network's register: an off-balance account and its journal."""
        company = network.company_id
        env = self._as_accountant(company)
        network = network.with_env(env)
        if not network.register_account_id:
            network.register_account_id = self._register_account(env, company)
        if not network.register_journal_id:
            network.register_journal_id = env["account.journal"].create(
                {
                    "name": f"Registre {network.name}",
                    "code": self._free_code(env, company, "REG"),
                    "type": "general",
                    "company_id": company.id,
                    "sequence": 99,
                    "troc_role": "register",
                    "restrict_mode_hash_table": True,
                }
            )

    def _register_account(self, env, company):
        accounts = env["account.account"]
        return accounts.create(
            {
                "code": accounts._search_new_account_code(REGISTER_CODE, cache={}),
                "name": "Registre Actif - comptes des membres",
                "account_type": "off_balance",
                "company_ids": [Command.set(company.ids)],
            }
        )
