"""Submission: of a file, or of an invoice of this database, until it waits.

What an invoice becomes is read by `troc.reading`, which writes nothing; here it is
written, its document is kept byte for byte, and the draft is submitted.
"""

import base64
import binascii
import hashlib

from odoo import api, fields

from ... import exceptions
from ...lib.actif_rules import parties, share
from ...lib.actif_rules.errors import RuleError
from ...lib.actif_rules.facturx import reader as facturx_reader
from ...public import each_once
from ...tools import dec
from ..common.seal import sealed


class TrocCompensationSubmit:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

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
        self.env["troc.notice"]._submitted(todo)
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
                self._check_states()
                allowed = self.network_id._allowed_shares()
                share.check_share(dec(self.actif_share), allowed)
            self._check_open_amounts()
        except RuleError as error:
            exceptions.refuse(self.env, error, self._label())

    def _prepare_draft_bills(self):
        """Find each hosted buyer's bill, or draft it from a hosted seller's invoice."""
        bills = self.env["troc.draft.bill"]
        for compensation in self.filtered(lambda c: not c.bill_id):
            if compensation.buyer_id._books():
                compensation.bill_id = bills._find_or_create(compensation)

    # -- an invoice of this database ------------------------------------------

    def _submit_invoices(self, moves):
        """Submit posted customer invoices; return their compensations.

        Called as the user who invokes the compensation, who must have the right to
        read the invoices.  One invoice that a rule stops raises UserError with its
        name; nothing is written then.
        """
        reading = self.env["troc.reading"]
        vals_list = [reading._of_invoice(move) for move in moves]
        compensations = sealed(self).create(vals_list)
        for compensation in compensations:
            # sudo: the file is printed where there is none yet
            name, content = compensation.move_id.sudo()._troc_document()
            compensation._attach_document(name, content)
        compensations.action_submit()
        return compensations.with_env(self.env)

    # -- a file ---------------------------------------------------------------

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
            values, question = self.env["troc.reading"]._of_document(parsed, name)
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

    def _attach_document(self, name, content, parsed=None):
        """Attach the received bytes untouched; their SHA-256 is their identity.

        `parsed` is what they say, where they were read already.
        """
        # sudo: it belongs to the compensation, which nobody writes
        attachments_sudo = self.env["ir.attachment"].sudo()
        pdf = content[:5] == b"%PDF-"
        attachment = attachments_sudo.create(
            {
                "name": name,
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
                "res_field": "document",
                "mimetype": "application/pdf" if pdf else "application/xml",
            }
        )
        sealed(self).write(
            {
                "document_filename": name,
                "document_sha256": hashlib.sha256(content).hexdigest(),
                "document_facts": self.env["troc.facts"]._stored(content, parsed),
                "message_main_attachment_id": attachment.id,
            }
        )
        self.invalidate_recordset(["document"])

    # -- told before anything is written --------------------------------------

    @api.model
    def check_document(self, name, content):
        """Say what `submit_document` would make of a file; write nothing.

        `content`: the bytes in base64.  Returns a dict: name, type (success, warning
        where something is left to do, danger where it would be refused), message, and
        as far as the file could be read number, date (ISO), seller, buyer, total,
        actif_share, actif_amount, cash_amount (euros and Actifs).
        """
        return self._check_file(name, self._decode(name, content))

    def _check_file(self, name, content, **more):
        """Say what `_submit_file` would make of a file, with the same `more`."""
        read, reading = {"name": name}, self.env["troc.reading"]
        try:
            parsed = facturx_reader.read_document(content)
            read.update(reading._stated(parsed))
            values, question = reading._of_document(parsed, name)
            told = self._told_before(values, question, **more)
        except RuleError as error:
            told = {"type": "danger"}
            told["message"] = exceptions.explain(self.env, error, name)
        except exceptions.UserError as error:
            told = {"type": "danger", "message": str(error)}
        return {**read, **told}

    def _told_before(self, values, question, **more):
        """Return the verdict on values that would be written."""
        # in memory only: the same checks as a submission, as the real user
        draft = sealed(self).new(values)
        draft._check_told(**more)
        if question:
            message = exceptions.explain(self.env, question, values["document_number"])
            return {"type": "warning", "message": message}
        draft._check_submission()
        split = ("actif_share", "actif_amount", "cash_amount")
        told = {name: values[name] for name in split}
        return {**told, **draft._told_ready(**more)}

    def _check_told(self):
        """Refuse what the sender says beside the file; for other addons."""

    def _told_ready(self):
        """Return the verdict on an invoice that may be sent."""
        return {"type": "success", "message": self.env._("Ready to send.")}

    # -- the share of a draft -------------------------------------------------

    @each_once
    def action_set_share(self, actif_share):
        """Choose the Actif share of drafts; recorded as the caller's own decision."""
        self.check_access("read")
        for compensation in self.sudo().filtered(lambda c: c.state == "draft"):
            compensation._check_submitter(self.env.user)
            compensation._apply_share(actif_share)
        return True

    @each_once
    def action_full_share(self):
        """Choose 100 % for these drafts."""
        return self.action_set_share(100)

    @each_once
    def action_half_share(self):
        """Choose 50 % for these drafts."""
        return self.action_set_share(50)

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
