from odoo import api, fields, models

from ... import exceptions
from ...lib.actif_rules import share
from ...lib.actif_rules.errors import RuleError
from ...public import each_once
from ...tools import dec, same_number
from ..common.seal import is_sealed, sealed
from ..compensation.troc_compensation import STATES
from .account_move_cash_basis import AccountMoveCashBasis
from .account_move_chain import AccountMoveChain
from .account_move_credit import AccountMoveCredit
from .account_move_facturx import AccountMoveFacturx
from .account_move_notice import AccountMoveNotice
from .account_move_transfer import AccountMoveTransfer

REFUNDS = ("out_refund", "in_refund")
# The acts that alone make entries in our journals.
MADE_BY = ("troc_compensation_id", "troc_transfer_id")


class AccountMove(
    AccountMoveCashBasis,
    AccountMoveChain,
    AccountMoveCredit,
    AccountMoveFacturx,
    AccountMoveNotice,
    AccountMoveTransfer,
    models.Model,
):
    _inherit = "account.move"

    actif_share = fields.Float(
        "Actif share", digits=(5, 2), copy=False, help="Percent paid in Actifs."
    )
    actif_share_choice = fields.Selection(
        [("0", "0 %"), ("50", "50 %"), ("100", "100 %"), ("other", "Other")],
        "Choice of the Actif share",
        compute="_compute_actif_share_choice",
        inverse="_inverse_actif_share_choice",
    )
    actif_amount = fields.Monetary("In Actifs", compute="_compute_actif_amount")
    cash_amount = fields.Monetary("In euros", compute="_compute_actif_amount")
    actif_mention = fields.Char("Actif mention", compute="_compute_actif_amount")
    troc_share_ok = fields.Boolean(
        "Actif share allowed", compute="_compute_actif_amount"
    )
    troc_network_id = fields.Many2one(
        "troc.network",
        "Barter network",
        compute="_compute_troc_network_id",
        compute_sudo=True,
    )
    troc_customer_ok = fields.Boolean(
        "Customer is a member", compute="_compute_troc_network_id", compute_sudo=True
    )
    troc_compensation_ids = fields.One2many(
        "troc.compensation", "move_id", "Compensations of the invoice"
    )
    troc_bill_compensation_ids = fields.One2many(
        "troc.compensation", "bill_id", "Compensations of the bill"
    )
    troc_compensation_id = fields.Many2one(
        "troc.compensation",
        "Compensation",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The compensation that made this journal entry.",
    )
    troc_credit_ok = fields.Boolean(
        "Credit note of a compensated invoice",
        compute="_compute_troc_credit_ok",
        compute_sudo=True,
    )
    troc_state = fields.Selection(
        STATES,
        "Compensation state",
        compute="_compute_troc_state",
        compute_sudo=True,
    )

    _actif_share_range = models.Constraint(
        "CHECK(actif_share >= 0 AND actif_share <= 100)",
        "An Actif share lies between 0 and 100 %.",
    )

    # One act has one entry in a journal, and one that reverses it: no caller, and no
    # two of them at once, can post it again.
    _troc_compensation_once = models.UniqueIndex(
        "(troc_compensation_id, journal_id, (reversed_entry_id IS NULL))"
        " WHERE troc_compensation_id IS NOT NULL AND state = 'posted'",
        "This compensation has its entry in this journal already.",
    )
    _troc_transfer_once = models.UniqueIndex(
        "(troc_transfer_id, journal_id, (reversed_entry_id IS NULL))"
        " WHERE troc_transfer_id IS NOT NULL AND state = 'posted'",
        "This transfer has its entry in this journal already.",
    )

    # A credit note of a compensated invoice submits itself when it is posted
    troc_take_back = fields.Boolean(
        "Take the Actif part back by compensation",
        copy=False,
        help="The credit note is submitted to the animators when it is posted.",
    )

    # What invoices and bills say of their compensation, and what it forbids
    troc_notice = fields.Text("Notice on Actifs", compute="_compute_troc_notice")
    troc_notice_warns = fields.Boolean(compute="_compute_troc_notice")

    # Journal entries of transfers outside invoices
    troc_transfer_id = fields.Many2one(
        "troc.transfer",
        "Transfer in Actifs",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The transfer outside invoices that made this journal entry.",
    )

    @api.depends("actif_share")
    def _compute_actif_share_choice(self):
        for move in self:
            exact = {0.0: "0", 50.0: "50", 100.0: "100"}
            move.actif_share_choice = exact.get(move.actif_share, "other")

    @api.onchange("actif_share_choice")
    def _inverse_actif_share_choice(self):
        for move in self.filtered(
            lambda m: m.actif_share_choice not in (False, "other")
        ):
            move.actif_share = float(move.actif_share_choice)

    @api.depends("company_id", "commercial_partner_id")
    def _compute_troc_network_id(self):
        members = self.env["troc.member"]
        for move in self:
            own = members.search([("company_id", "=", move.company_id.id)])
            customer = members.search(
                [
                    ("partner_id", "=", move.commercial_partner_id.id),
                    ("network_id", "in", own.network_id.ids),
                    ("state", "in", ("active", "stand_by", "leaving")),
                ],
                limit=1,
            )
            move.troc_network_id = customer.network_id or own.network_id[:1]
            move.troc_customer_ok = bool(customer)

    @api.depends("actif_share", "amount_total", "amount_untaxed", "troc_network_id")
    def _compute_actif_amount(self):
        for move in self:
            split = move._troc_split_or_none()
            move.actif_amount = float(split.actif) if split else 0.0
            move.cash_amount = float(split.cash) if split else move.amount_total
            # sudo: the mention is printed for whoever may print the invoice
            network_sudo = move.troc_network_id.sudo()
            move.troc_share_ok = network_sudo._allowed_shares().accepts(
                dec(move.actif_share)
            )
            move.actif_mention = (
                network_sudo._render_mention(move.actif_share)
                if split and network_sudo
                else ""
            )

    @api.depends("troc_compensation_ids.state", "troc_bill_compensation_ids.state")
    def _compute_troc_state(self):
        for move in self:
            own = move.troc_compensation_ids | move.troc_bill_compensation_ids
            move.troc_state = own.sorted("id")[-1:].state

    @api.depends("state", "reversed_entry_id.troc_state", "troc_state")
    def _compute_troc_credit_ok(self):
        for move in self:
            move.troc_credit_ok = (
                move.move_type == "out_refund"
                and move.state == "posted"
                and move.reversed_entry_id.troc_state == "validated"
                and move.troc_state not in ("draft", "submitted", "validated")
            )

    def _troc_split_or_none(self):
        if not self.actif_share or self.amount_total <= 0:
            return None
        try:
            return self._troc_split(self.troc_network_id.sudo())
        except RuleError:
            return None

    def _troc_split(self, network):
        """Return the split of this invoice under the rules of `network` (RuleError)."""
        self.ensure_one()
        return share.split(
            dec(self.amount_total),
            dec(self.actif_share),
            base=network.share_base or "total",
            untaxed=dec(self.amount_untaxed),
        )

    @api.depends("actif_share")
    def _compute_preferred_payment_method_line_id(self):
        # Only at 100 %: as the preferred method it takes the IBAN off the invoice.
        result = super()._compute_preferred_payment_method_line_id()
        for move in self.filtered(
            lambda m: m.is_sale_document() and m.actif_share == 100
        ):
            line = move.company_id.sudo()._troc_method_line("inbound")
            if line:
                move.preferred_payment_method_line_id = line
        return result

    def write(self, vals):
        if not is_sealed(self.env):
            if "actif_share" in vals:
                share = vals["actif_share"]
                changed = self.filtered(lambda m: m.actif_share != share)
                changed._check_not_in_use()
                # printed before, it bears another mention, or none
                changed.filtered("invoice_pdf_report_id")._detach_attachments()
            if vals.get("state") in ("draft", "cancel"):
                self.filtered(lambda m: m.state == "posted")._check_not_in_use()
            if {"state", *MADE_BY} & vals.keys():
                self._check_troc_journal()
        return super().write(vals)

    def _check_not_in_use(self):
        """Refuse to change invoices that a live compensation depends on."""
        # sudo: the compensation may be one that the user cannot read
        for move in self:
            live = move.sudo().troc_compensation_ids.filtered(
                lambda c: c.state in ("submitted", "validated")
            )
            if live:
                error = RuleError("frozen_by_compensation", compensation=live.name)
                exceptions.refuse(self.env, error, move.display_name)

    @each_once
    def action_troc_submit(self):
        """Submit these posted customer invoices to the animators."""
        self.check_access("write")
        compensations = self.env["troc.compensation"]._submit_invoices(self)
        return compensations._get_records_action(name=self.env._("Compensation"))

    @each_once
    def action_troc_open(self):
        own = self.troc_compensation_ids | self.troc_bill_compensation_ids
        records = own | self.troc_compensation_id
        return records._get_records_action(name=self.env._("Compensation"))

    def _post(self, soft=True):
        self._check_troc_journal()
        posted = super()._post(soft)
        posted._troc_reconcile_waiting_payments()
        posted._troc_take_back_posted()
        return posted

    @api.constrains(*MADE_BY)
    def _check_made_by(self):
        # also what a default in the context would set
        made = self.filtered(lambda move: any(move[name] for name in MADE_BY))
        made._check_troc_journal(every=True)

    def _check_troc_journal(self, every=False):
        """Refuse entries made by hand in a journal that compensations alone write."""
        if is_sealed(self.env):
            return
        for move in self if every else self.filtered("journal_id.troc_role"):
            error = RuleError("frozen", state=self.env._("kept by the network"))
            exceptions.refuse(self.env, error, move.journal_id.display_name)

    def _reconcile_reversed_moves(self, reverse_moves, move_reverse_cancel):
        """Leave the credit note of a compensated invoice open.

        Odoo would set all of it off against what is due in euros; its Actif part goes
        back by compensation, and the rest is set off then (`troc.posting`).
        """
        kept = self.browse()
        others = self.browse()
        for move, reverse in zip(self, reverse_moves, strict=False):
            if reverse.move_type in REFUNDS and move.troc_state == "validated":
                continue
            kept, others = kept + move, others + reverse
        super(AccountMove, kept)._reconcile_reversed_moves(others, move_reverse_cancel)
        return reverse_moves

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """Leave the payment in Actifs on a document that is cancelled by its reverse.

        Odoo would undo all that is reconciled first: the Actif part goes back by the
        compensation of the credit note instead.
        """
        self._check_troc_journal()
        kept = self.filtered(lambda m: m.is_invoice() and m.troc_state == "validated")
        if not (cancel and kept):
            return super()._reverse_moves(default_values_list, cancel)
        reverses = self.browse()
        values_list = default_values_list or [{} for _move in self]
        for move, values in zip(self, values_list, strict=True):
            own = move not in kept
            reverse = super(AccountMove, move)._reverse_moves([values], own)
            if not own:
                reverse._post(soft=False)
            reverses += reverse
        return reverses

    def _message_log_batch(self, bodies, *args, **kwargs):
        # Odoo drops its superuser rights to log "secured": an animator, who is no
        # user of this company, could then not even name it.
        # sudo: only for entries that a compensation posts.
        moves = self.sudo() if is_sealed(self.env) else self
        return super(AccountMove, moves)._message_log_batch(bodies, *args, **kwargs)

    def _troc_reconcile_waiting_payments(self):
        """Reconcile the buyer's payments on account that waited for these bills."""
        kinds = {"in_invoice": "invoice", "in_refund": "credit_note"}
        for bill in self.filtered(lambda m: m.move_type in kinds):
            # sudo: the buyer's accountant may not write on compensations
            waiting = (
                self.env["troc.compensation"]
                .sudo()
                .search(
                    [
                        ("document_type", "=", kinds[bill.move_type]),
                        ("buyer_company_id", "=", bill.company_id.id),
                        ("seller_partner_id", "=", bill.commercial_partner_id.id),
                        ("document_number", "=ilike", same_number(bill.ref)),
                        ("document_year", "=", bill.invoice_date.year),
                        ("state", "in", ("submitted", "validated")),
                        # a bill that he posts takes the place of the prepared draft
                        "|",
                        ("bill_id", "in", (bill.id, False)),
                        ("bill_id.state", "in", ("draft", "cancel")),
                    ]
                )
            )
            for compensation in waiting:
                sealed(compensation).bill_id = bill
                if compensation.state == "validated":
                    self.env["troc.posting"]._reconcile_bill(sealed(compensation))
