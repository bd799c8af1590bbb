"""A small network for the tests: three companies with the French chart, six members.

Loading the French chart takes seconds a company, so the companies are made once:
`prepare_companies` is idempotent, and `./scripts/test` runs it when it makes the
database that all tests clone.
"""

from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user

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


class TrocCase(TransactionCase):
    """Members: seller and buyer hosted here, two portal members, and their users."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.companies = prepare_companies(cls.env)
        for company in cls.companies.values():
            cls.env.user.company_ids += company
        cls.operator = cls.companies["operator"]
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.operator.ids}
        )
        cls.network = cls.env["troc.network"].create(
            {"name": "Réseau test", "company_id": cls.operator.id}
        )
        cls.network.action_setup_register()
        cls._create_members()
        cls._create_users()

    @classmethod
    def _create_members(cls):
        cls.seller = cls._hosted("seller", "000100016")
        cls.buyer = cls._hosted("buyer", "000100024")
        cls.portal = cls._portal("Test Traiteur Portail", "75010", "000100032")
        cls.portal2 = cls._portal("Test Imprimeur Portail", "94200", "000100040")
        cls.members = cls.seller + cls.buyer + cls.portal + cls.portal2

    @classmethod
    def _hosted(cls, key, siren):
        company = cls.companies[key]
        company.action_troc_setup()
        return cls._member(company.partner_id, siren, company)

    @classmethod
    def _portal(cls, name, postal_code, siren):
        partner = cls.env["res.partner"].create(
            {"name": name, "is_company": True, "zip": postal_code, "country_id": cls.env.ref("base.fr").id, "email": f"{siren}@example.com"}
        )
        return cls._member(partner, siren)

    @classmethod
    def _member(cls, partner, siren, company=None):
        return cls.env["troc.member"].create(
            {
                "network_id": cls.network.id,
                "partner_id": partner.id,
                "siren": siren,
                "kind": "hosted" if company else "portal",
                "company_id": company.id if company else False,
                "state": "active",
            }
        )

    @classmethod
    def _create_users(cls):
        cls.animator = cls._user("animator", "troc_actif.group_troc_animator")
        cls.animator2 = cls._user("animator2", "troc_actif.group_troc_animator")
        cls.far_animator = cls._user("far", "troc_actif.group_troc_animator")
        cls.manager = cls._user("manager", "troc_actif.group_troc_manager")
        cls.reader = cls._user("reader", "troc_actif.group_troc_reader")
        cls.seller_accountant = cls._accountant("seller")
        cls.buyer_accountant = cls._accountant("buyer")
        cls.portal_user = cls._portal_user("portal", cls.portal)
        cls.portal2_user = cls._portal_user("portal2", cls.portal2)
        territory = cls.env.ref("troc_actif.territory_metropole")
        territory.animator_ids = cls.animator + cls.animator2
        cls.env.ref("troc_actif.territory_paris").animator_ids = cls.animator
        far = cls.env.ref("troc_actif.territory_sud_est")
        far.animator_ids = cls.far_animator

    @classmethod
    def _user(cls, login, group, company=None):
        company = company or cls.operator
        return new_test_user(
            cls.env,
            f"troc_{login}",
            groups=f"base.group_user,{group}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def _accountant(cls, key):
        return cls._user(
            f"{key}_accountant", "account.group_account_user", cls.companies[key]
        )

    @classmethod
    def _portal_user(cls, login, member):
        partner = cls.env["res.partner"].create(
            {"name": f"Contact {member.name}", "parent_id": member.partner_id.id}
        )
        return new_test_user(
            cls.env,
            f"troc_{login}_user",
            groups="base.group_portal",
            partner_id=partner.id,
            company_id=cls.operator.id,
            company_ids=[Command.set(cls.operator.ids)],
        )

    # -- documents -------------------------------------------------------------

    def tax(self, company, name, use="sale"):
        return self.env["account.tax"].search(
            [
                ("company_id", "=", company.id),
                ("name", "=", name),
                ("type_tax_use", "=", use),
            ],
            limit=1,
        )

    def invoice(self, amount=1000.0, share=100, tax="20% S", lines=None, **values):
        """Return a posted customer invoice of the hosted seller to the buyer."""
        company = values.pop("company", self.seller.company_id)
        customer = values.pop("customer", self.buyer)
        rows = lines or [(amount, tax)]
        move = self.in_company(company)["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": customer.partner_id.id,
                "invoice_date": fields.Date.today(),
                "actif_share": share,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": f"Ligne {number}",
                            "quantity": 1,
                            "price_unit": price,
                            "tax_ids": self.tax(company, name).ids,
                        }
                    )
                    for number, (price, name) in enumerate(rows, 1)
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def in_company(self, company):
        return self.env(
            context={**self.env.context, "allowed_company_ids": company.ids}
        )

    def submitted(self, **values):
        """Return a submitted compensation of a fresh invoice (see `invoice`)."""
        move = self.invoice(**values)
        company = move.company_id
        accountant = (
            self.seller_accountant
            if company == self.seller.company_id
            else self.buyer_accountant
        )
        move.with_user(accountant).with_context(
            allowed_company_ids=company.ids
        ).action_troc_submit()
        return move.sudo().troc_compensation_ids

    def validated(self, **values):
        """Return a compensation that the animator has validated."""
        compensation = self.submitted(**values)
        self.by(self.animator, compensation).action_validate()
        self.assertEqual(compensation.state, "validated", compensation.blocked_reason)
        return compensation

    def by(self, user, records):
        """Return `records` as `user`, in his own company, without superuser rights."""
        return records.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )

    # -- what the books say ----------------------------------------------------

    def entry(self, move):
        """Return a journal entry as {(account code, partner): (debit, credit)} rows."""
        return [
            (
                line.account_id.with_company(move.company_id).code,
                line.partner_id.name or "",
                line.debit,
                line.credit,
            )
            for line in move.line_ids.sorted(lambda line: (-line.debit, line.id))
        ]

    def vat_due(self, company, code="44571"):
        """Return the credit balance of the accounts that start with `code`."""
        lines = self.in_company(company)["account.move.line"].search(
            [
                ("company_id", "=", company.id),
                ("account_id.code", "=like", f"{code}%"),
                ("parent_state", "=", "posted"),
            ]
        )
        return -sum(lines.mapped("balance"))

    def assert_invariants(self, network=None):
        """All eight invariants hold: as asserted after every scenario."""
        run = self.env["troc.verification"]._run(network or self.network)
        broken = run.line_ids.filtered(lambda line: not line.held)
        self.assertFalse(broken, broken.mapped(lambda b: (b.code, b.breaches)))
        self.assertEqual(len(run.line_ids), 8)
