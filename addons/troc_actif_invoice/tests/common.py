"""A company alone, without a network, and its people."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user

from .companies import prepare_companies
from .invoices import Invoices

SIREN = {"seller": "000100016", "buyer": "000100024"}
IBAN = "FR7630006000011234567890189"


class InvoiceCase(Invoices, TransactionCase):
    """A seller that is set up, its customer, and an accounting administrator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.companies = prepare_companies(cls.env)
        cls.env.user.company_ids += cls.env["res.company"].union(
            *cls.companies.values()
        )
        cls.company, cls.other = cls.companies["seller"], cls.companies["operator"]
        cls.customer = cls.companies["buyer"].partner_id
        cls.chief = cls.user("chief", "account.group_account_manager", cls.company)
        cls.accountant = cls.user("accountant", "account.group_account_user")
        for key, siren in SIREN.items():
            cls.identify(cls.companies[key].partner_id, siren)
        cls.env["res.partner.bank"].create(
            {
                "acc_number": IBAN,
                "partner_id": cls.company.partner_id.id,
                "allow_out_payment": True,
            }
        )
        cls.company.with_user(cls.chief).with_context(
            allowed_company_ids=cls.company.ids
        ).action_troc_setup()

    @classmethod
    def user(cls, login, group, company=None):
        """Return a user of one company with this group alone."""
        company = company or cls.company
        return new_test_user(
            cls.env,
            f"troc_{login}",
            groups=f"base.group_user,{group}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def identify(cls, partner, siren):
        """Give a company all that an electronic invoice must say of it."""
        partner.write(
            {
                "company_registry": f"{siren}00005" if siren == SIREN["seller"] else "",
                "vat": f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}",
                "street": "1 rue du Troc",
                "city": "Paris",
                "zip": "75011",
                "phone": "0100000000",
                "email": "compta@example.com",
                "country_id": cls.env.ref("base.fr").id,
            }
        )

    def invoice(self, share=100, rows=((1000, "20% S"),), **values):
        """Return a posted invoice of the company to its customer."""
        company = values.pop("company", self.company)
        return self.written(company, self.customer, rows, actif_share=share, **values)

    def entry(self, move):
        """Return a journal entry as (account code, debit, credit) rows."""
        return [
            (
                line.account_id.with_company(move.company_id).code,
                line.debit,
                line.credit,
            )
            for line in move.line_ids.sorted(lambda line: (-line.debit, line.id))
        ]

    def assert_refused(self, code, named, act, *args, **kwargs):
        """`act` is refused for the reason `code`, in a sentence with `named` in it."""
        with self.assertRaises(UserError) as caught:
            act(*args, **kwargs)
        refusal = caught.exception
        self.assertEqual(getattr(refusal.__cause__, "code", refusal), code)
        self.assertIn(named, str(refusal))
        self.assertNotIn("–", str(refusal), "a fact of the sentence is missing")
