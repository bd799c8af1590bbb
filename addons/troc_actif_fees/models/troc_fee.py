from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.models.common.managers import MANAGER, check_managers
from odoo.addons.troc_actif.models.common.troc_thread_mixin import WHOLE_NETWORK
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.typed import Text

from .troc_fee_due import TrocFeeDue
from .troc_fee_invoice import TrocFeeInvoice

STATES = [
    ("due", "To invoice"),
    ("free", "Free"),
    ("invoiced", "Invoiced"),
    ("credited", "Credited"),
    ("offset", "Set off"),
    ("waived", "Waived"),
]


class TrocFee(
    TrocFeeDue,
    TrocFeeInvoice,
    models.Model,
):
    """One line of what a member owes in euros, excl. VAT; below zero, is given back.

    Lines are only ever added: the first of a compensation is its commission, the next
    ones are what corrections change of it, so that the sum is what is due today.
    Nobody may write here: `_prepare_due` finds what is due, `action_invoice` and
    `action_waive` settle it.
    """

    _name = "troc.fee"
    _description = "Fee"
    _order = "date desc, id desc"

    network_id = fields.Many2one("troc.network", required=True, ondelete="restrict")
    member_id = fields.Many2one(
        "troc.member", required=True, ondelete="restrict", index=True
    )
    territory_id = fields.Many2one(
        "troc.territory", ondelete="restrict", index="btree_not_null"
    )
    policy_id = fields.Many2one(
        "troc.fee.policy", ondelete="restrict", groups=WHOLE_NETWORK
    )
    currency_id = fields.Many2one(related="network_id.currency_id")
    kind = fields.Selection(
        [
            ("commission", "Commission"),
            ("membership", "Membership"),
            ("share", "Refundable share"),
        ],
        required=True,
    )
    state = fields.Selection(STATES, required=True, default="due", index=True)
    date = fields.Date(required=True, help="Of the validation, or the first day.")
    date_to = fields.Date("Until", help="Last day of the membership year.")
    year = fields.Integer(aggregator=None, help="The year whose allowance it uses.")

    compensation_id = fields.Many2one(
        "troc.compensation", ondelete="restrict", index="btree_not_null"
    )
    document_number = fields.Char(
        related="compensation_id.document_number", string="Invoice traded"
    )
    side = fields.Selection([("seller", "Sale"), ("buyer", "Purchase")])
    number = fields.Integer(
        default=1, aggregator=None, help="1 is the commission, the others correct it."
    )
    base = fields.Monetary("Traded")
    allowance = fields.Monetary("Of it free")
    rate = fields.Float(digits=(5, 2), aggregator=None, help="Percent.")
    amount = fields.Monetary("Amount excl. VAT", required=True)
    territory_share = fields.Float(
        "Part of the association", digits=(5, 2), aggregator=None, help="Percent."
    )
    territory_amount = fields.Monetary(
        "For the local association", compute="_compute_territory_amount", store=True
    )

    move_id = fields.Many2one(
        "account.move",
        "Fee invoice",
        ondelete="restrict",
        index="btree_not_null",
        groups=WHOLE_NETWORK,
    )
    move_name = fields.Char(related="move_id.name", string="Number of the invoice")
    payment_state = fields.Selection(related="move_id.payment_state")
    due_date = fields.Date(related="move_id.invoice_date_due", string="Payable until")
    queued_by_id = fields.Many2one("res.users", "In the queue of", groups=WHOLE_NETWORK)
    waived_by_id = fields.Many2one("res.users", "Waived by", groups=WHOLE_NETWORK)
    waived_on = fields.Datetime("Waived on")
    waived_reason = fields.Char("Why it is waived")

    _commission_once = models.UniqueIndex(
        "(compensation_id, member_id, number) WHERE compensation_id IS NOT NULL",
        "This commission is recorded already.",
    )
    _membership_once = models.UniqueIndex(
        "(member_id, kind, date) WHERE compensation_id IS NULL",
        "This membership is recorded already.",
    )
    _commission_of_compensation = models.Constraint(
        "CHECK((kind = 'commission') = (compensation_id IS NOT NULL))",
        "A commission is that of a compensation.",
    )
    _invoiced_has_move = models.Constraint(
        "CHECK((state IN ('invoiced', 'credited')) = (move_id IS NOT NULL))",
        "An invoiced fee has its invoice.",
    )

    @api.depends("amount", "territory_share")
    def _compute_territory_amount(self):
        for fee in self:
            part = fee.amount * fee.territory_share / 100
            fee.territory_amount = fee.currency_id.round(part)

    @api.depends("kind", "compensation_id", "member_id", "date")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for fee in self:
            what = fee.compensation_id.name or str(fee.date)
            fee.display_name = f"{labels.get(fee.kind, '')} {what}"

    # -- access ---------------------------------------------------------------

    @api.model
    def _check_runner(self, networks):
        """Refuse whoever may not invoice for the operators of these networks."""
        user = self.env.user
        if user.has_group(MANAGER):
            return
        accountant = user.has_groups(WHOLE_NETWORK) and user.has_group(
            "account.group_account_invoice"
        )
        # sudo: which companies the networks belong to, for one comparison
        for network in networks.sudo():
            if not accountant or network.company_id not in user.company_ids:
                error = RuleError("not_fee_runner", user=user.name)
                exceptions.refuse(self.env, error, network.name)

    def _check_waiver(self):
        check_managers(self)
        for fee in self:
            if fee.state != "due" or fee.amount < 0:
                error = RuleError("fee_wrong_state")
                exceptions.refuse(self.env, error, fee.display_name)

    # -- acts -----------------------------------------------------------------

    @each_once
    def action_waive(self, reason: Text):
        """Ask these fees of nobody, with a manager's recorded reason."""
        self._check_waiver()
        for fee in self:
            fee.member_id._check_reason(reason)
        # sudo: nobody writes fees by hand; the manager was checked above
        self.sudo().write(
            {
                "state": "waived",
                "queued_by_id": False,
                "waived_by_id": self.env.uid,
                "waived_on": fields.Datetime.now(),
                "waived_reason": reason,
            }
        )
        return True

    @each_once
    def action_open_compensation(self):
        self.ensure_one()
        record = self.compensation_id or self.member_id
        return record._get_records_action()

    @each_once
    def action_open_invoice(self):
        self.ensure_one()
        self.check_access("read")
        return self.move_id._get_records_action()
