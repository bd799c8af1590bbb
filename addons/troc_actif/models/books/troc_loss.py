from datetime import timedelta

from odoo import Command, api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules import losses as rules
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import is_sealed, sealed
from odoo.addons.troc_actif_invoice.tools import dec

from ... import exceptions
from ..members.troc_member_profile import TRADING
from ..members.troc_network import LOSS_RULES
from .troc_loss_post import TrocLossPost

STATES = [("draft", "Draft"), ("posted", "Posted"), ("reversed", "Reversed loss")]


class TrocLoss(
    TrocLossPost,
    models.Model,
):
    """The debt of a member who failed, borne by the network or by its members.

    By the rule that the network had set when the document began, weighed on the eve of
    the judgment, so that nobody shifts his share by spending since.  Each share is a
    transfer to the account of who failed: the register still sums to zero.  Invoices
    stay paid and their VAT as it is.
    """

    _name = "troc.loss"
    _description = "Loss of a member's debt"
    _inherit = [
        "troc.act.mixin",
        "troc.sealed.mixin",
        "troc.thread.mixin",
        "mail.activity.mixin",
    ]
    _order = "id desc"

    SEALED_FIELDS = frozenset(
        (
            "name",
            "state",
            "insolvency_id",
            "rule",
            "weighed_on",
            "share_ids",
            "transfer_ids",
            "entry_date",
            "reversal_date",
            "first_validator_id",
            "posted_by_id",
            "posted_on",
            "reversed_by_id",
            "reversed_on",
            "reversal_reason",
        )
    )
    DERIVED_FIELDS = frozenset(("member_id", "network_id"))

    name = fields.Char("Number", readonly=True, copy=False)
    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, index=True
    )
    insolvency_id = fields.Many2one(
        "troc.insolvency", "Judgment", required=True, readonly=True, ondelete="restrict"
    )
    member_id = fields.Many2one(related="insolvency_id.member_id", store=True)
    network_id = fields.Many2one(related="insolvency_id.network_id", store=True)
    currency_id = fields.Many2one(related="network_id.currency_id")
    balance = fields.Monetary("Balance today", related="member_id.balance")
    amount = fields.Monetary("Amount lost", required=True, tracking=True)
    reason = fields.Char(
        "Why it is lost",
        tracking=True,
        help="E.g. the certificate of the liquidator. Who bears a share reads it.",
    )
    rule = fields.Selection(LOSS_RULES, "Borne by", required=True, readonly=True)
    weighed_on = fields.Date(
        required=True,
        readonly=True,
        help="Balances and sales of this day decide on the shares: the eve of the "
        "judgment.",
    )
    share_ids = fields.One2many("troc.loss.share", "loss_id", "Shares", readonly=True)
    transfer_ids = fields.One2many(
        "troc.transfer", "loss_id", "Transfers", readonly=True
    )
    entry_date = fields.Date(readonly=True, help="Date of the entries in all books.")
    reversal_date = fields.Date(readonly=True)
    first_validator_id = fields.Many2one(
        "res.users", "First signature by", readonly=True
    )
    posted_by_id = fields.Many2one("res.users", "Posted by", readonly=True)
    posted_on = fields.Datetime(readonly=True)
    reversed_by_id = fields.Many2one("res.users", "Reversed by", readonly=True)
    reversed_on = fields.Datetime("Reversed on", readonly=True)
    reversal_reason = fields.Char("Why it was reversed", readonly=True)

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A loss is an amount above zero."
    )
    _one_draft = models.UniqueIndex(
        "(insolvency_id) WHERE state = 'draft'",
        "A draft of this loss is open already.",
    )

    @api.depends("name", "member_id.name")
    def _compute_display_name(self):
        for loss in self:
            loss.display_name = f"{loss.name} ({loss.member_id.name})"

    @api.model
    def _begin(self, insolvency):
        """Return the draft of what the member owes now, shared out by the rule."""
        insolvency._check_recorded()
        network = insolvency.network_id
        balance = dec(insolvency.member_id.balance)
        try:
            rules.check_amount(-balance, balance)
        except RuleError as error:
            exceptions.refuse(self.env, error, insolvency.display_name)
        created = sealed(self).create(
            {
                "name": self.env["ir.sequence"].next_by_code("troc.loss"),
                "insolvency_id": insolvency.id,
                "amount": float(-balance),
                "rule": network.loss_rule,
                "weighed_on": insolvency.judged_on - timedelta(days=1),
            }
        )
        created._share_out()
        return created.with_env(self.env)

    def write(self, vals):
        by_hand = vals.keys() & {"amount", "reason"} and not is_sealed(self.env)
        if by_hand:
            self._refuse_posted()
        done = super().write(vals)
        if by_hand:
            # what the first manager signed is what is posted
            sealed(self).first_validator_id = False
        if "amount" in vals:
            self._share_out()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        self._refuse_posted()

    def _refuse_posted(self):
        for loss in self.filtered(lambda one: one.state != "draft"):
            exceptions.refuse(self.env, RuleError("loss_posted"), loss._label())

    def _label(self):
        return self.display_name

    # -- who bears it ---------------------------------------------------------------

    @each_once
    def action_share_out(self):
        """Share drafts out anew, as members are now; it takes a signature away."""
        self.check_access("write")
        self._refuse_posted()
        self._share_out()
        return True

    def _share_out(self):
        """Write the shares of drafts; what was signed before is signed anew."""
        for loss in sealed(self).filtered(lambda one: one.state == "draft"):
            shares = loss._in_words(loss._shares)
            lines = [
                {"member_id": who.id, "weight": float(counts), "amount": float(part)}
                for who, (counts, part) in shares.items()
            ]
            loss.write(
                {
                    "share_ids": [
                        Command.clear(),
                        *(Command.create(line) for line in lines),
                    ],
                    "first_validator_id": False,
                }
            )

    def _shares(self):
        """Return {member: (what he counts for, his share)} as the rule has it now."""
        amount = dec(self.amount)
        if self.rule == "reserve":
            return {self.network_id._ensure_own_member(): (amount, amount)}
        weights = self._weights()
        parts = rules.shares(amount, weights)
        return {who: (weights[who], part) for who, part in parts.items()}

    def _weights(self):
        """Return {member: what he counts for}, of all who trade, in order of id."""
        members = self._bearers()
        balances = self._balances(members)
        sold = members.account_id._sold_in_a_year(self.weighed_on)
        return {
            member: rules.weight(
                self.rule,
                balance=dec(balances.get(member)),
                sold=sold[member.id],
            )
            for member in members
        }

    def _bearers(self):
        """Return the members who share losses: they trade, and did not fail."""
        trading = self.env["troc.member"].search(
            [
                ("network_id", "=", self.network_id.id),
                ("state", "in", TRADING),
                ("id", "not in", (self.network_id.own_member_id | self.member_id).ids),
            ],
            order="id",
        )
        return trading.filtered(lambda member: not member._judgment())

    def _balances(self, members):
        """Return {member: balance at the end of the day that is weighed}."""
        groups = self.env["troc.register.item"]._read_group(
            [("member_id", "in", members.ids), ("date", "<=", self.weighed_on)],
            ["member_id"],
            ["amount:sum"],
        )
        return dict(groups)

    @each_once
    def action_open_transfers(self):
        """Open the transfers that carry the shares."""
        return self.transfer_ids._get_records_action(name=self.env._("Transfers"))
