"""What waits too long: a reminder to all, then the network managers."""

from odoo import api, fields
from odoo.tools import format_date

from ...lib.actif_rules.limit_policy import step_due
from ...scheduled import each_alone
from ..common.managers import other_managers
from ..common.seal import sealed
from .troc_compensation_dispute import _readers


class TrocCompensationWaiting:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    def _waits_anew(self):
        """Return the values of one whose waiting begins again today."""
        return {"reminded_on": False, "escalated_on": False}

    def _waits_since(self):
        """Return the day since which nothing moves: sent, disputed, or settled.

        None of a draft: Odoo renders mails on any record when an update brings them.
        """
        times = (self.invoked_on, self.disputed_on, self.lifted_on)
        last = max(filter(None, times), default=None)
        return last and last.date()

    @api.model
    def _cron_time_out(self):
        """Remind of what waits, disputed or not; then ask the managers; each once."""
        waiting = [("state", "=", "submitted"), ("invoked_on", "!=", False)]
        waiting += [("escalated_on", "=", False)]
        each_alone(self.search(waiting), lambda c: sealed(c)._time_out())

    def _time_out(self):
        network = self.network_id
        step = step_due(
            self._waits_since(),
            fields.Date.context_today(self),
            self.reminded_on or None,
            network.reminder_days,
            network.escalation_days,
        )
        if step:
            getattr(self, f"_{step}")()

    def _remind(self):
        self.reminded_on = fields.Date.context_today(self)
        self._send("troc_actif.mail_compensation_waits", _readers)

    def _escalate(self):
        self.escalated_on = fields.Date.context_today(self)
        since = format_date(self.env, self._waits_since())
        self._note(lambda c: c.env._("Waits since %s: managers are asked.", since))
        managers = other_managers(self.env)
        self._ask_to_settle(managers - self._parties()._users() or managers)
