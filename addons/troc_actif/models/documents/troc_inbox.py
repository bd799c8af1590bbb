"""Files that are sent: submitted, or told before what they would become."""

import base64
import binascii

from odoo import models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.facturx import (
    reader as facturx_reader,
)
from odoo.addons.troc_actif_invoice.seal import sealed

from ... import exceptions
from ..common.locks import take_turn

WAIT_MILLISECONDS = 2000


class TrocInbox(models.AbstractModel):
    """Takes the files of all doors: screens, the portal, mails, RPC, a link.

    As the user who sends.  `told` is what he says beside the file: the core knows
    nothing of it, other addons do.
    """

    _name = "troc.inbox"
    _description = "Files that are sent"

    def _queue_up(self):
        """Let the files of one member be read by one worker at a time.

        Until the transaction ends; another one of his waits a moment, then is refused,
        so that what unfolds slowly keeps nobody else waiting.
        """
        for member in self.env["troc.member"]._of_user(self.env.user).sorted("id"):
            if not take_turn(self.env, member.id, WAIT_MILLISECONDS):
                # sudo: the name of the user's own company
                name = member.sudo().name
                exceptions.refuse(self.env, RuleError("files_being_read"), name)

    def _decode(self, name, content):
        """Return the bytes of a file that came in base64, or refuse it."""
        try:
            return base64.b64decode(content or "", validate=True)
        except (binascii.Error, ValueError) as error:
            exceptions.refuse(self.env, RuleError("not_pdf_nor_xml"), name)
            raise AssertionError from error

    # -- submitted ------------------------------------------------------------

    def _take(self, name, content, parsed=None):
        """Submit a file, or raise UserError; return its compensation.

        `parsed` is what it says, where it was read already.
        """
        try:
            parsed = parsed or facturx_reader.read_document(content)
            values, question = self.env["troc.reading"]._of_document(parsed, name)
        except RuleError as error:
            exceptions.refuse(self.env, error, name)
        compensation = sealed(self.env["troc.compensation"]).create(values)
        compensation._attach_document(name, content, parsed)
        if question:
            body = exceptions.explain(self.env, question, name)
            compensation._message_log(body=body)
        else:
            compensation.action_submit()
        return compensation.with_env(self.env)

    def _submit(self, name, content, **told):
        """Submit one file; a refusal becomes its result and stops nothing else.

        Returns a dict: name, type (success, warning, danger), message, id.
        """
        try:
            with self.env.cr.savepoint():
                compensation = self._take(name, content)
                self._take_told(sealed(compensation), **told)
        except exceptions.UserError as error:
            return {"name": name, "type": "danger", "message": str(error)}
        kind, message = self._result(compensation)
        return {"name": name, "type": kind, "message": message, "id": compensation.id}

    def _take_told(self, compensation):
        """Record what the sender says beside the file; for other addons."""

    def _result(self, compensation):
        """Return (type, message) that tell how a document was received."""
        label = compensation._label()
        if compensation.state == "draft":
            return "warning", self.env._(
                "%s: choose the Actif share, then submit.", label
            )
        if compensation.blocked_reason:
            return "warning", compensation.blocked_reason
        return "success", self.env._("%s: to validate.", label)

    # -- told before ----------------------------------------------------------

    def _check(self, name, content, **told):
        """Say what `_submit` would make of a file, with the same `told`."""
        read, reading = {"name": name}, self.env["troc.reading"]
        try:
            parsed = facturx_reader.read_document(content)
            read.update(reading._stated(parsed))
            values, question = reading._of_document(parsed, name)
            verdict = self._verdict(values, question, **told)
        except RuleError as error:
            message = exceptions.explain(self.env, error, name)
            verdict = {"type": "danger", "message": message}
        except exceptions.UserError as error:
            verdict = {"type": "danger", "message": str(error)}
        return {**read, **verdict}

    def _verdict(self, values, question, **told):
        """Return what is said of values that would be written."""
        # in memory only: the same checks as a submission, as the real user
        draft = sealed(self.env["troc.compensation"]).new(values)
        self._check_told(draft, **told)
        if question:
            message = exceptions.explain(self.env, question, values["document_number"])
            return {"type": "warning", "message": message}
        draft._check_submission()
        split = {n: values[n] for n in ("actif_share", "actif_amount", "cash_amount")}
        return {**split, **self._told_ready(draft, **told)}

    def _check_told(self, draft):
        """Refuse what the sender says beside the file; for other addons."""

    def _told_ready(self, draft):
        """Return the verdict on an invoice that may be sent."""
        return {"type": "success", "message": self.env._("Ready to send.")}
