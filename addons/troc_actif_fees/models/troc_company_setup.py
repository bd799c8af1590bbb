"""Sets the fees of a network up, once: its policy and three products."""

from odoo import Command, fields, models

from .troc_fee_policy import PRODUCTS

# Accounts of the French chart by their first figures; the first that is there.
ACCOUNTS = {
    "commission": ("706",),
    "membership": ("706", "756"),
    "share": ("1013", "165"),
}
NAMES = {
    "commission": "Commission sur compensations",
    "membership": "Adhésion annuelle",
    "share": "Part remboursable",
}


class TrocCompanySetup(models.AbstractModel):
    _inherit = "troc.company.setup"

    def _setup_fees(self, network):
        """Create the network's fee policy and products; a second run changes nothing.

        Fees are asked from today on: what was validated before bears none.
        """
        env = self._as_accountant(network.company_id)
        network = network.with_env(env)
        if not network.fee_policy_id:
            term = env.ref("account.account_payment_term_30days", False)
            network.fee_policy_id = env["troc.fee.policy"].create(
                {
                    "name": f"Frais {network.name}",
                    "network_id": network.id,
                    "payment_term_id": term and term.id,
                }
            )
        if not network.fees_from:
            network.fees_from = fields.Date.context_today(network)
        self._setup_fee_products(network.fee_policy_id)

    def _setup_fee_products(self, policy):
        company = policy.company_id
        env = self._as_accountant(company)
        policy = policy.with_env(env)
        for kind, name in PRODUCTS.items():
            if not policy[name]:
                policy[name] = self._fee_product(env, company, kind)

    def _fee_product(self, env, company, kind):
        """Return a product: of revenue with the VAT on services, but for the share."""
        account = self._account_like(env, company, ACCOUNTS[kind])
        tax = env["account.tax"] if kind == "share" else self._service_tax(env, company)
        return env["product.product"].create(
            {
                "name": NAMES[kind],
                "type": "service",
                "company_id": company.id,
                "purchase_ok": False,
                "list_price": 0.0,
                "taxes_id": [Command.set(tax.ids)],
                "supplier_taxes_id": [Command.clear()],
                "property_account_income_id": account.id,
            }
        )

    def _account_like(self, env, company, prefixes):
        accounts = env["account.account"]
        for prefix in prefixes:
            found = accounts.search(
                [("company_ids", "in", company.id), ("code", "=like", f"{prefix}%")],
                order="code",
                limit=1,
            )
            if found:
                return found
        return accounts

    def _service_tax(self, env, company):
        """Return the tax on services at the rate of the company's default sale tax."""
        default = company.with_env(env).account_sale_tax_id
        services = env["account.tax"].search(
            [
                ("company_id", "=", company.id),
                ("type_tax_use", "=", "sale"),
                ("tax_scope", "=", "service"),
                ("amount_type", "=", default.amount_type),
                ("amount", "=", default.amount),
                ("price_include_override", "!=", "tax_included"),
            ],
            limit=1,
        )
        return services or default
