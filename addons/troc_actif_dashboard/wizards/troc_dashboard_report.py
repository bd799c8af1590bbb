"""The dashboard on paper: the monthly report of a territory."""

import json

from odoo.tools import format_date, formatLang

from odoo.addons.troc_actif_invoice.public import each_once

from .. import charts

# names that a list of the report shows
NAMED = 12


class TrocDashboardReport:
    """A part of TrocDashboard, where its fields stand."""

    __slots__ = ()

    @each_once
    def action_print(self):
        """Print the report of the last month of the period."""
        self.ensure_one()
        report = self.env.ref("troc_actif_dashboard.action_report_month")
        return report.report_action(self, config=False)

    def _report_title(self):
        return self.env._(
            "%(name)s: report of %(month)s",
            name=(self.territory_id or self.network_id).name,
            month=format_date(self.env, self.date_to, date_format="MMMM yyyy"),
        )

    def _report_chart(self):
        """Return the chart of the months, as the address of an image."""
        values = self._report_months()
        return charts.bars(
            [value["label"] for value in values],
            [value["value"] for value in values],
            lambda amount: formatLang(self.env, amount, digits=0),
        )

    def _report_months(self):
        """Return [{"label": ..., "value": ...}] of months; none of a bare record."""
        graphs = json.loads(self.volume_graph or "[]")
        return [value for graph in graphs for value in graph["values"]]

    def _report_month(self):
        """Return what was traded in the last month, and in the one before."""
        amounts = [0.0, 0.0, *(value["value"] for value in self._report_months())]
        return amounts[-1], amounts[-2]

    def _report_lists(self):
        """Return [(title, names, how many more)] of what asks for a look."""
        found = (
            (self.env._("Limit nearly used"), self.action_open_tight(), "member_id"),
            (self.env._("Dormant members"), self.action_open_dormant(), "member_id"),
            (self.env._("Needs without any offer"), self.action_open_needs(), None),
            (self.env._("To validate"), self.action_open_waiting(), None),
        )
        return [
            row
            for title, action, field in found
            if (row := self._report_list(title, action, field))[1]
        ]

    def _report_list(self, title, action, field):
        records = self.env[action["res_model"]].search(action["domain"])
        shown = records[:NAMED]
        names = (shown[field] if field else shown).mapped("display_name")
        return title, names, len(records) - len(shown)

    def _animators(self, lang):
        """Return the ids of the territory's animators who read `lang`, for a mail."""
        users = self.territory_id.animator_ids.filtered("active")
        partners = users.partner_id.filtered(lambda p: not lang or p.lang == lang)
        return ",".join(str(partner.id) for partner in partners)
