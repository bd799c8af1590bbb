from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import is_sealed

from ... import exceptions
from ..compensation.troc_compensation import STATES
from .account_move_credit import AccountMoveCredit
from .account_move_notice import AccountMoveNotice
from .account_move_posting import LINKS, AccountMovePosting
from .account_move_transfer import AccountMoveTransfer

# What the invoice of a compensation is found by.
OF_INVOICE = frozenset(
    ("name", "partner_id", "invoice_date", "currency_id", "journal_id")
)
# What an accountant ticks our entries by: the PieceRef of the FEC.
OF_ENTRY = frozenset(("ref",))
# What says of which entry this is the reversal, of which payment the VAT.
OF_ORIGIN = frozenset(("reversed_entry_id", "tax_cash_basis_rec_id"))
# What makes a bill another one: its supplier, its money.
OF_BILL = frozenset(("partner_id", "currency_id"))


class AccountMove(
    AccountMoveCredit,
    AccountMoveNotice,
    AccountMovePosting,
    AccountMoveTransfer,
    models.Model,
):
    _inherit = "account.move"

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
    troc_may_attach = fields.Boolean(
        "A payment in Actifs may be its own", compute="_compute_troc_notice"
    )

    # The entry that brings a payment in Actifs to the account of a late bill
    troc_carries_id = fields.Many2one(
        "troc.compensation",
        "Brings the payment in Actifs of",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The bill came on another payable account than the payment in Actifs.",
    )

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

    @api.depends("troc_network_id")
    def _compute_actif_amount(self):
        return super()._compute_actif_amount()

    def _troc_share_terms(self):
        """Return the ShareTerms of the network, which override the company's own."""
        # sudo: the mention is printed for whoever may print the invoice
        network_sudo = self.troc_network_id.sudo()
        if network_sudo:
            return network_sudo._share_terms()
        return super()._troc_share_terms()

    def _troc_awaited(self):
        """In a network: what the compensation that is under way will settle."""
        if back := self.reversed_entry_id and self._troc_to_give_back():
            return self._troc_of_open(back)
        last = self._troc_own().sorted("id")[-1:]
        if not last:
            return super()._troc_awaited()
        waits = self.state != "cancel" and last.state in ("draft", "submitted")
        return self._troc_of_open(last.actif_amount) if waits else 0.0

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

    def write(self, vals):
        if not is_sealed(self.env):
            if "actif_share" in vals:
                share = vals["actif_share"]
                self.filtered(lambda m: m.actif_share != share)._check_not_in_use()
            if vals.get("state") in ("draft", "cancel"):
                self.filtered(lambda m: m.state == "posted")._check_not_in_use()
            if {"state", *LINKS} & vals.keys():
                self._check_troc_journal()
            self._check_kept_facts(vals)
        return super().write(vals)

    def _check_kept_facts(self, vals):
        """Refuse to change what a compensation, its entry or its bill rests on."""
        posted = self.filtered(lambda move: move.state == "posted")
        posted._changed_by(vals, OF_INVOICE)._check_not_in_use()
        self._changed_by(vals, OF_BILL)._check_not_compensated()
        for move in posted._changed_by(vals, OF_ORIGIN):
            # sudo: the compensation may be one that the user cannot read
            origin_sudo = move.sudo().reversed_entry_id
            if move.tax_cash_basis_rec_id or origin_sudo._troc_compensated():
                exceptions.refuse_kept(move)
        entries = posted.filtered(lambda m: any(m[name] for name in LINKS))
        for move in entries._changed_by(vals, OF_ENTRY):
            exceptions.refuse_kept(move)

    def _changed_by(self, vals, names):
        """Return those of these that `vals` changes in one of the fields `names`."""
        changed = self.browse()
        for name in names & vals.keys():
            value = self._fields[name].convert_to_cache
            changed |= self.filtered(
                lambda move, name=name, value=value: (
                    value(move[name], move) != value(vals[name], move)
                )
            )
        return changed

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
        """A bill that is paid in Actifs is not cancelled, only corrected."""
        self._check_not_compensated()
        return super().button_cancel()

    @api.ondelete(at_uninstall=False)
    def _unlink_not_compensated(self):
        if not is_sealed(self.env):
            self._check_not_compensated()

    def _check_not_compensated(self):
        """Refuse where a bill that was posted is paid in Actifs.

        The draft prepared for the buyer may go: he enters his own.
        """
        for move in self.filtered("posted_before"):
            # sudo: the compensation may be one that the user cannot read
            live = move.sudo().troc_bill_compensation_ids.filtered(
                lambda c: c.state == "validated"
            )
            if live:
                error = RuleError("bill_compensated", compensation=live[0].name)
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
