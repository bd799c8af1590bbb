"""A network that asks for fees, and what its people do with them."""

from odoo import fields

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif_invoice.seal import sealed


class FeesCase(TrocCase):
    """5 % of the seller, no membership, unless a test says otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.network.action_setup_fees()
        cls.policy = cls.network.fee_policy_id
        cls.policy.write({"membership_amount": 0, "membership_share": 0})
        for member in cls.portal + cls.portal2:
            sealed(member).credit_limit = 100000
        cls.operator_accountant = cls._accountant("operator")
        cls.today = fields.Date.today()

    def traded(self, amount=1000, seller=None, buyer=None, **values):
        """Return a validated compensation of `amount` excl. VAT between these."""
        compensation = self.uploaded(
            seller or self.portal, buyer or self.portal2, amount=amount, **values
        )
        return self.validate(compensation)

    def prepared(self, user=None, members=None, date_to=None):
        """Return the wizard of a manager who looks at what is due."""
        run = self.by(user or self.manager, self.env["troc.fee.run"]).create(
            {
                "network_id": self.network.id,
                "date_to": date_to or self.today,
                "member_ids": members.ids if members else False,
            }
        )
        run.action_prepare()
        return run

    def invoiced(self, **values):
        """Let the manager invoice what is due; return the documents of the fees."""
        before = self.fee_moves()
        self.prepared(**values).action_invoice()
        return self.fee_moves() - before

    def fee_moves(self):
        self.env.invalidate_all()
        return self.env["troc.fee"].search([]).move_id

    def fees_of(self, compensation, member=None):
        fees = self.env["troc.fee"].search(
            [("compensation_id", "=", compensation.id)], order="id"
        )
        return fees.filtered(lambda f: f.member_id == (member or f.member_id))

    def told(self, fees):
        """Return fees as (member, amount, state) rows."""
        return [(fee.member_id, fee.amount, fee.state) for fee in fees]

    def pay(self, move, amount=None):
        """Let the operator's accountant note a payment by bank."""
        bank = self.env["account.journal"].search(
            [
                ("company_id", "=", self.operator.id),
                ("type", "=", "bank"),
                ("troc_role", "=", False),
            ],
            limit=1,
        )
        values = {"journal_id": bank.id, **({"amount": amount} if amount else {})}
        wizard = self.by(self.operator_accountant, self.env["account.payment.register"])
        wizard = wizard.with_context(active_model="account.move", active_ids=move.ids)
        wizard.create(values).action_create_payments()
        self.env.invalidate_all()
