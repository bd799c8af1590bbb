"""Submission: of a file, or of an invoice of this database, until it waits.

Files come in by `troc.inbox`; what an invoice becomes is read by `troc.reading`, which
writes nothing.  Here its document is kept byte for byte, and the draft is submitted.
"""

import hashlib

from odoo import api, fields

from odoo.addons.troc_actif_invoice.lib.actif_rules import parties, share
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once, typed
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec
from odoo.addons.troc_actif_invoice.typed import Content, Ids, Number, Text

from ... import exceptions


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
            compensation._check_submitter()
            compensation._check_submission()
        todo = sealed(self).filtered(lambda c: c.state == "draft")
        todo.write(
            {
                "state": "submitted",
                "invoked_by_id": self.env.uid,
                "invoked_on": fields.Datetime.now(),
            }
        )
        todo.env["troc.draft.bill"]._prepare_for(todo)
        self.env["troc.notice"]._submitted(todo)
        todo._refresh_blocked()
        return True

    def _check_submitter(self):
        self._check_may_submit(self.seller_id, self._label())

    def _check_may_submit(self, sellers, label):
        """Refuse who neither animates nor trades for one of `sellers`."""
        user = self.env.user
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
            if self._goes_back():
                self._check_may_go_back()
            else:
                self._check_states()
                allowed = self.network_id._allowed_shares()
                share.check_share(dec(self.actif_share), allowed)
            self._check_open_amounts()
        except RuleError as error:
            exceptions.refuse(self.env, error, self._label())

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
    @typed
    def submit_document(self, name: Text, content: Content):
        """Submit one Factur-X file (PDF or XML); return what became of it.

        `content`: the bytes in base64.  Returns a dict: id, name, state, message.
        A file that cannot be taken raises UserError and leaves nothing behind; one
        that does not say its share becomes a draft, for an animator to decide.
        Animators submit for anyone, other users for the member they belong to.
        """
        inbox = self.env["troc.inbox"]
        inbox._queue_up()
        compensation = inbox._take(name, inbox._decode(name, content))
        return {
            "id": compensation.id,
            "name": compensation.name,
            "state": compensation.state,
            "message": compensation.blocked_reason or "",
        }

    @api.model
    @typed
    def submit_attachments(self, attachment_ids: Ids):
        """Submit files that were uploaded; return what became of each, in order.

        A list of dicts: name of the file, message, and type for a notification
        (success, warning where something is left to do, danger where it is refused).
        """
        attachments = self.env["ir.attachment"].browse(attachment_ids).union()
        submit = self.env["troc.inbox"]._submit
        results = [submit(file.name, file.raw) for file in attachments]
        attachments.unlink()
        return results

    @api.model
    @typed
    def check_document(self, name: Text, content: Content):
        """Say what `submit_document` would make of a file; write nothing.

        `content`: the bytes in base64.  Returns a dict: name, type (success, warning
        where something is left to do, danger where it would be refused), message, and
        as far as the file could be read number, date (ISO), seller, buyer, total,
        actif_share, actif_amount, cash_amount (euros and Actifs).
        """
        inbox = self.env["troc.inbox"]
        inbox._queue_up()
        return inbox._check(name, inbox._decode(name, content))

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

    # -- the share of a draft -------------------------------------------------

    @each_once
    def action_set_share(self, actif_share: Number):
        """Choose the Actif share of drafts; recorded as the caller's own decision."""
        self.check_access("read")
        for compensation in self.sudo().filtered(lambda c: c.state == "draft"):
            compensation._check_submitter()
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
