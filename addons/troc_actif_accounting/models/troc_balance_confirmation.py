"""The letter by which a member confirms his balance at the end of a year."""

from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.text import clean_lines
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.typed import Text

from .troc_balance_confirmation_send import TrocBalanceConfirmationSend


class TrocBalanceConfirmation(
    TrocBalanceConfirmationSend,
    models.Model,
):
    """What a member had at a closing date, on numbered paper, and what he says of it.

    Nobody writes it by hand: `troc.confirmation.run` makes it, `_send` prints and mails
    it, the member answers by `action_confirm` or `action_contest`.  What was sent is
    frozen; the SHA-256 tells whether the paper is the one that was sent.
    """

    _name = "troc.balance.confirmation"
    _description = "Confirmation of a balance"
    _inherit = ["troc.sealed.mixin", "troc.portal.page", "mail.activity.mixin"]
    _order = "date_to desc, id desc"

    name = fields.Char("Number", required=True, readonly=True)
    network_id = fields.Many2one("troc.network", required=True, ondelete="restrict")
    member_id = fields.Many2one(
        "troc.member", required=True, ondelete="restrict", index=True
    )
    partner_id = fields.Many2one(related="member_id.partner_id", store=True)
    company_id = fields.Many2one(
        related="member_id.company_id", store=True, string="Books"
    )
    territory_id = fields.Many2one(related="member_id.territory_id")
    currency_id = fields.Many2one(related="network_id.currency_id")
    date_from = fields.Date("First day", required=True)
    date_to = fields.Date("Closing date", required=True, index=True)
    opening = fields.Monetary("Opening balance")
    earned = fields.Monetary("Earned in the year")
    spent = fields.Monetary("Spent in the year")
    balance = fields.Monetary("Closing balance", aggregator=None)
    state = fields.Selection(
        [
            ("draft", "To send"),
            ("sent", "Sent"),
            ("confirmed", "Confirmed"),
            ("contested", "Contested"),
        ],
        required=True,
        default="draft",
        index=True,
    )
    document = fields.Binary("Letter", attachment=True)
    document_filename = fields.Char(compute="_compute_document_filename")
    document_sha256 = fields.Char("SHA-256", help="Fingerprint of the letter sent.")
    sent_on = fields.Datetime()
    answered_by_id = fields.Many2one("res.users", "Answered by")
    answered_on = fields.Datetime()
    contest_reason = fields.Text("What the member says")
    needs_presentation = fields.Boolean(
        "Among the liabilities",
        compute="_compute_needs_presentation",
        help="Below zero: at year end it is a debt to the other members.",
    )

    _live = models.UniqueIndex(
        "(member_id, date_to) WHERE state != 'contested'",
        "This member has been asked for this date already.",
    )
    _name_unique = models.Constraint(
        "UNIQUE(network_id, name)", "This number exists already."
    )

    @property
    def SEALED_FIELDS(self):
        names = ("name", "network_id", "member_id", "state")
        return frozenset(names) | {
            *("date_from", "date_to", "opening", "earned", "spent", "balance"),
            *("document", "document_sha256", "sent_on"),
            *("answered_by_id", "answered_on", "contest_reason"),
        }

    @property
    def DERIVED_FIELDS(self):
        return frozenset(("partner_id", "company_id"))

    @api.depends("name")
    def _compute_document_filename(self):
        for confirmation in self:
            number = (confirmation.name or "").replace("/", "-")
            confirmation.document_filename = f"confirmation-solde-{number}.pdf"

    @api.depends("balance")
    def _compute_needs_presentation(self):
        for confirmation in self:
            confirmation.needs_presentation = confirmation.balance < 0

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        exceptions.refuse_kept(self)

    def _portal_url(self):
        return f"/my/actif/confirmations/{self.id}"

    # -- the member's answer ----------------------------------------------------------

    @each_once
    def action_confirm(self):
        """The member's word that the balance is right; for who trades for him."""
        for confirmation in self:
            confirmation._check_answer()
            confirmation._answer("confirmed")
        return True

    @each_once
    def action_contest(self, reason: Text):
        """The member says what is wrong; his animators have it to look into."""
        self.ensure_one()
        self._check_answer()
        reason = clean_lines(reason or "", 2000)
        if not reason:
            error = RuleError("contest_reason_missing")
            exceptions.refuse(self.env, error, self.name)
        self._answer("contested", contest_reason=reason)
        self._alert()
        return True

    @each_once
    def action_contest_window(self):
        """Ask a hosted member's accountant what is wrong."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What is wrong?"),
            "res_model": "troc.contest",
            "view_mode": "form",
            "target": "new",
            "context": {"default_confirmation_id": self.id},
        }

    def _check_answer(self):
        """Refuse who does not act for the member, and a second answer."""
        self.check_access("read")
        self.member_id._check_trader()
        locked = sealed(self)
        locked.lock_for_update()
        if locked.state != "sent":
            error = RuleError("confirmation_answered", state=self._state_label())
            exceptions.refuse(self.env, error, self.name)

    def _state_label(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _answer(self, state, **values):
        sealed(self).write(
            {
                "state": state,
                "answered_by_id": self.env.uid,
                "answered_on": fields.Datetime.now(),
                **values,
            }
        )
        labels = dict(self._fields["state"]._description_selection(self.env))
        body = f"{self.env.user.name}: {labels[state]}"
        # sudo: a member writes nothing in the network's records but his answer
        self.sudo()._message_log(body=body, author_id=self.env.user.partner_id.id)

    def _alert(self):
        """Give it to the animators of the member's territory, else to the managers."""
        # sudo: a member makes no activities of others
        own_sudo = self.sudo()
        for user in own_sudo.member_id._admitters():
            own_sudo.activity_schedule(
                "troc_actif_accounting.activity_contested",
                user_id=user.id,
                summary=f"{own_sudo.name}: {own_sudo.member_id.name}",
                note=own_sudo.contest_reason,
            )
