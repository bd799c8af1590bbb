"""A member's own account, as he reads it in the portal."""

import csv
import io
from datetime import timedelta

from odoo import fields, models
from odoo.tools import formatLang
from odoo.tools.date_utils import end_of, start_of
from odoo.tools.misc import get_lang

from odoo.addons.troc_actif_invoice.tools import inert

from .troc_member_life import TrocMemberLife

MOVEMENT_FIELDS = (
    *("date", "reference", "counterpart_id", "earned", "spent", "balance"),
    *("is_reversal", "compensation_id"),
)


class TrocMember(
    TrocMemberLife,
    models.Model,
):
    _inherit = "troc.member"

    def _movements_domain(self, date_from=None, date_to=None, search=None):
        """Return the domain of this member's movements (dates inclusive)."""
        self.ensure_one()
        domain = [("member_id", "=", self.id)]
        if date_from:
            domain.append(("date", ">=", date_from))
        if date_to:
            domain.append(("date", "<=", date_to))
        if search:
            domain.append(("reference", "ilike", search))
        return domain

    def _movements(self, domain, **options):
        """Return a dict a movement, newest first, as the current user may read them."""
        items = self.env["troc.register.item"]
        # first which ones: to sort them PostgreSQL then needs neither their entries nor
        # their compensations
        items = items.search(domain, **options)
        items.fetch(MOVEMENT_FIELDS)
        # sudo: the name of the other party stands on the invoice they share
        return [
            {
                "date": item.date,
                "reference": item.reference,
                "other": item.sudo().counterpart_id.name,
                "earned": item.earned,
                "spent": item.spent,
                "balance": item.balance,
                "is_reversal": item.is_reversal,
                "compensation_id": item.compensation_id.id,
            }
            for item in items
        ]

    def _balance_on(self, date):
        """Return the balance at the end of a day."""
        items = self.env["troc.register.item"]
        rows = items._read_group(
            [("member_id", "=", self.id), ("date", "<=", date)], [], ["amount:sum"]
        )
        return rows[0][0] or 0.0

    def _balance_curve(self):
        """Return [(date, balance)] over the last year, one point a change of it.

        Less for who began later: from his first movement, but a month at least.
        """
        today = fields.Date.context_today(self)
        # all days at once: PostgreSQL goes through them all to sum up the older ones
        groups = self.env["troc.register.item"]._read_group(
            [("member_id", "=", self.id)],
            ["date:day"],
            ["amount:sum"],
            order="date:day",
        )
        moved = [(fields.Date.to_date(day), amount) for day, amount in groups]
        begun = (moved[0][0] if moved else today) - timedelta(days=1)
        first = max(min(begun, today - timedelta(days=30)), today - timedelta(days=365))
        balance = sum((amount for day, amount in moved if day < first), 0.0)
        curve = [(first, balance)]
        for day, amount in moved:
            if day >= first:
                balance += amount
                curve.append((day, round(balance, 2)))
        return [*curve, (today, round(balance, 2))]

    def _balance_picture(self, width=640, height=160):
        """Return what the chart of the balance draws: points, zero line, extremes.

        Coordinates of an SVG of `width` x `height`; a step for each change, since a
        balance does not glide.
        """
        curve = self._balance_curve()
        first, last = curve[0][0], curve[-1][0]
        values = [value for _day, value in curve]
        low, high = min(0.0, *values), max(0.0, *values)
        span, days = (high - low) or 1.0, max((last - first).days, 1)

        def x(day):
            return round((day - first).days * width / days, 1)

        def y(value):
            return round((high - value) * height / span, 1)

        points, before = [], None
        for day, value in curve:
            if before is not None:
                points.append(f"{x(day)},{y(before)}")
            points.append(f"{x(day)},{y(value)}")
            before = value
        return {
            "width": width,
            "height": height,
            "points": " ".join(points),
            "zero": y(0.0),
            "title": self.env._(
                "Between %(low)s and %(high)s Actifs",
                low=formatLang(self.env, low, digits=2),
                high=formatLang(self.env, high, digits=2),
            ),
            "low": low,
            "high": high,
            "first": first,
            "last": last,
        }

    def _statement_csv(self, movements):
        """Return the statement for a spreadsheet, as the reader writes numbers."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=";")
        # a French spreadsheet takes "12.50" for a text
        point = get_lang(self.env).decimal_point
        writer.writerow(
            [
                self.env._("Date"),
                self.env._("Reference"),
                self.env._("With"),
                self.env._("Earned"),
                self.env._("Spent"),
                self.env._("Balance"),
            ]
        )
        for row in movements:
            writer.writerow(
                [
                    row["date"],
                    inert(row["reference"]),
                    inert(row["other"]),
                    *(
                        f"{row[name]:.2f}".replace(".", point)
                        for name in ("earned", "spent", "balance")
                    ),
                ]
            )
        return "\ufeff" + buffer.getvalue()

    def _statement(self, date_from, date_to):
        """Return what the printed statement of a period shows."""
        self.ensure_one()
        movements = self._movements(
            self._movements_domain(date_from, date_to), order="date, id"
        )
        opening = self._balance_on(date_from - timedelta(days=1))
        return {
            "date_from": date_from,
            "date_to": date_to,
            "opening": opening,
            "movements": movements,
            "earned": sum(row["earned"] for row in movements),
            "spent": sum(row["spent"] for row in movements),
            "closing": self._balance_on(date_to),
        }

    def _statement_of(self, date_from=None, date_to=None):
        """Return the statement of a period (ISO dates), of this month by default."""
        # any user may ask the report's address for any member
        self.check_access("read")
        today = fields.Date.context_today(self)
        first = fields.Date.to_date(date_from) or start_of(today, "month")
        last = fields.Date.to_date(date_to) or end_of(today, "month")
        return self._statement(first, last)

    def _limit_kind_labels(self):
        """Return {kind: label} of the changes of a limit, in the reader's words."""
        kinds = self.env["troc.limit.change"]._fields["kind"]
        return dict(kinds._description_selection(self.env))

    def _portal_home(self):
        """Return what the home page shows beside the account; more in other addons."""
        return {"near": self.account_id._limits_near()}
