"""A member's account of Actifs: the guarded balance, what is set aside, the limits."""

from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules import limits
from odoo.addons.troc_actif_invoice.lib.actif_rules.limit_policy import has_ended
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec

from ..common.locks import lock_rows
from .troc_account_growth import TrocAccountGrowth
from .troc_account_limits import TrocAccountLimits
from .troc_account_temporary import TrocAccountTemporary
from .troc_account_warning import TrocAccountWarning

# What a member's record shows of its account under the same names; nobody writes it.
FIGURES = frozenset(
    (
        "balance",
        "reserved_amount",
        "credit_limit",
        "balance_limit",
        "credit_override",
        "balance_override",
        "override_by_id",
        "override_on",
        "override_reason",
        "temporary_credit",
        "temporary_ceiling",
        "temporary_until",
        "temporary_by_id",
        "near_credit_since",
        "near_ceiling_since",
        "positive_since",
        "dormant_since",
    )
)


class TrocAccount(
    TrocAccountGrowth,
    TrocAccountLimits,
    TrocAccountTemporary,
    TrocAccountWarning,
    models.Model,
):
    """The one account of a member, which `troc.member` shows as its own fields.

    `balance` is a guard, written in the same transaction as the register entry: only
    a stored value with a CHECK stays right when two transactions spend at once.  The
    truth is the posted journal items; the verification compares both.
    """

    _name = "troc.account"
    _description = "Account of Actifs"
    _inherit = ["troc.kept.mixin"]
    _rec_names_search = ["member_ids.name"]

    # one at most (a unique index of members), archived or not
    member_ids = fields.One2many(
        "troc.member", "account_id", context={"active_test": False}
    )
    currency_id = fields.Many2one(related="member_ids.network_id.currency_id")
    # no figure of the checks below may be NULL: a check that meets one passes
    balance = fields.Monetary(
        required=True, default=0.0, readonly=True, help="Above zero: may be spent."
    )
    reserved_amount = fields.Monetary(
        "Reserved",
        required=True,
        default=0.0,
        readonly=True,
        help="For deals agreed upon and not yet validated.",
    )
    credit_limit = fields.Monetary(
        "Credit limit",
        required=True,
        default=0.0,
        readonly=True,
        tracking=True,
        help="How far below zero the balance may go.",
    )
    balance_limit = fields.Monetary(
        "Balance limit",
        required=True,
        default=0.0,
        readonly=True,
        tracking=True,
        help="How far above zero the balance may go; 0 = no ceiling.",
    )
    credit_override = fields.Monetary(
        "Credit beyond the limit",
        required=True,
        default=0.0,
        readonly=True,
        tracking=True,
        help="What a manager let pass beyond the limit; shrinks as the member sells.",
    )
    balance_override = fields.Monetary(
        "Balance beyond the limit",
        required=True,
        default=0.0,
        readonly=True,
        tracking=True,
    )
    override_by_id = fields.Many2one("res.users", "Overridden by", readonly=True)
    override_on = fields.Datetime("Overridden on", readonly=True)
    override_reason = fields.Char("Reason for the override", readonly=True)
    room = fields.Monetary("May spend", compute="_compute_room")
    highest_balance = fields.Monetary(
        "Highest balance today",
        compute="_compute_room",
        help="How far above zero it may go as things stand; 0 = no ceiling.",
    )
    credit_used = fields.Float("Credit used", compute="_compute_room", help="Percent.")

    # Limits for a time: an extra on top of a member's own, until a date
    temporary_credit = fields.Monetary("Extra credit for a time", readonly=True)
    temporary_ceiling = fields.Monetary("Extra ceiling for a time", readonly=True)
    temporary_until = fields.Date(
        "Until", readonly=True, help="Last day on which the extra counts."
    )
    temporary_by_id = fields.Many2one("res.users", "Granted by", readonly=True)

    # Accounts that come near a limit, and those whose credit lies unspent
    near_credit_since = fields.Date("Near the credit limit since", readonly=True)
    near_ceiling_since = fields.Date("Near the balance limit since", readonly=True)
    positive_since = fields.Date("Above zero since", readonly=True)
    dormant_since = fields.Date(
        "Nothing spent since",
        readonly=True,
        index="btree_not_null",
        help="Set while the credit is dormant: above zero, without a purchase for as "
        "many days as the network says.",
    )

    _balance_within_credit_limit = models.Constraint(
        "CHECK(balance + credit_limit + credit_override >= 0)",
        "This would take a member beyond the credit limit.",
    )
    _balance_within_balance_limit = models.Constraint(
        "CHECK(balance_limit = 0 OR balance <= balance_limit + balance_override)",
        "This would take a member beyond the balance limit.",
    )
    _limits_positive = models.Constraint(
        "CHECK(credit_limit >= 0 AND balance_limit >= 0"
        " AND credit_override >= 0 AND balance_override >= 0)",
        "Limits are zero or more.",
    )
    _reserved_positive = models.Constraint(
        "CHECK(reserved_amount >= 0)", "What is set aside is zero or more."
    )

    @api.model
    def _valid_field_parameter(self, field, name):
        # the member's record, which shows these fields, tells what changes of them
        return name == "tracking" or super()._valid_field_parameter(field, name)

    @api.depends("member_ids.name")
    def _compute_display_name(self):
        for account in self:
            account.display_name = account.member_ids.name

    @api.depends(
        "member_ids.state",
        "member_ids.insolvency_ids.state",
        "balance",
        "reserved_amount",
        "credit_limit",
        "credit_override",
        "balance_limit",
        "balance_override",
        "temporary_until",
        "temporary_credit",
        "temporary_ceiling",
    )
    def _compute_room(self):
        for account in self:
            figures = account._figures()
            member = account.member_ids
            judged = bool(member and member._judgment())
            spendable = limits.spendable(figures, member.state, judged)
            account.room = float(spendable)
            account.highest_balance = float(figures.ceiling or 0)
            account.credit_used = float(limits.utilisation(figures))

    def _figures(self):
        """Return the account as the rules see it (`limits.Account`).

        What was added to the limits for a time counts until its last day; what is set
        aside for deals is held.
        """
        self.ensure_one()
        over = has_ended(self.temporary_until or None, self._today())
        own = self._lasting_limits() if over else self._limits()
        return limits.Account(
            name=self.member_ids.name or "",
            balance=dec(self.balance),
            credit_limit=own.credit,
            balance_limit=own.ceiling or None,
            credit_override=dec(self.credit_override),
            balance_override=dec(self.balance_override),
            reserved=dec(self.reserved_amount),
        )

    def _today(self):
        return fields.Date.context_today(self)

    def _take(self):
        """Lock these accounts; return them, to be written, read anew."""
        lock_rows(self.env, self._table, self.ids)
        self.invalidate_recordset()
        return sealed(self).sorted("id")

    def _keep(self, values):
        """Write `values`, on the member: its history shows what changes of them."""
        self.ensure_one()
        sealed(self.member_ids).write(values)

    def _set_balance(self, figures):
        """Write the guard: `figures` as they stand after the movement.

        The overrides are set to what lies beyond the limits at that moment, so that
        they shrink by themselves when the member comes back.
        """
        since = self.positive_since if self.balance > 0 else False
        self._keep(
            {
                "balance": float(figures.balance),
                "credit_override": float(figures.credit_override),
                "balance_override": float(figures.balance_override),
                "positive_since": figures.balance > 0 and (since or self._today()),
            }
        )

    def _add_reserved(self, amount):
        """Set aside, or free when negative; writes the row (see the reservation)."""
        self.ensure_one()
        reserved = dec(self.reserved_amount) + amount
        sealed(self).reserved_amount = float(max(reserved, dec(0)))
