"""The days on which a listing is free, as a calendar shows them."""

import calendar
from datetime import timedelta

from babel.dates import format_date, get_day_names
from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools.misc import babel_locale_parse, get_lang

MONTHS = 3  # shown at most
MONDAY = 0


class TrocListingCalendar:
    """A part of TrocListing, where its fields stand."""

    __slots__ = ()

    def _portal_calendar(self):
        """Return a dict a month that has free days, from today on; see the template.

        A day is a pair: its number (0 outside the month) and whether it is free.
        """
        self.ensure_one()
        free = self._free_days()
        firsts = sorted({day.replace(day=1) for day in free})[:MONTHS]
        locale = babel_locale_parse(get_lang(self.env).code)
        names = get_day_names("abbreviated", "stand-alone", locale)
        return [
            {
                "title": format_date(first, "MMMM y", locale),
                "days": [names[number] for number in range(7)],
                "weeks": self._weeks(first, free),
            }
            for first in firsts
        ]

    def _free_days(self):
        """Return the free days from today on, for a year at most."""
        today = fields.Date.context_today(self)
        end = today + relativedelta(years=1)
        days = set()
        for slot in self.slot_ids:
            first, last = max(slot.date_from, today), min(slot.date_to, end)
            days.update(first + timedelta(n) for n in range((last - first).days + 1))
        return days

    def _weeks(self, first, free):
        weeks = calendar.Calendar(MONDAY).monthdatescalendar(first.year, first.month)
        return [
            [
                (day.day, day in free) if day.month == first.month else (0, False)
                for day in week
            ]
            for week in weeks
        ]
