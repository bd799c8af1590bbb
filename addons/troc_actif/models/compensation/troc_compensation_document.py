"""Submission of a Factur-X file: read, judge, match the members, then submit."""

import base64
import binascii

from odoo import api, fields

from ... import exceptions
from ...lib.actif_rules import share
from ...lib.actif_rules.errors import RuleError
from ...lib.actif_rules.facturx import claim as facturx_claim
from ...lib.actif_rules.facturx import judge as facturx_judge
from ...lib.actif_rules.facturx import reader as facturx_reader
from ...tools import dec
from ..common.seal import sealed

# Codes of the judge that leave a draft behind, for an animator to decide.
OPEN_QUESTIONS = frozenset({"no_claim", "ambiguous_claim"})


class TrocCompensationDocument:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    @api.model
    def submit_document(self, name, content):
        """Submit one Factur-X file (PDF or XML); return what became of it.

        `content`: the bytes in base64.  Returns a dict: id, name, state, message.
        A file that cannot be taken raises UserError and leaves nothing behind; one
        that does not say its share becomes a draft, for an animator to decide.
        Animators submit for anyone, other users for the member they belong to.
        """
        content = self._decode(name, content)
        compensation = self._create_from_document(name, content)
        return {
            "id": compensation.id,
            "name": compensation.name,
            "state": compensation.state,
            "message": compensation.blocked_reason or "",
        }

    @api.model
    def submit_attachments(self, attachment_ids):
        """Submit files that were uploaded; return what became of each, in order.

        A list of dicts: name of the file, message, and type for a notification
        (success, warning where something is left to do, danger where it is refused).
        """
        attachments = self.env["ir.attachment"].browse(attachment_ids).union()
        results = [self._submit_file(file.name, file.raw) for file in attachments]
        attachments.unlink()
        return results

    def _submit_file(self, name, content, **told):
        """Submit one file; a refusal becomes its result and stops nothing else.

        `told`: what the sender says beside the file (see `_take_told`).
        """
        try:
            with self.env.cr.savepoint():
                compensation = self._create_from_document(name, content)
                sealed(compensation)._take_told(**told)
        except exceptions.UserError as error:
            return {"name": name, "type": "danger", "message": str(error)}
        kind, message = compensation._document_result()
        return {"name": name, "type": kind, "message": message, "id": compensation.id}

    def _take_told(self):
        """Record what the sender says beside the file (sealed); for other addons."""

    def _document_result(self):
        """Return (type, message) that tell how a document was received."""
        if self.state == "draft":
            return "warning", self.env._(
                "%s: choose the Actif share, then submit.", self._label()
            )
        if self.blocked_reason:
            return "warning", self.blocked_reason
        return "success", self.env._("%s: to validate.", self._label())

    def _decode(self, name, content):
        try:
            return base64.b64decode(content or "", validate=True)
        except (binascii.Error, ValueError) as error:
            exceptions.refuse(self.env, RuleError("not_pdf_nor_xml"), name)
            raise AssertionError from error

    def _create_from_document(self, name, content, parsed=None):
        """Submit a file; `parsed` is what it says, where it was read already."""
        try:
            parsed = parsed or facturx_reader.read_document(content)
            values, question = self._prepare_from_document(parsed, name)
        except RuleError as error:
            exceptions.refuse(self.env, error, name)
        compensation = sealed(self).create(values)
        compensation._attach_document(name, content, parsed)
        if question:
            body = exceptions.explain(self.env, question, name)
            compensation._message_log(body=body)
        else:
            compensation.action_submit()
        return compensation.with_env(self.env)

    def _prepare_from_document(self, parsed, name):
        """Return (values, question) for a parsed invoice (writes nothing).

        Who may not send for the seller is refused before anything of the seller's
        other invoices is looked at, so that no refusal tells of them.

        `question` is the RuleError that an animator answers by choosing the share;
        a refusal that no one can decide is raised.
        """
        question = self._judge(parsed)
        seller, buyer = self._match_parties(parsed, name)
        self._check_no_live_one(seller, parsed.number, parsed.issue_date.year)
        values = self._prepare_unclaimed(parsed, seller, buyer)
        try:
            return {**values, **self._claimed(parsed, seller, buyer)}, question
        except RuleError as error:
            if error.code not in OPEN_QUESTIONS:
                raise
            return values, question or error

    def _judge(self, parsed):
        """Return the open question, if any; raise the first refusal."""
        today = fields.Date.context_today(self)
        errors = facturx_judge.judge(parsed, today=today)
        for error in errors:
            if error.code not in OPEN_QUESTIONS:
                raise error
        return errors[0] if errors else None

    def _prepare_unclaimed(self, parsed, seller, buyer):
        """Return the values that do not depend on the Actif share."""
        return {
            "network_id": seller.network_id.id,
            "currency_id": seller.network_id.currency_id.id,
            "source": "upload",
            "seller_id": seller.id,
            "buyer_id": buyer.id,
            "document_number": parsed.number,
            "document_date": parsed.issue_date,
            "document_due_date": parsed.due_date,
            "untaxed_amount": float(parsed.total_untaxed),
            "tax_amount": float(parsed.total_tax),
            "total_amount": float(parsed.total),
            "actif_amount": 0.0,
            "cash_amount": float(parsed.total),
            "vat_groups": self._prepare_vat_groups(parsed.vat),
            "move_id": self._find_invoice(seller, buyer, parsed).id,
        }

    def _claimed(self, parsed, seller, buyer):
        """Return share and amounts as the invoice claims them, or raise RuleError."""
        if parsed.type_code == facturx_judge.CREDIT_NOTE:
            origin = self._origin_of(seller, buyer, parsed.preceding)
            return self._claimed_back(origin, parsed.total, parsed.total_untaxed)
        network = seller.network_id
        if not parsed.actif_claim:
            raise RuleError("no_claim")
        split = facturx_claim.split_claim(
            parsed.actif_claim,
            total=parsed.total,
            untaxed=parsed.total_untaxed,
            base=network.share_base,
        )
        share.check_share(split.share, network._allowed_shares())
        return {
            "actif_share": float(split.share),
            "actif_amount": float(split.actif),
            "cash_amount": float(split.cash),
        }

    def _match_parties(self, parsed, name):
        """Return (seller, buyer): members matched by SIREN, never by name or mail."""
        # sudo: a member may not list the others; a file of his names its buyer
        members_sudo = self.env["troc.member"].sudo()
        sellers = members_sudo.search([("siren", "=", parsed.seller.siren or "-")])
        if not sellers:
            raise RuleError(
                "unknown_seller", name=parsed.seller.name, siren=parsed.seller.siren
            )
        label = f"{name} ({parsed.number})"
        self._check_may_submit(sellers, self.env.user, label)
        buyer = members_sudo.search(
            [
                ("siren", "=", parsed.buyer.siren or "-"),
                ("network_id", "in", sellers.network_id.ids),
            ],
            limit=1,
        )
        if not buyer:
            raise RuleError(
                "unknown_buyer", name=parsed.buyer.name, siren=parsed.buyer.siren
            )
        return sellers.filtered(lambda m: m.network_id == buyer.network_id), buyer

    def _find_invoice(self, seller, buyer, parsed):
        """Return the hosted seller's own posted invoice to `buyer` with this number and
        total."""
        # sudo: the books of the seller; only the link to his own invoice is kept
        moves_sudo = self.env["account.move"].sudo()
        company = seller._books()
        if not company:
            return moves_sudo
        credit_note = parsed.type_code == facturx_judge.CREDIT_NOTE
        found = moves_sudo.search(
            [
                ("company_id", "=", company.id),
                ("move_type", "=", "out_refund" if credit_note else "out_invoice"),
                ("state", "=", "posted"),
                ("name", "=", parsed.number),
                ("commercial_partner_id", "=", buyer.partner_id.id),
            ],
            limit=1,
        )
        return found if dec(found.amount_total) == dec(parsed.total) else moves_sudo
