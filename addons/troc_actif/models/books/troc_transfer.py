from odoo import Command, api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import is_ours, is_sealed, sealed

from ... import exceptions
from .troc_transfer_post import TrocTransferPost

KINDS = [
    ("correction", "Correction"),
    ("gift", "Gift"),
    ("void", "Voiding"),
    ("opening", "Opening balance"),
    ("loss", "Loss of a debt"),
]
STATES = [("draft", "Draft"), ("posted", "Posted"), ("reversed", "Reversed transfer")]


class TrocTransfer(
    TrocTransferPost,
    models.Model,
):
    """Actifs that move outside invoices: a recorded act of the network's managers.

    The same path as a compensation: guards, the register, the books of hosted
    members, one transaction.  Amounts in Actifs.
    """

    _name = "troc.transfer"
    _description = "Transfer outside invoices"
    _inherit = [
        "troc.act.mixin",
        "troc.sealed.mixin",
        "troc.thread.mixin",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["name", "reason"]

    SEALED_FIELDS = frozenset(
        (
            "name",
            "state",
            "entry_date",
            "reversal_date",
            "register_move_id",
            "loss_id",
            "first_validator_id",
            "posted_by_id",
            "posted_on",
            "reversed_by_id",
            "reversed_on",
            "reversal_reason",
            "override_by_id",
            "override_on",
            "override_reason",
        )
    )

    name = fields.Char("Number", readonly=True, copy=False)
    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, index=True
    )
    kind = fields.Selection(KINDS, required=True, default="correction", tracking=True)
    network_id = fields.Many2one(
        "troc.network",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env["troc.network"].search([], limit=1),
    )
    currency_id = fields.Many2one(related="network_id.currency_id")
    giver_id = fields.Many2one(
        "troc.member",
        "From member",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
        domain="[('network_id', '=', network_id)]",
    )
    taker_id = fields.Many2one(
        "troc.member",
        "To member",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
        domain="[('network_id', '=', network_id)]",
    )
    giver_company_id = fields.Many2one(
        related="giver_id.company_id", store=True, string="Books of the giver"
    )
    taker_company_id = fields.Many2one(
        related="taker_id.company_id", store=True, string="Books of the taker"
    )
    amount = fields.Monetary(required=True, tracking=True)
    reason = fields.Char(
        required=True, tracking=True, help="Both members read it on their statement."
    )
    evidence_ids = fields.Many2many(
        "ir.attachment",
        "troc_transfer_evidence_rel",
        help="The decision or the agreement that this transfer carries out.",
    )
    entry_ids = fields.One2many("account.move", "troc_transfer_id", "Journal entries")
    register_move_id = fields.Many2one(
        "account.move", "Register entry", readonly=True, ondelete="restrict"
    )
    loss_id = fields.Many2one(
        "troc.loss",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The loss that this is a share of.",
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
    override_by_id = fields.Many2one("res.users", "Overridden by", readonly=True)
    override_on = fields.Datetime("Overridden on", readonly=True)
    override_reason = fields.Char("Reason for the override", readonly=True)

    _parties_differ = models.Constraint(
        "CHECK(giver_id != taker_id)", "A transfer goes from one member to another one."
    )
    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A transfer moves an amount above zero."
    )

    @api.constrains("network_id", "giver_id", "taker_id")
    def _check_one_network(self):
        for transfer in self:
            if transfer._parties().network_id != transfer.network_id:
                network = transfer.network_id.name
                error = RuleError("transfer_networks_differ", network=network)
                exceptions.refuse(self.env, error, transfer._label())

    @api.depends("name", "giver_id.name", "taker_id.name")
    def _compute_display_name(self):
        for transfer in self:
            parties = f"{transfer.giver_id.name} → {transfer.taker_id.name}"
            name = transfer.name or self.env._("Draft transfer")
            transfer.display_name = f"{name} ({parties})"

    def _sealed_defaults(self, vals):
        number = self.env["ir.sequence"].next_by_code("troc.transfer")
        return {**super()._sealed_defaults(vals), "state": "draft", "name": number}

    @api.model_create_multi
    def create(self, vals_list):
        transfers = super().create(vals_list)
        transfers._own_evidence()
        return transfers

    def write(self, vals):
        own = {n for n in vals if is_ours(self._fields[n])}
        if own and not is_sealed(self.env):
            self._refuse_posted()
            # what the first manager signed is what is posted
            signed = self.filtered("first_validator_id")
            sealed(signed).first_validator_id = False
        done = super().write(vals)
        if "evidence_ids" in vals:
            self._own_evidence()
        return done

    def _own_evidence(self):
        """Make the evidence the transfer's own: read by whoever reads the transfer.

        Odoo shows a file that belongs to no record to its author alone; what belongs
        to another one is copied.
        """
        for transfer in self:
            for file in transfer.evidence_ids:
                transfer._own_file(file)

    def _own_file(self, file):
        place = {"res_model": self._name, "res_id": self.id}
        if not file.res_id:
            file.write(place)
        elif (file.res_model, file.res_id) != (self._name, self.id):
            copied = file.copy(place)
            swap = [Command.unlink(file.id), Command.link(copied.id)]
            sealed(self).evidence_ids = swap

    def _refuse_other_evidence(self, files):
        """Refuse to change `files` where a signed or posted transfer rests on them."""
        for transfer in self.exists():
            kept = transfer.state != "draft" or transfer.first_validator_id
            if kept and transfer.evidence_ids & files:
                error = RuleError("evidence_kept")
                exceptions.refuse(self.env, error, transfer._label())

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        self._refuse_posted()

    def _refuse_posted(self):
        for transfer in self.filtered(lambda t: t.state != "draft"):
            exceptions.refuse(self.env, RuleError("transfer_posted"), transfer._label())

    def _label(self):
        return self.display_name

    def _reference(self):
        """Return the reference that all books share (PieceRef of the FEC)."""
        return f"{self.name} - {self.reason}"

    @each_once
    def action_open_entries(self):
        return self.entry_ids._get_records_action(name=self.env._("Journal entries"))
