"""What two members say to each other about a listing, and the files they send."""

from odoo import fields
from odoo.tools import (
    email_normalize,
    formataddr,
    html2plaintext,
    plaintext2html,
)

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.text import clean_lines
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.typed import Files, Text

MESSAGE_LENGTH = 5000
NOTE = "troc_actif_market.subtype_deal_note"
WORDS_AN_HOUR = 120
MAX_FILES = 5
MAX_BYTES = 10 * 1024 * 1024


class TrocIntroductionTalk:
    """A part of TrocIntroduction, where its fields stand."""

    __slots__ = ()

    @each_once
    def action_say(self, body: Text, files: Files = ()):
        """Write to the other side; `files`: (name, bytes) each, as downloads."""
        self.ensure_one()
        side = self._side_of_user()
        self._check_pace("say", side, WORDS_AN_HOUR)
        text = clean_lines(body or "", MESSAGE_LENGTH)
        if not text:
            exceptions.refuse(self.env, RuleError("message_missing"), self.name)
        self._post(text, files)
        sealed(self).write(
            {
                "awaited_id": self._other(side).id,
                "last_message_on": fields.Datetime.now(),
            }
        )
        return True

    def _check_files(self, files):
        """Refuse too many files, or one too big; `files`: (name, bytes) each."""
        if len(files) > MAX_FILES:
            exceptions.refuse(self.env, RuleError("files_too_many", value=MAX_FILES))
        for name, content in files:
            if len(content) > MAX_BYTES:
                error = RuleError("file_too_heavy", value=MAX_BYTES // 1024**2)
                exceptions.refuse(self.env, error, name)

    def _post(self, text, files=()):
        self._check_files(files)
        # sudo: the files belong to the conversation, which the user may read; the
        # author stays himself
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": name,
                        "raw": content,
                        # what a message may take over as its own
                        "res_model": "mail.compose.message",
                        "res_id": 0,
                        # never shown inside a page, whatever it claims to be (of an
                        # octet-stream Odoo would guess the type)
                        "mimetype": "application/x-download",
                    }
                    for name, content in files
                ]
            )
        )
        self.sudo().message_post(
            body=plaintext2html(text),
            **self._author(),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachment_ids=attachments.ids,
        )

    def _author(self):
        """Return who speaks, from the network's address: his own is not for all."""
        author = self.env.user.partner_id
        company = self.sudo().network_id.company_id
        address = email_normalize(company.email or "")
        if not address:
            return {"author_id": author.id}
        sender = formataddr((f"{author.name} ({company.name})", address))
        return {"author_id": author.id, "email_from": sender}

    def _message_post_after_hook(self, message, msg_vals):
        done = super()._message_post_after_hook(message, msg_vals)
        # an answer by mail is an answer
        if message.message_type == "email":
            side = self._sides().filtered(
                lambda m: m.partner_id == message.author_id.commercial_partner_id
            )
            if side and self.state == "open":
                self._await(side)
        return done

    def _note(self, text):
        """Leave a line in the conversation that both sides and the animators read.

        Its subtype tells it from what people write: only we post with it.
        """
        self.sudo().message_post(
            body=text,
            **self._author(),
            message_type="notification",
            subtype_xmlid=NOTE,
        )

    def _messages(self):
        """Return what was said, oldest first, as dicts for a page."""
        self.ensure_one()
        self.check_access("read")
        own = self.env["troc.member"]._of_user(self.env.user)
        note = self.env.ref(NOTE)
        return [
            {
                "id": message.id,
                # what came by mail may bring anything: its words only
                "body": plaintext2html(html2plaintext(message.body or "")),
                "author": message.author_id.name,
                "company": message.author_id.commercial_partner_id.name,
                "on": message.date,
                "is_own": message.author_id.commercial_partner_id
                in own.sudo().partner_id,
                "is_note": message.subtype_id == note,
                "files": [(file.id, file.name) for file in message.attachment_ids],
            }
            for message in self._said()
        ]

    def _said(self):
        """Return the messages that both sides read, oldest first (as superuser).

        The caller has checked that these conversations may be read.
        """
        # sudo: messages and files of conversations; no notes of the animators
        said = self.sudo().message_ids.filtered(
            lambda m: (
                m.message_type in ("comment", "notification", "email")
                and not m.subtype_id.internal
                and (m.body or m.attachment_ids)
            )
        )
        return said.sorted("id")

    def _file(self, attachment_id):
        """Return a file of this conversation, empty when it is not of it."""
        self.check_access("read")
        # sudo: see _messages
        return self.sudo().message_ids.attachment_ids.filtered(
            lambda file: file.id == attachment_id
        )

    @each_once
    def action_write_to(self):
        """Write to whose turn it is: to both sides where it is nobody's."""
        members = self.env["troc.member"]
        for introduction in self:
            members |= introduction._whose_turn()
        return members.action_write_to()
