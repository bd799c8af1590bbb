from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules import fees
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.tools import dec

PRODUCTS = {
    "commission": "commission_product_id",
    "membership": "membership_product_id",
    "share": "share_product_id",
}


class TrocFeePolicy(models.Model):
    """What members owe the operator in euros: the commission and the yearly membership.

    A network has one for everybody; a member may have one of his own instead.  Each
    party pays by his own policy: it says what he owes on his sales and his purchases.
    """

    _name = "troc.fee.policy"
    _description = "Fee policy"
    _inherit = ["mail.thread"]
    _order = "name, id"

    name = fields.Char(required=True, translate=False)
    active = fields.Boolean(default=True)
    network_id = fields.Many2one(
        "troc.network",
        required=True,
        ondelete="cascade",
        index=True,
        default=lambda self: self.env["troc.network"].search([], limit=1),
    )
    company_id = fields.Many2one(related="network_id.company_id", string="Operator")
    currency_id = fields.Many2one(related="network_id.currency_id")

    commission_rate = fields.Float(
        "Commission", digits=(5, 2), default=5.0, tracking=True, help="Percent."
    )
    commission_base = fields.Selection(
        [
            ("total", "Whole invoice incl. VAT, euro part included"),
            ("untaxed", "Whole invoice excl. VAT"),
            ("actif", "Actif part alone"),
        ],
        "Commission on",
        required=True,
        default="total",
        tracking=True,
    )
    payer = fields.Selection(
        [
            ("seller", "The seller"),
            ("buyer", "The buyer"),
            ("half", "Both, half of it each"),
            ("each", "Both, the full rate each"),
        ],
        "Paid by",
        required=True,
        default="seller",
        tracking=True,
    )
    allowance = fields.Monetary(
        "Free each year",
        tracking=True,
        help="So much of a member's trade in a calendar year bears no commission.",
    )
    minimum = fields.Monetary(
        "Minimum a compensation",
        tracking=True,
        help="Excl. VAT, for each compensation that is not wholly free.",
    )
    membership_amount = fields.Monetary(
        "Yearly membership", default=235.0, tracking=True, help="Excl. VAT; 0 = none."
    )
    membership_share = fields.Monetary(
        "Refundable share in it",
        default=100.0,
        tracking=True,
        help="Part of the first year's membership: no revenue, without VAT.",
    )
    membership_period = fields.Selection(
        [
            ("anniversary", "On the day of joining"),
            ("calendar", "On 1 January"),
        ],
        "Due each year",
        required=True,
        default="anniversary",
        tracking=True,
    )
    pro_rata = fields.Boolean(
        "First year by its days", help="Of the first calendar year, its days alone."
    )
    territory_share = fields.Float(
        "For the local association",
        digits=(5, 2),
        tracking=True,
        help="Percent of the fees that go to the member's territory, in its analytic "
        "account.",
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        "Payment terms",
        groups="account.group_account_readonly,account.group_account_invoice",
    )
    commission_product_id = fields.Many2one("product.product", "Commission product")
    membership_product_id = fields.Many2one("product.product", "Membership product")
    share_product_id = fields.Many2one("product.product", "Product of the share")
    products_ready = fields.Boolean(
        compute="_compute_products_ready", compute_sudo=True
    )

    _territory_share_range = models.Constraint(
        "CHECK(territory_share >= 0 AND territory_share <= 100)",
        "The part of the local association lies between 0 and 100 %.",
    )

    @api.constrains(
        "commission_rate",
        "allowance",
        "minimum",
        "membership_amount",
        "membership_share",
    )
    def _check_terms(self):
        for policy in self:
            try:
                fees.check_terms(policy._terms())
                fees.check_membership(policy._membership())
            except RuleError as error:
                exceptions.refuse(self.env, error, policy.name)

    @api.depends(*PRODUCTS.values())
    def _compute_products_ready(self):
        for policy in self:
            policy.products_ready = all(policy[name] for name in PRODUCTS.values())

    def _terms(self):
        """Return the terms of the commission, for the rules."""
        self.ensure_one()
        return fees.Terms(
            rate=dec(self.commission_rate),
            base=self.commission_base,
            payer=self.payer,
            allowance=dec(self.allowance),
            minimum=dec(self.minimum),
        )

    def _membership(self):
        """Return the terms of the yearly membership, for the rules."""
        self.ensure_one()
        return fees.Membership(
            amount=dec(self.membership_amount),
            share=dec(self.membership_share),
            calendar=self.membership_period == "calendar",
            pro_rata=self.pro_rata,
        )

    def _product(self, kind):
        """Return the product of a kind of fee: this policy's, else the network's."""
        name = PRODUCTS[kind]
        product = self[name] or self.network_id.fee_policy_id[name]
        if not product:
            raise RuleError("fee_no_product", name=self.name)
        return product

    @each_once
    def action_setup_products(self):
        """Create the products that are missing, as an accounting administrator."""
        for policy in self:
            self.env["troc.company.setup"]._setup_fee_products(policy)
        return True
