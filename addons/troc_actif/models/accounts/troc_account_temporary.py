"""Limits for a time: an extra on top of a member's own, until a date."""

import dataclasses
from datetime import date

from odoo import api
from odoo.tools import format_date

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.limit_policy import (
    Limits,
    check_temporary,
    has_ended,
)
from odoo.addons.troc_actif_invoice.tools import dec

from ...scheduled import each_alone
from ..common.managers import other_managers
from .troc_account_limits import NONE_RUNS
from .troc_member_limit_notify import mail_each


class TrocAccountTemporary:
    """`credit_limit` and `balance_limit` hold the extra, so that all guards know it.

    From the day after its last one it no longer counts (`_figures`), whenever the
    scheduled action takes it off.
    """

    __slots__ = ()

    def _raise_until(self, extra, until, reason, excess):
        own = self._lasting_limits()
        if not own.ceiling:
            extra = dataclasses.replace(extra, ceiling=dec(0))
        try:
            check_temporary(extra, until, self._today())
        except RuleError as error:
            self._refuse(error)
        self._change_limits(
            own.raised(extra),
            "temporary",
            reason,
            excess,
            temporary_credit=float(extra.credit),
            temporary_ceiling=float(extra.ceiling),
            temporary_until=until,
            temporary_by_id=self.env.uid,
        )
        last = format_date(self.env, until)
        told = {"date": last, "reason": reason}
        told = self.env._("Limits raised until %(date)s: %(reason)s", **told)
        self.member_ids._log(told)

    def _lasting_limits(self):
        """Return the limits without what was added for a time."""
        return self._limits().without(self._extra())

    def _extra(self):
        return Limits(dec(self.temporary_credit), dec(self.temporary_ceiling))

    # -- end ----------------------------------------------------------------------

    @api.model
    def _cron_end_temporary_limits(self):
        """Take off the temporary limits whose last day is over."""
        ended = self.search([("temporary_until", "<", self._today())])
        each_alone(ended, lambda account: account._take()._end_temporary())

    def _end_temporary(self):
        """Take a temporary limit off that is over (a locked, sealed account).

        Where the member stands beyond his own limits then, the limits fall all the
        same: the excess is an override of who granted the extra, and managers act.
        """
        if not has_ended(self.temporary_until or None, self._today()):
            return
        last, granter = self._last_day_told(self.temporary_until), self.temporary_by_id
        before = self._beyond(self._limits())
        own = self._lasting_limits()
        change = self._change_limits(own, "ended", last, True, granter, **NONE_RUNS)
        self.member_ids._log(last)
        mail_each(change, "troc_actif.mail_limit_ended")
        if self._beyond(self._limits()) != before:
            # he is beyond his limits now
            managers = other_managers(self.env)
            self.member_ids._ask("troc_actif.activity_limit", managers, last)

    def _last_day_told(self, day: date):
        return self.env._(
            "The temporary limit ended after %s.", format_date(self.env, day)
        )
