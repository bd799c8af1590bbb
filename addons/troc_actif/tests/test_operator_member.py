"""The operator trades itself: it buys and sells in Actifs, with its books here."""

from odoo.tests import tagged

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestOperatorMember(TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator.action_troc_setup()
        cls.house = cls._member(cls.operator.partner_id, "000100057", cls.operator)
        cls.house_accountant = cls._accountant("operator")

    def accountant_of(self, company):
        if company == self.operator:
            return self.house_accountant
        return super().accountant_of(company)

    def test_it_sells_and_buys_and_the_animator_validates(self):
        sale = self.submitted(company=self.operator)
        self.assertEqual(sale.seller_id, self.house)
        self.validate(sale)
        self.assert_table(sale, 1200.0)
        purchase = self.submitted(customer=self.house)
        self.assertEqual(purchase.bill_id.company_id, self.operator)
        self.validate(purchase)
        self.assertEqual(self.house.balance, 0.0)
        self.assert_invariants()

    def test_who_keeps_its_books_does_not_validate_for_it(self):
        both = self._user(
            "both", "troc_actif.group_troc_animator,account.group_account_invoice"
        )
        self.env.ref("troc_actif.territory_metropole").animator_ids += both
        sale = self.submitted(company=self.operator)
        act = self.by(both, sale).action_validate
        self.assert_refused("own_company", sale.name, act)

    def test_who_belongs_to_it(self):
        members = self.env["troc.member"]
        self.assertIn(self.house_accountant, self.house._users())
        self.assertEqual(members._of_user(self.house_accountant), self.house)
        for user in (self.animator, self.manager):
            self.assertNotIn(user, self.house._users())
            self.assertNotIn(self.house, members._of_user(user))
