"""A small network for the tests: three companies, four members and their users."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.troc_actif_invoice.tests.companies import prepare_companies

from . import prepared
from .books import Books
from .documents import Documents


class Network(Documents, Books):
    """Makes the network; needs `cls.env`, a superuser's.  See TrocCase."""

    @classmethod
    def setUpClass(cls):
        # before the transaction of the class begins, which would not see it
        cls.ready_made = prepared.ensure(Network)
        super().setUpClass()

    @classmethod
    def make_network(cls):
        """Find the network that is prepared in this database, or make it."""
        if cls.ready_made:
            cls.ready_made.give(cls)
        else:
            cls.create_network()

    @classmethod
    def create_network(cls):
        cls.companies = prepare_companies(cls.env)
        cls.env.user.company_ids += cls.env["res.company"].union(
            *cls.companies.values()
        )
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
        return cls._member(cls._company_partner(name, postal_code, siren), siren)

    @classmethod
    def _company_partner(cls, name, postal_code="75010", siren="contact"):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "zip": postal_code,
                "country_id": cls.env.ref("base.fr").id,
                "email": f"{siren}@example.com",
            }
        )

    @classmethod
    def _member(cls, partner, siren, company=None, **values):
        return cls.env["troc.member"].create(
            {
                "network_id": cls.network.id,
                "partner_id": partner.id,
                "siren": siren,
                "kind": "hosted" if company else "portal",
                "company_id": company.id if company else False,
                "state": "active",
                **values,
            }
        )

    @classmethod
    def _create_users(cls):
        cls.animator = cls._user("animator", "troc_actif.group_troc_animator")
        cls.animator2 = cls._user("animator2", "troc_actif.group_troc_animator")
        cls.far_animator = cls._user("far", "troc_actif.group_troc_animator")
        cls.manager = cls._user(
            "manager", "troc_actif.group_troc_manager,troc_actif.group_troc_override"
        )
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

    def transfer(self, giver, taker, amount=100.0, post=True, **values):
        """Return a transfer written, and posted, by the manager; with evidence."""
        attachment = self.by(self.manager, self.env["ir.attachment"]).create(
            {"name": "decision.txt", "raw": b"Decision du comite"}
        )
        transfer = self.by(self.manager, self.env["troc.transfer"]).create(
            {
                "network_id": self.network.id,
                "giver_id": giver.id,
                "taker_id": taker.id,
                "amount": amount,
                "reason": "Décision du comité",
                "evidence_ids": [Command.set(attachment.ids)],
                **values,
            }
        )
        if post:
            transfer.action_post()
        return transfer.with_env(self.env)

    def set_limits(self, member, credit, balance=0.0, excess=False):
        """Let the manager set a member's limits."""
        self.by(self.manager, member).action_set_limits(
            credit, balance, "Décision du comité", excess
        )


class TrocCase(Network, TransactionCase):
    """Members: seller and buyer hosted here, two portal members, and their users."""

    def assert_refused(self, code, named, act, *args, **kwargs):
        """`act` is refused for the reason `code`, in a sentence with `named` in it."""
        with self.assertRaises(UserError) as caught:
            act(*args, **kwargs)
        refusal = caught.exception
        self.assertEqual(getattr(refusal.__cause__, "code", refusal), code)
        self.assertIn(named, str(refusal))
        self.assertNotIn("–", str(refusal), "a fact of the sentence is missing")

    def assert_waits(self, compensation, code, named=""):
        """The compensation stays submitted and says why."""
        self.assertEqual(compensation.state, "submitted")
        self.assertEqual(compensation.blocked_code, code)
        self.assertTrue(compensation.is_blocked)
        reason = compensation.blocked_reason
        self.assertIn(compensation.name, reason)
        self.assertIn(named, reason)
        self.assertNotIn("–", reason, "a fact of the sentence is missing")
        self.assertFalse(compensation.entry_ids)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_network()
