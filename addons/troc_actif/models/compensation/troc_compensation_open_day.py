"""The day of entries that correct: the first one open in all books concerned."""

from odoo import fields
from odoo.tools import format_date

from ...lib.actif_rules import correction
from ...lib.actif_rules.errors import RuleError


class TrocCompensationOpenDay:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    def _check_dates(self):
        """A trade waits for a locked period to open; what corrects is dated after."""
        if self._goes_back():
            self._open_day()
        else:
            super()._check_dates()
        return None

    def _posting_day(self):
        """Return the date of the entries that a validation posts now."""
        if self._goes_back():
            return self._open_day()
        return fields.Date.context_today(self)

    def _open_day(self):
        """Return the first day from today on that is open in all books (RuleError)."""
        today = fields.Date.context_today(self)
        try:
            return correction.first_open_day(
                today, lambda day: max(self._locks(day).values(), default=None)
            )
        except RuleError as error:
            locks = self._locks(today)
            error.facts["company"] = max(locks, key=locks.get).name
            raise

    def _locks(self, day):
        """Return {company: last locked day} of the books that are closed on `day`."""
        locks = {}
        for company in self._companies() | self.network_id.company_id:
            violated = company._get_violated_lock_dates(
                day, True, company.troc_journal_id
            )
            if violated:
                locks[company] = violated[-1][0]
        return locks

    def _record_lock(self):
        """Record why the entries of these bear a later day than today."""
        today = fields.Date.context_today(self)
        for compensation in self:
            locks = compensation._locks(today)
            if locks:
                company = max(locks, key=locks.get)
                compensation.write(
                    {"locked_until": locks[company], "locked_company_id": company.id}
                )

    def _told_lock(self):
        """Return the sentence that says why the entries are dated later, or ""."""
        if not self.locked_until:
            return ""
        return self.env._(
            "Books are locked until %(lock_date)s: the entries bear %(date)s, the "
            "first day open in all books.",
            lock_date=format_date(self.env, self.locked_until),
            date=format_date(self.env, self.reversal_date or self.entry_date),
        )
