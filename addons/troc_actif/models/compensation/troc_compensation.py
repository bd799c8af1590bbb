from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import typed
from odoo.addons.troc_actif_invoice.seal import is_sealed
from odoo.addons.troc_actif_invoice.typed import Day

from ... import exceptions
from ..common.troc_thread_mixin import WHOLE_NETWORK
from .troc_compensation_acceptance import TrocCompensationAcceptance
from .troc_compensation_dispute import TrocCompensationDispute
from .troc_compensation_submit import TrocCompensationSubmit
from .troc_compensation_undo import TrocCompensationUndo
from .troc_compensation_validate import TrocCompensationValidate

FAULTS = [
    ("document_missing", "The file is gone"),
    ("document_changed", "The file is another one than was received"),
]
STATES = [
    ("draft", "Draft"),
    ("submitted", "To validate"),
    ("validated", "Validated"),
    ("refused", "Refused"),
    ("reversed", "Reversed"),
]


class TrocCompensation(
    TrocCompensationSubmit,
    TrocCompensationAcceptance,
    TrocCompensationDispute,
    TrocCompensationValidate,
    TrocCompensationUndo,
    models.Model,
):
    """The legal set-off of one invoice, or of a share of it, between two members.

    Nobody has write access: a compensation is made and moved by the public methods
    `action_submit`, `action_validate`, `action_refuse`, `action_reverse` (and their
    like), on a recordset of any size.  Amounts are in euros = Actifs.

    What is about compensations and no verb of theirs is a service, which takes them:
    `troc.inbox` and `troc.reading` (files that are sent, what an invoice becomes),
    `troc.situation` (what is told of why it waits), `troc.preview` and `troc.facts`
    (what an animator looks at), `troc.posting`, `troc.notice` (who is told),
    `troc.queue`, `troc.reminder`, `troc.collection` (payment data).
    """

    _name = "troc.compensation"
    _description = "Compensation"
    _inherit = [
        "troc.kept.mixin",
        "troc.act.mixin",
        "troc.portal.page",
        "mail.thread.main.attachment",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["name", "document_number"]

    name = fields.Char("Number", required=True, readonly=True, default="/", copy=False)
    state = fields.Selection(
        STATES, required=True, default="draft", index=True, group_expand=True
    )
    network_id = fields.Many2one("troc.network", required=True, ondelete="restrict")
    currency_id = fields.Many2one("res.currency", required=True)
    source = fields.Selection(
        [
            ("odoo", "Odoo invoice"),
            ("upload", "File"),
            ("rpc", "Own Odoo"),
            ("import", "Import"),
        ],
        required=True,
        default="odoo",
    )

    seller_id = fields.Many2one(
        "troc.member", required=True, ondelete="restrict", index=True
    )
    buyer_id = fields.Many2one(
        "troc.member", required=True, ondelete="restrict", index=True
    )
    seller_partner_id = fields.Many2one(
        related="seller_id.partner_id", store=True, string="Seller's contact"
    )
    buyer_partner_id = fields.Many2one(
        related="buyer_id.partner_id", store=True, string="Buyer's contact"
    )
    seller_company_id = fields.Many2one(
        related="seller_id.company_id", store=True, string="Seller's books"
    )
    buyer_company_id = fields.Many2one(
        related="buyer_id.company_id", store=True, string="Buyer's books"
    )
    seller_territory_id = fields.Many2one(
        related="seller_id.territory_id", store=True, string="Seller's territory"
    )
    buyer_territory_id = fields.Many2one(
        related="buyer_id.territory_id", store=True, string="Buyer's territory"
    )

    document_number = fields.Char("Invoice", required=True, index=True)
    document_date = fields.Date("Invoice date", required=True)
    document_year = fields.Integer(compute="_compute_document_year", store=True)
    document_due_date = fields.Date("Due date")
    document = fields.Binary(attachment=True)
    document_filename = fields.Char("File name")
    document_sha256 = fields.Char("SHA-256", help="Fingerprint of the received file.")
    untaxed_amount = fields.Monetary("Total excl. VAT")
    tax_amount = fields.Monetary("VAT")
    total_amount = fields.Monetary("Total incl. VAT", required=True)
    actif_share = fields.Float("Actif share", digits=(5, 2), help="Percent.")
    actif_amount = fields.Monetary("In Actifs", required=True)
    cash_amount = fields.Monetary("In euros")

    move_id = fields.Many2one(
        "account.move", "Seller's invoice", ondelete="restrict", index="btree_not_null"
    )
    # the names that books give to entries are for who keeps books here
    bill_id = fields.Many2one(
        "account.move",
        "Buyer's bill",
        ondelete="set null",
        index="btree_not_null",
        groups="base.group_user",
    )
    has_bill = fields.Boolean(
        compute="_compute_has_bill", compute_sudo=True, help="In the buyer's books."
    )
    seller_payment_id = fields.Many2one(
        "account.payment",
        "Seller's payment",
        ondelete="restrict",
        groups="base.group_user",
    )
    buyer_payment_id = fields.Many2one(
        "account.payment",
        "Buyer's payment",
        ondelete="restrict",
        groups="base.group_user",
    )
    register_move_id = fields.Many2one(
        "account.move", "Register entry", ondelete="restrict", groups="base.group_user"
    )
    entry_ids = fields.One2many(
        "account.move",
        "troc_compensation_id",
        "Journal entries",
        groups="base.group_user",
    )
    entry_date = fields.Date(readonly=True, help="Date of the entries in all books.")

    invoked_by_id = fields.Many2one("res.users", "Invoked by", readonly=True)
    invoked_on = fields.Datetime("Invoked on", readonly=True)
    first_validator_id = fields.Many2one(
        "res.users", "First validation by", readonly=True
    )
    validated_by_id = fields.Many2one("res.users", "Validated by", readonly=True)
    validated_on = fields.Datetime("Validated on", readonly=True)
    reversed_by_id = fields.Many2one("res.users", "Reversed by", readonly=True)
    reversed_on = fields.Datetime("Reversed on", readonly=True)
    reversal_date = fields.Date(readonly=True)
    decision_reason = fields.Char(
        "Reason", readonly=True, help="Why it was refused or reversed."
    )
    # whose limit it was, or what stops it, is not for the other party to know
    override_by_id = fields.Many2one(
        "res.users", "Overridden by", readonly=True, groups=WHOLE_NETWORK
    )
    override_on = fields.Datetime("Overridden on", readonly=True, groups=WHOLE_NETWORK)
    override_reason = fields.Char(
        "Reason for the override", readonly=True, groups=WHOLE_NETWORK
    )

    blocked_code = fields.Char(readonly=True, groups=WHOLE_NETWORK)
    blocked_detail = fields.Char(readonly=True, groups=WHOLE_NETWORK)
    blocked_since = fields.Datetime(
        readonly=True, groups=WHOLE_NETWORK, help="Since when for the same reason."
    )
    blocked_reason = fields.Char(
        "Why it waits", compute="_compute_blocked_reason", compute_sudo=True
    )
    is_blocked = fields.Boolean(
        "Blocked",
        compute="_compute_is_blocked",
        compute_sudo=True,
        search="_search_is_blocked",
    )
    queued_by_id = fields.Many2one("res.users", "In the queue of", readonly=True)
    in_my_territory = fields.Boolean(
        "In my territories",
        compute="_compute_in_my_territory",
        search="_search_in_my_territory",
    )

    _live_document = models.UniqueIndex(
        "(seller_id, upper(document_number), document_year)"
        " WHERE state IN ('draft', 'submitted', 'validated')",
        "This invoice is already in a compensation.",
    )
    _live_file = models.UniqueIndex(
        "(document_sha256) WHERE document_sha256 IS NOT NULL"
        " AND state IN ('draft', 'submitted', 'validated')",
        "This file is already in a compensation.",
    )
    _live_move = models.UniqueIndex(
        "(move_id) WHERE move_id IS NOT NULL"
        " AND state IN ('draft', 'submitted', 'validated')",
        "This invoice is already in a compensation.",
    )
    _amounts_add_up = models.Constraint(
        "CHECK((actif_amount > 0 OR state = 'draft') AND cash_amount >= 0"
        " AND actif_amount + cash_amount = total_amount)",
        "The Actif part and the euro part must add up to the total.",
    )
    _parties_differ = models.Constraint(
        "CHECK(seller_id != buyer_id)", "Seller and buyer must be different members."
    )

    # The buyer's word before validation, where the network asks for it
    buyer_accepted_by_id = fields.Many2one(
        "res.users", "Accepted by the buyer", readonly=True
    )
    buyer_accepted_on = fields.Datetime("Accepted on", readonly=True)

    # A part of a validated compensation taken back, without any document
    left_amount = fields.Monetary(
        "Left", compute="_compute_left_amount", help="What can still be taken back."
    )

    # Credit notes: they take back, in full or in part, what an invoice compensated
    document_type = fields.Selection(
        [
            ("invoice", "Invoice"),
            ("credit_note", "Credit note"),
            ("correction", "Part taken back"),
        ],
        required=True,
        default="invoice",
        readonly=True,
    )
    origin_id = fields.Many2one(
        "troc.compensation",
        "Takes back",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The compensation that this one corrects.",
    )
    credit_note_ids = fields.One2many("troc.compensation", "origin_id", "Credit notes")
    taken_back = fields.Monetary(
        compute="_compute_taken_back", help="By validated credit notes and parts."
    )
    _credit_note_has_origin = models.Constraint(
        "CHECK((document_type = 'invoice') = (origin_id IS NULL))",
        "A credit note or a part takes back a compensation.",
    )

    # Disputes: each is a record; the words shown are the last one's
    dispute_ids = fields.One2many("troc.dispute", "compensation_id", "Disputes")
    is_disputed = fields.Boolean("Disputed", compute="_compute_is_disputed", store=True)
    dispute_reason = fields.Char("Dispute Reason", related="dispute_ids.reason")
    disputed_by_id = fields.Many2one(related="dispute_ids.disputed_by_id")
    disputed_on = fields.Datetime(related="dispute_ids.disputed_on")
    dispute_resolution = fields.Char(related="dispute_ids.resolution")
    lifted_by_id = fields.Many2one(related="dispute_ids.settled_by_id")
    lifted_on = fields.Datetime(related="dispute_ids.settled_on")

    # Side by side: what a machine reads in the document, and what a person sees
    document_facts = fields.Json(
        readonly=True, groups=WHOLE_NETWORK, help="As read when it was received."
    )
    facts_html = fields.Html(
        "What the file says",
        compute="_compute_facts_html",
        compute_sudo=True,
        sanitize=False,
        groups=WHOLE_NETWORK,
        help="Each fact as a machine read it, against this network and the page.",
    )

    # The document of a compensation is still there, byte for byte as it was received
    document_fault = fields.Selection(
        FAULTS,
        "State of the document",
        compute="_compute_document_fault",
        compute_sudo=True,
        help="Read from the disk each time it is shown.",
    )

    # The day of entries that correct: the first one open in all books concerned
    locked_until = fields.Date(
        readonly=True, help="Books were locked until then: the entries are dated after."
    )
    # whose books are locked is not for the other party to know
    locked_company_id = fields.Many2one(
        "res.company", "Locked books", readonly=True, groups=WHOLE_NETWORK
    )

    # What an animator sees before he clicks, and an accountant after
    entries_html = fields.Html(
        "Entries",
        compute="_compute_entries_html",
        compute_sudo=True,
        sanitize=False,
        groups=WHOLE_NETWORK,
        help="Before validation what will be posted, afterwards what was.",
    )
    balances_html = fields.Html(
        "Balances",
        compute="_compute_balances_html",
        compute_sudo=True,
        sanitize=False,
        groups=WHOLE_NETWORK,
        help="Both balances before and after, within their limits.",
    )
    next_step = fields.Char(
        "Situation", compute="_compute_next_step", compute_sudo=True
    )

    # What waits too long: a reminder to all, then the network managers
    reminded_on = fields.Date("Reminded on", readonly=True)
    escalated_on = fields.Date("Escalated on", readonly=True)

    # Payment data for the French reform's status 212 ("encaissée")
    vat_groups = fields.Json(
        "VAT breakdown", readonly=True, help="Rate, category, base, tax of each group."
    )

    @api.depends("bill_id.state")
    def _compute_has_bill(self):
        for compensation in self:
            compensation.has_bill = compensation.bill_id.state in ("draft", "posted")

    @api.depends("document_date")
    def _compute_document_year(self):
        for compensation in self:
            date = compensation.document_date
            compensation.document_year = date.year if date else 0

    @api.depends("blocked_code", "blocked_detail", "blocked_since")
    @api.depends_context("uid", "lang")
    def _compute_blocked_reason(self):
        situation = self.env["troc.situation"]
        own = self.env["troc.member"]._of_user(self.env.user)
        for compensation in self:
            compensation.blocked_reason = situation._reason(compensation, own)

    @api.depends("blocked_code", "blocked_since", "state")
    @api.depends_context("uid")
    def _compute_is_blocked(self):
        situation = self.env["troc.situation"]
        own = self.env["troc.member"]._of_user(self.env.user)
        for compensation in self:
            told = situation._told_code(compensation, own)
            compensation.is_blocked = compensation.state == "submitted" and bool(told)

    @api.depends(
        "state",
        "actif_share",
        "blocked_code",
        "blocked_since",
        "queued_by_id",
        "first_validator_id",
    )
    @api.depends_context("uid", "lang")
    def _compute_next_step(self):
        situation = self.env["troc.situation"]
        own = self.env["troc.member"]._of_user(self.env.user)
        for compensation in self:
            compensation.next_step = situation._next_step(compensation, own)

    def _search_is_blocked(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = [("state", "=", "submitted"), ("blocked_code", "!=", False)]
        # sudo: whether something stops it, as far as the user is told
        blocked = self.sudo().search(domain).filtered("is_blocked").ids
        return [("id", "in" if True in value else "not in", blocked)]

    def _compute_document_fault(self):
        for compensation in self:
            compensation.document_fault = compensation._document_fault()

    @api.depends("document_facts", "actif_share", "state")
    @api.depends_context("lang")
    def _compute_facts_html(self):
        for compensation in self:
            compensation.facts_html = self.env["troc.facts"]._html(compensation)

    @api.depends("state", "actif_amount", "seller_id", "buyer_id")
    @api.depends_context("lang")
    def _compute_entries_html(self):
        for compensation in self:
            compensation.entries_html = self.env["troc.preview"]._entries(compensation)

    @api.depends("state", "actif_amount", "seller_id.balance", "buyer_id.balance")
    @api.depends_context("lang")
    def _compute_balances_html(self):
        for compensation in self:
            preview = self.env["troc.preview"]
            compensation.balances_html = preview._balances(compensation)

    @api.depends_context("uid")
    @api.depends("seller_territory_id", "buyer_territory_id")
    def _compute_in_my_territory(self):
        mine = self.env["troc.territory"]._mine()
        for compensation in self:
            own = compensation.seller_territory_id | compensation.buyer_territory_id
            compensation.in_my_territory = not mine or bool(own & mine)

    def _search_in_my_territory(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        mine = self.env["troc.territory"]._mine()
        # whoever animates none (a manager, a reader) looks at the whole network
        return mine._compensation_domain() if mine else Domain.TRUE

    @api.depends("name", "document_number")
    def _compute_display_name(self):
        for compensation in self:
            compensation.display_name = (
                f"{compensation.name} ({compensation.document_number})"
            )

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"]
        for vals in vals_list if is_sealed(self.env) else ():
            vals["name"] = sequence.next_by_code("troc.compensation")
        return super().create(vals_list)

    def _refuse_change(self):
        """Refuse what would bypass the one path, over screens or RPC."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        state = ", ".join({labels[c.state] for c in self}) or "–"
        record = ", ".join(self.mapped("name")) or self.env._("A compensation")
        exceptions.refuse(self.env, RuleError("frozen", state=state), record)

    @api.model
    def _cron_validate_queue(self):
        self.env["troc.queue"]._run()

    @api.model
    @typed
    def payment_data(self, date_from: Day, date_to: Day):
        """Return what was paid in Actifs in a period, by VAT rate (dates inclusive).

        A list of dicts: status, date (ISO), sign (1 or -1), compensation, invoice,
        seller and buyer (SIREN), rate (percent, empty where unknown), category, amount
        (incl. VAT) and tax (in it), both signed and as text with two decimals.  A
        reversal and a credit note take back, so their sign is -1.  Only what the
        caller may read.
        """
        first, last = fields.Date.to_date(date_from), fields.Date.to_date(date_to)
        rows = self.env["troc.collection"]._between(first, last)
        return [{**row, "date": row["date"].isoformat()} for row in rows]

    def _portal_url(self):
        return f"/my/actif/invoices/{self.id}"

    def _may_post(self, user):
        # accountants of a hosted party leave notes on what they may read
        return user._is_internal()

    def _label(self):
        """Return how a message names this compensation: its number and the invoice."""
        self.ensure_one()
        return self.display_name

    def _get_mail_thread_data_attachments(self):
        """Show the document beside the form: Odoo leaves out files held by fields."""
        shown = super()._get_mail_thread_data_attachments()
        return shown | self.message_main_attachment_id

    def _creation_message(self):
        self.ensure_one()
        return self.env._("Compensation created")
