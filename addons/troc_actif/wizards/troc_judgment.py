from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.public import each_once

from ..models.members.troc_insolvency import KINDS


class TrocJudgment(models.TransientModel):
    """Asks for the opening judgment on a member, and says before what it will stop."""

    _name = "troc.judgment"
    _description = "Opening judgment on a member, to be recorded"

    member_id = fields.Many2one("troc.member", required=True)
    currency_id = fields.Many2one(related="member_id.currency_id")
    balance = fields.Monetary(related="member_id.balance")
    judged_on = fields.Date(
        "Date of the judgment",
        required=True,
        help="From this day on, from 0 h, nothing of the member is compensated.",
    )
    kind = fields.Selection(KINDS, "Procedure", required=True)
    court = fields.Char()
    reference = fields.Char("Reference of the judgment")
    published_on = fields.Date("Published in the BODACC on")
    effects = fields.Html(compute="_compute_effects")

    @api.depends("member_id")
    @api.depends_context("lang")
    def _compute_effects(self):
        for wizard in self:
            told = []
            if wizard.member_id:
                effects = self.env["troc.member.effects"]
                told = effects._told_judgment(wizard.member_id)
            item = Markup("<li>%s</li>")
            items = Markup("").join(item % sentence for sentence in told)
            wizard.effects = items and Markup("<ul class='mb-0'>%s</ul>") % items

    @each_once
    def action_confirm(self):
        """Record the judgment as the current user."""
        self.ensure_one()
        self.member_id.action_record_judgment(
            self.judged_on,
            self.kind,
            self.court or "",
            self.reference or "",
            self.published_on,
        )
        return {"type": "ir.actions.client", "tag": "soft_reload"}
