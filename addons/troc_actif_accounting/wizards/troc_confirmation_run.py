from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once


class TrocConfirmationRun(models.TransientModel):
    """Asks all members of a network to confirm their balance at a closing date."""

    _name = "troc.confirmation.run"
    _description = "Confirmations of a year"

    network_id = fields.Many2one(
        "troc.network",
        required=True,
        default=lambda self: self.env["troc.network"].search([], limit=1),
    )
    date_to = fields.Date(
        "Closing date", required=True, default=lambda self: self._last_year_end()
    )
    date_from = fields.Date(
        "First day of the year",
        compute="_compute_date_from",
        store=True,
        readonly=False,
    )
    asked_count = fields.Integer("Asked already", compute="_compute_counts")
    member_count = fields.Integer("To ask now", compute="_compute_counts")

    def _last_year_end(self):
        first = fields.Date.context_today(self).replace(month=1, day=1)
        return fields.Date.subtract(first, days=1)

    @api.depends("date_to")
    def _compute_date_from(self):
        for run in self.filtered("date_to"):
            run.date_from = fields.Date.add(run.date_to, days=1, years=-1)

    @api.depends("network_id", "date_to", "date_from")
    def _compute_counts(self):
        confirmations = self.env["troc.balance.confirmation"]
        for run in self:
            known = run.network_id, run.date_to
            figures = (
                confirmations._figures(run.network_id, run.date_from, run.date_to)
                if all(known) and run.date_from
                else {}
            )
            run.asked_count = len(confirmations._asked(*known))
            run.member_count = len(confirmations._to_ask(*known, figures))

    @each_once
    def action_run(self):
        """Make the confirmations, and send them: many in the background."""
        self.ensure_one()
        self._check()
        confirmations = self.env["troc.balance.confirmation"]
        made = confirmations._make(self.network_id, self.date_from, self.date_to)
        if not made:
            error = RuleError("nobody_to_confirm", date=self.date_to)
            exceptions.refuse(self.env, error, self.network_id.name)
        made._send_or_queue()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif_accounting.action_balance_confirmation"
        )
        return {**action, "domain": [("id", "in", made.ids)], "context": {}}

    def _check(self):
        if not self.env.user.has_group("troc_actif.group_troc_manager"):
            error = RuleError("not_manager", user=self.env.user.name)
            exceptions.refuse(self.env, error, self.network_id.name)
        if self.date_to >= fields.Date.context_today(self):
            error = RuleError("confirmation_too_early", date=self.date_to)
            exceptions.refuse(self.env, error, self.network_id.name)
