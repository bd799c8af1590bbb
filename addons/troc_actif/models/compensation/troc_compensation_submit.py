"""Submission: from an invoice of this database to a compensation that waits."""

import hashlib

from odoo import fields

from ... import exceptions
from ...lib.actif_rules import parties, share
from ...lib.actif_rules.errors import RuleError
from ...public import each_once
from ...tools import dec, same_number
from ..common.seal import sealed


class TrocCompensationSubmit:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    def _submit_invoices(self, moves):
        """Submit posted customer invoices; return their compensations.

        Called as the user who invokes the compensation, who must have the right to
        read the invoices.  One invoice that a rule stops raises UserError with its
        name; nothing is written then.
        """
        vals_list = [self._prepare_from_invoice(move) for move in moves]
        compensations = sealed(self).create(vals_list)
        for compensation in compensations:
            compensation._freeze_document()
        compensations.action_submit()
        return compensations.with_env(self.env)

    def _prepare_from_invoice(self, move):
        """Return the values of a compensation for an invoice (writes nothing)."""
        try:
            seller, buyer = self._invoice_parties(move)
            self._check_invoice(move)
            claimed = self._claimed_by_invoice(move, seller, buyer)
            self._check_no_live_one(seller, move.name, move.invoice_date.year)
        except RuleError as error:
            exceptions.refuse(self.env, error, move.display_name)
        return {
            "network_id": seller.network_id.id,
            "currency_id": move.currency_id.id,
            "source": "odoo",
            "seller_id": seller.id,
            "buyer_id": buyer.id,
            "move_id": move.id,
            "document_number": move.name,
            "document_date": move.invoice_date,
            "document_due_date": move.invoice_date_due,
            "untaxed_amount": move.amount_untaxed,
            "tax_amount": move.amount_tax,
            "total_amount": move.amount_total,
            "vat_groups": self._prepare_vat_groups(move._troc_vat_groups()),
            **claimed,
        }

    def _claimed_by_invoice(self, move, seller, buyer):
        """Return share and amounts of an invoice or a credit note (RuleError)."""
        if move.move_type == "out_refund":
            numbers = move.reversed_entry_id.mapped("name")
            origin = self._origin_of(seller, buyer, numbers)
            total, untaxed = dec(move.amount_total), dec(move.amount_untaxed)
            return self._claimed_back(origin, total, untaxed)
        split = move._troc_split(seller.network_id)
        return {
            "actif_share": float(split.share),
            "actif_amount": float(split.actif),
            "cash_amount": float(split.cash),
        }

    def _invoice_parties(self, move):
        """Return (seller, buyer), members of a common network, or raise RuleError."""
        # sudo: an accountant of the seller may not list members; he learns only
        # whether his customer is one, which the network exists to tell.
        members_sudo = self.env["troc.member"].sudo()
        sellers = members_sudo.search([("company_id", "=", move.company_id.id)])
        if not sellers:
            raise RuleError("seller_not_member", company=move.company_id.name)
        customer = move.commercial_partner_id
        buyer = members_sudo.search(
            [
                ("partner_id", "=", customer.id),
                ("network_id", "in", sellers.network_id.ids),
            ],
            limit=1,
        )
        if not buyer:
            names = ", ".join(sellers.network_id.mapped("name"))
            raise RuleError("buyer_not_member", partner=customer.name, network=names)
        seller = sellers.filtered(lambda m: m.network_id == buyer.network_id)
        parties.check_different(seller, buyer, seller.name)
        return seller, buyer

    def _check_invoice(self, move):
        if move.move_type not in ("out_invoice", "out_refund"):
            raise RuleError("not_customer_invoice")
        if move.state != "posted":
            raise RuleError("not_posted")
        if move.move_type == "out_invoice" and not move.actif_share:
            raise RuleError("no_share")
        if move.currency_id.name != "EUR":
            raise RuleError("not_euro", currency=move.currency_id.name)

    def _check_no_live_one(self, seller, number, year):
        # sudo: a duplicate is refused even where the user may not see the first one
        live = self.sudo().search(
            [
                ("seller_id", "=", seller.id),
                ("document_number", "=ilike", same_number(number)),
                ("document_year", "=", year),
                ("state", "in", ("draft", "submitted", "validated")),
            ],
            limit=1,
        )
        if live:
            raise RuleError(
                "duplicate", number=number, member=seller.name, compensation=live.name
            )

    def _freeze_document(self):
        """Keep the invoice's file, byte for byte, with its fingerprint."""
        self.ensure_one()
        name, content = self.move_id.sudo()._troc_document()
        self._attach_document(name, content)

    def _attach_document(self, name, content, parsed=None):
        """Attach the received bytes untouched; their SHA-256 is their identity.

        `parsed` is what they say, where they were read already.
        """
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": content,
                    "res_model": self._name,
                    "res_id": self.id,
                    "res_field": "document",
                    "mimetype": self._document_mimetype(content),
                }
            )
        )
        sealed(self).write(
            {
                "document_filename": name,
                "document_sha256": hashlib.sha256(content).hexdigest(),
                "document_facts": self._read_facts(content, parsed),
                "message_main_attachment_id": attachment.id,
            }
        )
        self.invalidate_recordset(["document"])

    def _document_attachment(self):
        """Return the attachment that holds the document, byte for byte."""
        self.ensure_one()
        # sudo: for our own reading of it, not for the user
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", "document"),
                ],
                limit=1,
            )
        )

    def _document_mimetype(self, content):
        return "application/pdf" if content[:5] == b"%PDF-" else "application/xml"

    @each_once
    def action_submit(self):
        """Submit drafts: amounts, parties and documents freeze, animators are told.

        The caller belongs to the seller, or animates the network.  Rules that only
        delay (a limit, a locked period) are told at once and do not stop it.
        """
        self.check_access("read")
        for compensation in self.sudo().filtered(lambda c: c.state == "draft"):
            compensation._check_submitter(self.env.user)
            compensation._check_submission()
        todo = sealed(self).filtered(lambda c: c.state == "draft")
        todo.write(
            {
                "state": "submitted",
                "invoked_by_id": self.env.uid,
                "invoked_on": fields.Datetime.now(),
            }
        )
        todo._prepare_draft_bills()
        todo._notify_submitted()
        todo._refresh_blocked()
        return True

    def _check_submitter(self, user):
        self._check_may_submit(self.seller_id, user, self._label())

    def _check_may_submit(self, sellers, user, label):
        """Refuse who neither animates nor trades for one of `sellers`."""
        if (
            user.has_group("troc_actif.group_troc_animator")
            or self.env.su
            and (user.id == self.env.ref("base.user_root").id)
        ):
            return
        own = sellers & self.env["troc.member"]._of_user(user)
        if not own:
            exceptions.refuse(self.env, RuleError("not_party", user=user.name), label)
        own[:1]._check_trader()

    def _check_submission(self):
        """Check what can no longer change once submitted."""
        try:
            parties.check_different(self.seller_id, self.buyer_id, self.seller_id.name)
            if not self._goes_back():
                self._check_trade()
            self._check_open_amounts()
        except RuleError as error:
            exceptions.refuse(self.env, error, self._label())

    def _check_trade(self):
        self._check_states()
        share.check_share(dec(self.actif_share), self.network_id._allowed_shares())

    @each_once
    def action_set_share(self, actif_share):
        """Choose the Actif share of drafts; recorded as the caller's own decision."""
        self.check_access("read")
        for compensation in self.sudo().filtered(lambda c: c.state == "draft"):
            compensation._check_submitter(self.env.user)
            compensation._apply_share(actif_share)
        return True

    def _apply_share(self, actif_share):
        try:
            split = share.split(
                dec(self.total_amount),
                dec(actif_share),
                base=self.network_id.share_base,
                untaxed=dec(self.untaxed_amount),
            )
            share.check_share(split.share, self.network_id._allowed_shares())
        except RuleError as error:
            exceptions.refuse(self.env, error, self._label())
        sealed(self).write(
            {
                "actif_share": float(split.share),
                "actif_amount": float(split.actif),
                "cash_amount": float(split.cash),
            }
        )
        self._message_log(
            body=self.env._("Actif share chosen: %s %%", actif_share),
            author_id=self.env.user.partner_id.id,
        )

    def _prepare_draft_bills(self):
        """Find each hosted buyer's bill, or draft it from a hosted seller's invoice."""
        bills = self.env["troc.draft.bill"]
        for compensation in self.filtered(lambda c: not c.bill_id):
            if compensation.buyer_id._books():
                compensation.bill_id = bills._find_or_create(compensation)

    @each_once
    def action_full_share(self):
        """Choose 100 % for these drafts."""
        return self.action_set_share(100)

    @each_once
    def action_half_share(self):
        """Choose 50 % for these drafts."""
        return self.action_set_share(50)
