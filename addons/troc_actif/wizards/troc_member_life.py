from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules import member_life
from odoo.addons.troc_actif_invoice.public import each_once

from ..models.members.troc_member import STATES


class TrocMemberLife(models.TransientModel):
    """Asks why a member's state changes, and says before what the change will do."""

    _name = "troc.member.life"
    _description = "Change of a member's state, with its reason"

    member_id = fields.Many2one("troc.member", required=True)
    state = fields.Selection(STATES, "New state", required=True)
    currency_id = fields.Many2one(related="member_id.currency_id")
    balance = fields.Monetary(related="member_id.balance")
    date = fields.Date(
        "As of", default=lambda self: fields.Date.context_today(self), readonly=True
    )
    notice_end = fields.Date(
        "End of the notice",
        compute="_compute_notice_end",
        store=True,
        readonly=False,
        help="By default the network's days of notice from today.",
    )
    reason = fields.Char(required=True)
    effects = fields.Html(compute="_compute_effects")

    @api.depends("member_id", "state", "date")
    def _compute_notice_end(self):
        for wizard in self:
            leaves = wizard.state == "leaving" and wizard.date
            days = wizard.member_id.network_id.notice_days
            wizard.notice_end = leaves and member_life.notice_end(wizard.date, days)

    @api.depends("member_id", "state", "notice_end")
    @api.depends_context("lang")
    def _compute_effects(self):
        for wizard in self:
            told = []
            if wizard.member_id and wizard.state:
                told = self.env["troc.member.effects"]._told(
                    wizard.member_id, wizard.state, wizard.notice_end
                )
            item = Markup("<li>%s</li>")
            items = Markup("").join(item % sentence for sentence in told)
            wizard.effects = items and Markup("<ul class='mb-0'>%s</ul>") % items

    @each_once
    def action_confirm(self):
        """Change the state as the current user."""
        self.ensure_one()
        member = self.member_id
        if self.state == "left" and member.state != "candidate":
            done = member.action_leave(self.reason)
        else:
            done = member.action_set_state(self.state, self.reason, self.notice_end)
        soft_reload = {"type": "ir.actions.client", "tag": "soft_reload"}
        return done if isinstance(done, dict) else soft_reload
