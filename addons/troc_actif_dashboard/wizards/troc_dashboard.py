import json
from collections import namedtuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from odoo.addons.troc_actif_invoice.lib.actif_rules import figures
from odoo.addons.troc_actif_invoice.tools import dec

from .troc_dashboard_open import TrocDashboardOpen
from .troc_dashboard_report import TrocDashboardReport

GROUPS = (
    *("date:month", "seller_territory_id", "buyer_territory_id"),
    *("seller_structure", "buyer_structure", "category_id"),
)
# trades of one month that share all of these
Trades = namedtuple(
    "Trades",
    "month seller_territory buyer_territory seller_structure buyer_structure category"
    " amount count",
)
CAN_TRADE = ("active", "on_hold", "stand_by", "leaving")


class TrocDashboard(
    TrocDashboardOpen,
    TrocDashboardReport,
    models.TransientModel,
):
    """The figures of a network, or of one territory in it, at the time of asking.

    Worked out once, when the record is made: another choice is another record.
    Amounts are in Actifs, delays in days.  A trade belongs to a territory when its
    seller or its buyer does.  Each figure opens its records (troc_dashboard_open.py).
    """

    _name = "troc.dashboard"
    _description = "Dashboard of a network"

    network_id = fields.Many2one(
        "troc.network",
        required=True,
        default=lambda self: self.env["troc.network"].search([], limit=1),
    )
    territory_id = fields.Many2one("troc.territory")
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: (
            fields.Date.context_today(self).replace(day=1) - relativedelta(months=11)
        ),
    )
    date_to = fields.Date("Until", required=True, default=fields.Date.context_today)
    currency_id = fields.Many2one(related="network_id.currency_id")
    dormant_days = fields.Integer(related="network_id.dormant_days")
    warning_percent = fields.Integer(related="network_id.warning_percent")

    volume = fields.Monetary("Traded", readonly=True)
    trade_count = fields.Integer("Compensations", readonly=True)
    monthly_volume = fields.Monetary("In a month", readonly=True)
    volume_graph = fields.Text(readonly=True)
    member_count = fields.Integer("Members", readonly=True)
    active_count = fields.Integer("Trading", readonly=True)
    dormant_count = fields.Integer("Dormant", readonly=True)
    tight_count = fields.Integer("Limit nearly used", readonly=True)
    waiting_count = fields.Integer("To validate", readonly=True)
    need_count = fields.Integer("Needs without any offer", readonly=True)
    override_count = fields.Integer("Let pass beyond a limit", readonly=True)
    has_delays = fields.Boolean(readonly=True)
    days_p50 = fields.Float("Half within", digits=(8, 1), readonly=True)
    days_p95 = fields.Float("95 % within", digits=(8, 1), readonly=True)
    first_sale_days = fields.Float("To the first sale", digits=(8, 0), readonly=True)
    first_purchase_days = fields.Float(
        "To the first purchase", digits=(8, 0), readonly=True
    )
    first_sale_count = fields.Integer(readonly=True)
    first_purchase_count = fields.Integer(readonly=True)
    positive_sum = fields.Monetary("To be spent", readonly=True)
    negative_sum = fields.Monetary("To be earned", readonly=True)
    velocity = fields.Float(digits=(8, 2), readonly=True)
    credit_months = fields.Float("Months of trade owed", digits=(8, 2), readonly=True)
    credit_band = fields.Selection(
        [
            ("below", "Low: Actifs are scarce"),
            ("within", "As it should be"),
            ("above", "High: more is promised than earned"),
        ],
        readonly=True,
    )
    line_ids = fields.One2many("troc.dashboard.line", "dashboard_id", readonly=True)
    territory_line_ids = fields.One2many(
        "troc.dashboard.line", "dashboard_id", domain=[("kind", "=", "territory")]
    )
    category_line_ids = fields.One2many(
        "troc.dashboard.line", "dashboard_id", domain=[("kind", "=", "category")]
    )
    flow_line_ids = fields.One2many(
        "troc.dashboard.line", "dashboard_id", domain=[("kind", "=", "flow")]
    )
    structure_line_ids = fields.One2many(
        "troc.dashboard.line", "dashboard_id", domain=[("kind", "=", "structure")]
    )

    _in_order = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day comes after the first one."
    )

    @api.depends("network_id", "territory_id")
    def _compute_display_name(self):
        for dashboard in self:
            dashboard.display_name = self.env._(
                "Dashboard: %s", (dashboard.territory_id or dashboard.network_id).name
            )

    @api.model_create_multi
    def create(self, vals_list):
        dashboards = super().create(vals_list)
        for dashboard in dashboards:
            dashboard.write(dashboard._figures())
        return dashboards

    def _figures(self):
        """Return the values of all figures."""
        self.ensure_one()
        trades = self._trades()
        volume = self._volume(trades)
        return {
            **volume,
            **self._members(),
            **self._delays(),
            **self._accounts(dec(volume["monthly_volume"])),
            **self._waiting(),
            "line_ids": self.env["troc.dashboard.line"]._prepare(trades),
        }

    # -- what is asked --------------------------------------------------------

    def _own(self):
        """Return the domain of what belongs to the network, or to the territory."""
        own = [("network_id", "=", self.network_id.id)]
        if self.territory_id:
            own.append(("territory_id", "=", self.territory_id.id))
        return own

    def _either(self):
        """Return the domain of what one of the territory's members sells or buys."""
        own = [("network_id", "=", self.network_id.id)]
        if self.territory_id:
            own += self.territory_id._compensation_domain()
        return own

    def _in_period(self):
        dates = [("date", ">=", self.date_from), ("date", "<=", self.date_to)]
        return [*self._either(), *dates]

    # -- figures --------------------------------------------------------------

    def _trades(self):
        rows = self.env["troc.trade"]._read_group(
            self._in_period(), GROUPS, ["amount:sum", "__count"]
        )
        return [Trades(*row) for row in rows]

    def _volume(self, trades):
        volume = sum((dec(row.amount) for row in trades), dec(0))
        months = figures.months(self.date_from, self.date_to)
        first = min((row.month for row in trades), default=None)
        traded = len([m for m in months if first and m >= first])
        return {
            "volume": float(volume),
            "trade_count": sum(row.count for row in trades),
            "monthly_volume": float(figures.per_month(volume, traded)),
            "volume_graph": json.dumps(self._graph(trades, months)),
        }

    def _graph(self, trades, months):
        """Return the data of Odoo's `dashboard_graph` field."""
        return [
            {
                "key": self.env._("Traded, in Actifs"),
                "values": [
                    {
                        "label": format_date(self.env, month, date_format="MMM yy"),
                        "value": float(amount),
                        "type": "past",
                    }
                    for month, amount in self._by_month(trades, months)
                ],
            }
        ]

    def _by_month(self, trades, months):
        sums = dict.fromkeys(months, dec(0))
        for row in trades:
            sums[row.month] += dec(row.amount)
        return sums.items()

    def _members(self):
        activity = self.env["troc.member.activity"]
        own = self._own()
        states = dict(activity._read_group(own, ["state"], ["__count"]))
        first = self._first_days()
        return {
            "member_count": sum(n for s, n in states.items() if s in CAN_TRADE),
            "active_count": states.get("active", 0),
            "dormant_count": activity.search_count([*own, ("is_dormant", "=", True)]),
            "tight_count": activity.search_count([*own, ("is_tight", "=", True)]),
            **first,
        }

    def _first_days(self):
        """Return the median days from joining to the first sale and purchase.

        Of those who joined in the period: what the network does today, not years ago.
        """
        found = self._median(
            self.env["troc.member.activity"],
            self._newcomers(),
            *("days_to_first_sale", "days_to_first_purchase"),
        )
        (sale, sold), (purchase, bought) = found
        return {
            "first_sale_days": sale[0],
            "first_sale_count": sold,
            "first_purchase_days": purchase[0],
            "first_purchase_count": bought,
        }

    def _newcomers(self):
        dates = [("joined_on", ">=", self.date_from), ("joined_on", "<=", self.date_to)]
        return [*self._own(), *dates]

    def _delays(self):
        ((days, count),) = self._median(
            self.env["troc.trade"], self._in_period(), "days_to_validate"
        )
        return {"has_delays": bool(count), "days_p50": days[0], "days_p95": days[1]}

    def _median(self, records, domain, *names):
        """Return [((p50, p95), count)] of each field; zeros where there is nothing."""
        query = records._search(domain)
        columns = [SQL.identifier(query.table, name) for name in names]
        terms = [
            SQL(
                "PERCENTILE_CONT(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY %(column)s),"
                " COUNT(%(column)s)",
                column=column,
            )
            for column in columns
        ]
        (row,) = self.env.execute_query(query.select(SQL(", ").join(terms)))
        pairs = zip(row[::2], row[1::2], strict=True)
        return [(days or (0.0, 0.0), count) for days, count in pairs]

    def _accounts(self, monthly):
        members = self.env["troc.member"].with_context(active_test=False)
        sums = {}
        for name, operator in (("positive", ">"), ("negative", "<")):
            domain = [*self._own(), ("balance", operator, 0)]
            ((total,),) = members._read_group(domain, [], ["balance:sum"])
            sums[name] = dec(total or 0)
        credit = figures.credit(-sums["negative"], monthly)
        return {
            "positive_sum": float(sums["positive"]),
            "negative_sum": float(sums["negative"]),
            "velocity": float(figures.velocity(monthly * 12, sums["positive"]) or 0),
            "credit_months": float(credit.months or 0),
            "credit_band": not self.territory_id and credit.band,
        }

    def _waiting(self):
        needs = [*self._own(), ("kind", "=", "need"), ("state", "=", "published")]
        return {
            "waiting_count": self.env["troc.compensation"].search_count(
                [*self._either(), ("state", "=", "submitted")]
            ),
            "need_count": self.env["troc.listing"].search_count(
                [*needs, ("is_unmatched", "=", True)]
            ),
            "override_count": self.env["troc.limit.change"].search_count(
                self._overrides()
            ),
        }

    def _overrides(self):
        return [
            *self._own(),
            ("is_override", "=", True),
            ("date", ">=", self.date_from),
            ("date", "<", self.date_to + relativedelta(days=1)),
        ]
