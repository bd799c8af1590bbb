"""Invoices that members send by mail to the alias of their network."""

from odoo import Command, api, fields, models
from odoo.tools import clean_context, email_normalize

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

from ... import exceptions

INVOICE_ENDINGS = (".pdf", ".xml")


class TrocIncomingMail(models.Model):
    """One mail received, what became of each invoice in it, and the answer sent.

    The sender of a mail is not proven: he can only submit what he could on the
    portal, both parties are told, and an animator decides.
    """

    _name = "troc.incoming.mail"
    _description = "Invoices received by mail"
    _inherit = ["mail.thread"]
    _order = "id desc"

    name = fields.Char("Subject")
    network_id = fields.Many2one("troc.network", required=True, ondelete="cascade")
    email_from = fields.Char("From")
    user_id = fields.Many2one(
        "res.users", "Sender", help="Whom the address belongs to."
    )
    line_ids = fields.One2many("troc.incoming.mail.line", "mail_id", "Invoices")
    refused_count = fields.Integer(
        "Refused files", compute="_compute_refused_count", store=True
    )

    @api.depends("line_ids.outcome")
    def _compute_refused_count(self):
        for mail in self:
            refused = mail.line_ids.filtered(lambda line: line.outcome == "danger")
            mail.refused_count = len(refused)

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Submit each invoice of the mail as its sender, and answer him."""
        values = {**(custom_values or {}), "email_from": msg_dict.get("email_from")}
        mail = super().message_new(msg_dict, values)
        mail.user_id = mail._sender(msg_dict)
        mail._take_invoices(msg_dict.get("attachments") or [])
        mail._answer()
        return mail

    def _sender(self, msg_dict):
        """Return the user with this address, a member's where there are several."""
        # sudo: the gateway acts for a sender who is not logged in
        address = email_normalize(msg_dict.get("email_from") or "")
        users = self.env["res.users"].sudo()
        if address:
            users = users.search([("email_normalized", "=", address)], order="id")
        member = self.env["troc.member"]
        return users.filtered(lambda user: member._of_user(user))[:1] or users[:1]

    def _take_invoices(self, attachments):
        files = [
            (name, content if isinstance(content, bytes) else content.encode())
            for name, content, *_ in attachments
            if (name or "").lower().endswith(INVOICE_ENDINGS)
        ]
        if not self.user_id:
            results = [self._refusal("sender_unknown", self.email_from)]
        elif files:
            results = [self._submit(name, content) for name, content in files]
        else:
            results = [self._refusal("no_attachment", self.name)]
        self.line_ids = [Command.create(result) for result in results]

    def _refusal(self, code, record):
        message = exceptions.explain(self._words(), RuleError(code), record or "–")
        return {"name": record, "outcome": "danger", "message": message}

    def _words(self):
        """Return an environment in the language of the answer."""
        lang = self.user_id.lang or self.network_id.company_id.partner_id.lang
        return self.with_context(lang=lang).env

    def _submit(self, name, content):
        """Submit one file with the sender's own rights."""
        user = self.user_id
        # not the defaults that the gateway puts in the context for its own record
        clean = self.with_env(self.env(context=clean_context(self.env.context)))
        inbox = clean.env["troc.inbox"].sudo(False).with_user(user)
        result = inbox.with_context(
            allowed_company_ids=user.company_ids.ids, lang=user.lang
        )._submit(name, content)
        return {
            "name": name,
            "outcome": result["type"],
            "message": result["message"],
            "compensation_id": result.get("id"),
        }

    def _answer(self):
        if self.email_from:
            # not in the name of the sender, as whom the gateway acts
            robot = self.env.ref("base.user_root")
            template = self.env.ref("troc_actif.mail_incoming_answer")
            template.with_user(robot).send_mail(self.id)


class TrocIncomingMailLine(models.Model):
    _name = "troc.incoming.mail.line"
    _description = "Invoice received by mail"

    mail_id = fields.Many2one(
        "troc.incoming.mail", required=True, ondelete="cascade", index=True
    )
    name = fields.Char("File")
    outcome = fields.Selection(
        [("success", "Submitted"), ("warning", "To look at"), ("danger", "Refused")],
        required=True,
    )
    message = fields.Text()
    compensation_id = fields.Many2one("troc.compensation", ondelete="set null")
