from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules import mention
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.share import AllowedShares
from odoo.addons.troc_actif_invoice.lib.actif_rules.terms import ShareTerms
from odoo.addons.troc_actif_invoice.public import each_once

from ... import exceptions
from ..common.kept import refuse_unsealed
from .troc_network_joining import TrocNetworkJoining
from .troc_network_life import TrocNetworkLife
from .troc_network_limits import TrocNetworkLimits
from .troc_network_own import TrocNetworkOwn

LOSS_RULES = [
    ("reserve", "The network's own account"),
    ("balances", "Members above zero, in proportion"),
    ("turnover", "Members, by their sales of twelve months"),
    ("equal", "Members, in equal shares"),
]
KEPT = frozenset(("register_journal_id", "own_member_id"))


class TrocNetwork(
    TrocNetworkJoining,
    TrocNetworkLife,
    TrocNetworkLimits,
    TrocNetworkOwn,
    models.Model,
):
    """A circle of members who accept each other's Actifs, and its rules.

    The operator company holds the register: the record of all members' accounts, as
    journal items of its own books.
    """

    _name = "troc.network"
    _description = "Network"
    _inherit = ["mail.thread", "mail.alias.mixin.optional"]
    _order = "name"

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Operator",
        required=True,
        default=lambda self: self.env.company,
        help="The company whose books hold the register of all members' accounts.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    register_journal_id = fields.Many2one(
        "account.journal", readonly=True, ondelete="restrict"
    )
    register_account_id = fields.Many2one(
        "account.account",
        domain="[('company_ids', 'in', company_id)]",
        ondelete="restrict",
        help="Off-balance by default: units are a claim on the other members, not a "
        "debt of the operator.",
    )
    register_ready = fields.Boolean(compute="_compute_register_ready", store=True)

    mention = fields.Char(
        required=True,
        default=mention.DEFAULT_MENTION,
        help="Printed on invoices; {share} stands for the Actif share.",
    )
    allow_full_share = fields.Boolean("100 %", default=True)
    allow_half_share = fields.Boolean("50 %", default=True)
    allow_free_share = fields.Boolean("Any other share", default=False)
    share_base = fields.Selection(
        [
            ("total", "Total including VAT"),
            ("untaxed", "Amount excluding VAT (the VAT is paid in euros)"),
        ],
        required=True,
        default="total",
    )

    credit_limit = fields.Monetary(
        "Default credit limit",
        default=2000.0,
        tracking=True,
        help="How far below zero a new member may go.",
    )
    balance_limit = fields.Monetary(
        "Default balance limit",
        tracking=True,
        help="How far above zero a new member may go; 0 means no ceiling.",
    )
    four_eyes_threshold = fields.Monetary(
        "Two animators from",
        tracking=True,
        help="From this Actif amount on, two different animators validate; 0 = never.",
    )
    alias_name = fields.Char(
        "Mail address for invoices",
        help="Members send their invoices there; each becomes a compensation.",
    )
    member_ids = fields.One2many("troc.member", "network_id", "Members")
    member_count = fields.Integer(compute="_compute_member_count")
    last_verification_id = fields.Many2one(
        "troc.verification", compute="_compute_last_verification_id"
    )

    _limits_positive = models.Constraint(
        "CHECK(credit_limit >= 0 AND balance_limit >= 0 AND four_eyes_threshold >= 0)",
        "Limits and thresholds are zero or more.",
    )

    # What a network asks of who wants to join, and of a buyer before validation
    buyer_acceptance = fields.Boolean(
        "The buyer accepts first",
        help="No invoice is validated before its buyer has accepted it.",
    )
    joining_open = fields.Boolean(
        "Companies may ask to join",
        default=True,
        help="On the public page “Join the network”.",
    )
    charter = fields.Html(help="What a company accepts when it asks to join.")

    # What a network decides about the end of memberships
    notice_days = fields.Integer(
        "Days of notice",
        default=90,
        help="How long a leaving member may still spend what is on the account, or "
        "earn what is owed. What is left then goes to the network's account, "
        "never paid out in euros.",
    )
    _notice_positive = models.Constraint(
        "CHECK(notice_days >= 0)", "A number of days of notice is zero or more."
    )

    # Who bears what a member who fails cannot pay back
    loss_rule = fields.Selection(
        LOSS_RULES,
        "Losses are borne by",
        required=True,
        default="reserve",
        tracking=True,
        help="What a member owes when he fails: from the network's own account, or "
        "shared among the members who trade, to the cent.",
    )

    # How limits grow, when a network warns of them, and how long things may wait
    growth_percent = fields.Float(
        "Credit limit from sales",
        digits=(5, 2),
        tracking=True,
        help="Percent of the sales in Actifs of the last twelve months; 0 = limits do "
        "not grow by themselves.",
    )
    growth_cap = fields.Monetary(
        "Up to", tracking=True, help="No credit limit grows beyond it by itself."
    )
    warning_percent = fields.Integer(
        "Warn from",
        default=80,
        tracking=True,
        help="Percent of a limit from which the member and the animators are warned; 0 "
        "= never.",
    )
    dormant_days = fields.Integer(
        "Dormant credit after",
        default=90,
        tracking=True,
        help="Days without a purchase after which credit counts as dormant; 0 = never.",
    )
    reminder_days = fields.Integer(
        "Remind after",
        default=7,
        tracking=True,
        help="Days that a compensation waits, disputed or not, before both parties and "
        "the animators are reminded; 0 = never.",
    )
    escalation_days = fields.Integer(
        "Escalate after",
        default=14,
        tracking=True,
        help="Days that a compensation waits before the network managers are asked to "
        "settle it; 0 = never.",
    )
    _policy_positive = models.Constraint(
        "CHECK(growth_percent >= 0 AND growth_cap >= 0 AND warning_percent >= 0"
        " AND dormant_days >= 0 AND reminder_days >= 0 AND escalation_days >= 0)",
        "Percentages, amounts and days are zero or more.",
    )

    # The network's own account: where voided Actifs go and opening balances come from
    own_member_id = fields.Many2one(
        "troc.member",
        "Network's account",
        readonly=True,
        ondelete="restrict",
        copy=False,
        help="The operator's own account: voided Actifs go there.",
    )

    @api.constrains("mention")
    def _check_mention(self):
        for network in self:
            try:
                mention.check_template(network.mention or "")
            except RuleError as error:
                exceptions.refuse(self.env, error, network.name)

    @api.constrains("company_id", "register_account_id")
    def _check_register_unchanged(self):
        for network in self:
            journal = network.register_journal_id
            if not journal:
                continue
            moved = journal.company_id != network.company_id
            if moved or network._has_other_items():
                exceptions.refuse(
                    self.env,
                    RuleError("frozen", state=self.env._("in use")),
                    self.env._("The register of %s", network.name),
                )

    def _has_other_items(self):
        """Tell whether the register holds items on another account than the one set."""
        # sudo: a network manager has no right on journal items; only a count leaves.
        return bool(
            self.env["account.move.line"]
            .sudo()
            .search_count(
                [
                    ("journal_id", "=", self.register_journal_id.id),
                    ("account_id", "!=", self.register_account_id.id),
                ],
                limit=1,
            )
        )

    @api.depends("register_journal_id", "register_account_id")
    def _compute_register_ready(self):
        for network in self:
            network.register_ready = bool(
                network.register_journal_id and network.register_account_id
            )

    @api.depends("member_ids")
    def _compute_member_count(self):
        for network in self:
            network.member_count = len(network.member_ids)

    def _compute_last_verification_id(self):
        for network in self:
            network.last_verification_id = self.env["troc.verification"].search(
                [("network_id", "=", network.id)], limit=1
            )

    @api.model_create_multi
    def create(self, vals_list):
        # whatever a default says: their own acts make them
        return super().create([{**vals, **dict.fromkeys(KEPT)} for vals in vals_list])

    def write(self, vals):
        refuse_unsealed(self, KEPT, vals)
        return super().write(vals)

    def _allowed_shares(self):
        """Return the shares the network allows, for the rules."""
        return AllowedShares(
            full=self.allow_full_share,
            half=self.allow_half_share,
            free=self.allow_free_share,
        )

    def _share_terms(self):
        """Return the ShareTerms of this network's invoices."""
        self.ensure_one()
        return ShareTerms(self.mention, self._allowed_shares(), self.share_base)

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("troc.incoming.mail")
        if self.id:
            values["alias_defaults"] = repr({"network_id": self.id})
        return values

    @each_once
    def action_setup_register(self):
        """Create what is missing of the register's journal and account (idempotent)."""
        for network in self:
            self.env["troc.company.setup"]._setup_register(network)
        return True

    @each_once
    def action_verify(self):
        """Run the eight invariants and open the result."""
        self.ensure_one()
        return self.env["troc.verification"]._run(self)._get_records_action()

    @each_once
    def action_open_members(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif.action_member"
        )
        return {**action, "domain": [("network_id", "=", self.id)], "context": {}}
