from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules import share
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import is_sealed
from odoo.addons.troc_actif_invoice.tools import dec

from ... import exceptions
from ..compensation.troc_compensation import STATES
from .account_move_credit import AccountMoveCredit
from .account_move_facturx import AccountMoveFacturx
from .account_move_notice import AccountMoveNotice
from .account_move_posting import MADE_BY, AccountMovePosting
from .account_move_transfer import AccountMoveTransfer


class AccountMove(
    AccountMoveCredit,
    AccountMoveFacturx,
    AccountMoveNotice,
    AccountMovePosting,
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

    def button_cancel(self):
        """A posted bill that is paid in Actifs is not cancelled, only corrected."""
        for move in self.filtered(lambda m: m.state == "posted"):
            # sudo: the compensation may be one that the user cannot read
            live = move.sudo().troc_bill_compensation_ids.filtered(
                lambda c: c.state == "validated"
            )
            if live:
                error = RuleError("bill_compensated", compensation=live[0].name)
                exceptions.refuse(self.env, error, move.display_name)
        return super().button_cancel()

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
