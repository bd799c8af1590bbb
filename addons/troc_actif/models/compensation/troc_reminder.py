"""What waits too long: a reminder to all, then the network managers."""

from odoo import fields, models
from odoo.tools import format_date

from odoo.addons.troc_actif_invoice.lib.actif_rules.limit_policy import step_due
from odoo.addons.troc_actif_invoice.seal import sealed

from ...scheduled import each_alone
from ..common.managers import other_managers


class TrocReminder(models.AbstractModel):
    """Reminds of compensations that wait, disputed or not; then asks the managers."""

    _name = "troc.reminder"
    _description = "Reminders of what waits"

    def _run(self):
        """Take the step that is due of each that waits; each step once."""
        waiting = [("state", "=", "submitted"), ("invoked_on", "!=", False)]
        waiting += [("escalated_on", "=", False)]
        found = self.env["troc.compensation"].search(waiting)
        each_alone(found, lambda c: self._time_out(sealed(c)))

    def _time_out(self, compensation):
        network = compensation.network_id
        step = step_due(
            compensation._waits_since(),
            fields.Date.context_today(self),
            compensation.reminded_on or None,
            network.reminder_days,
            network.escalation_days,
        )
        if step:
            getattr(self, f"_{step}")(compensation)

    def _remind(self, compensation):
        compensation.reminded_on = fields.Date.context_today(self)
        compensation._send(
            "troc_actif.mail_compensation_waits", lambda c: c._dispute_readers()
        )

    def _escalate(self, compensation):
        compensation.escalated_on = fields.Date.context_today(self)
        since = format_date(self.env, compensation._waits_since())
        notice = self.env["troc.notice"]
        notice._note(
            compensation,
            lambda c: c.env._("Waits since %s: managers are asked.", since),
        )
        managers = other_managers(self.env)
        own = compensation._parties()._users()
        notice._ask_to_settle(compensation, managers - own or managers)
