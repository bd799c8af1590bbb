import base64

from odoo import api, fields, models
from odoo.tools import format_date, formatLang
from odoo.tools.date_utils import start_of

from odoo.addons.troc_actif_invoice.public import each_once, typed

from ..models.books.troc_balance import DATE, DATE_FROM
from ..spreadsheet import workbook

NETWORK = "troc_network"
AMOUNTS = ("earned", "spent", "balance")
# of the workbook: (field, kind of column)
COLUMNS = (
    *(("member_id", "text"), ("territory_id", "text"), ("state", "short")),
    *((name, "money") for name in AMOUNTS),
    *(("limit_used", "money"), ("last_movement", "date")),
)


class TrocBalances(models.TransientModel):
    """Asks for a day: the balances of all members, on screen, as PDF or XLSX.

    Shows at once whether they sum to zero.  Who may read the balances (animators,
    managers, readers) is what `troc.balance` says.
    """

    _name = "troc.balances"
    _description = "Balances of all members on a day"

    network_id = fields.Many2one(
        "troc.network",
        required=True,
        default=lambda self: self.env["troc.network"].search([], limit=1),
    )
    date = fields.Date("On", required=True, default=fields.Date.context_today)
    date_from = fields.Date(
        "Earned and spent since",
        required=True,
        compute="_compute_date_from",
        store=True,
        readonly=False,
        precompute=True,
        help="The first of January of that year, unless you choose another day.",
    )
    currency_id = fields.Many2one(related="network_id.currency_id")
    member_count = fields.Integer("Members", compute="_compute_total")
    earned = fields.Monetary(compute="_compute_total")
    spent = fields.Monetary(compute="_compute_total")
    total = fields.Monetary("Sum of all balances", compute="_compute_total")
    is_zero = fields.Boolean("Sums to zero", compute="_compute_total")
    content = fields.Binary("File", compute="_compute_content")
    filename = fields.Char(compute="_compute_content")

    _in_order = models.Constraint(
        "CHECK(date_from <= date)", "The last day comes after the first one."
    )

    @api.depends("date")
    def _compute_date_from(self):
        for wizard in self:
            wizard.date_from = wizard.date and start_of(wizard.date, "year")

    @api.depends("network_id", "date", "date_from")
    def _compute_total(self):
        for wizard in self:
            measures = ["__count", *(f"{name}:sum" for name in AMOUNTS)]
            balances = wizard._balances()
            ((count, earned, spent, total),) = balances._read_group(
                wizard._domain(), [], measures
            )
            wizard.member_count = count
            wizard.earned, wizard.spent = earned or 0.0, spent or 0.0
            wizard.total = total or 0.0
            wizard.is_zero = wizard.currency_id.is_zero(wizard.total)

    @api.depends("network_id", "date", "date_from")
    def _compute_content(self):
        for wizard in self:
            wizard.content = base64.b64encode(wizard._as_xlsx())
            wizard.filename = f"soldes-actifs_{wizard.date}.xlsx"

    def _network_of(self, context):
        """Return the value of the network that a context names, or none."""
        network = self.env["troc.network"].browse(context.get(NETWORK) or []).exists()
        return {"network_id": network.id} if network else {}

    def _context(self):
        """Return the context in which `troc.balance` tells of this day."""
        return {
            DATE: fields.Date.to_string(self.date),
            DATE_FROM: fields.Date.to_string(self.date_from),
            NETWORK: self.network_id.id,
        }

    def _domain(self):
        return [("network_id", "=", self.network_id.id)]

    def _balances(self):
        return self.env["troc.balance"].with_context(**self._context())

    def _lines(self):
        """Return all balances of the day, by name."""
        return self._balances().search(self._domain())

    @api.model
    @typed
    def action_today(self):
        """Open the balances of today, of the first network."""
        return self.create({}).action_show()

    @each_once
    def action_show(self):
        """Open the balances of this day; the title says whether they sum to zero."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif.action_balance"
        )
        title = self._title()
        return {
            **action,
            "name": title,
            "display_name": title,
            "domain": self._domain(),
            "context": {**self._context(), "search_default_group_territory": 1},
        }

    def _title(self):
        return self.env._(
            "%(mark)s Balances on %(date)s: %(total)s",
            date=format_date(self.env, self.date),
            total=formatLang(self.env, self.total, digits=2),
            mark="✓" if self.is_zero else "⚠",
        )

    @each_once
    def action_print(self):
        """Print the list of all balances."""
        self.ensure_one()
        report = self.env.ref("troc_actif.action_report_balances")
        return report.report_action(self, config=False)

    @each_once
    def action_download(self):
        """Give the workbook to the browser."""
        self.ensure_one()
        url = f"/web/content/{self._name}/{self.id}/content/{self.filename}"
        return {
            "type": "ir.actions.act_url",
            "url": f"{url}?download=true",
            "target": "self",
        }

    def _as_xlsx(self):
        """Return the workbook: a heading, a row a member, the sums as formulas."""
        names = [name for name, _kind in COLUMNS]
        known = self.env["troc.balance"]._fields
        columns = [
            (known[n]._description_string(self.env), kind) for n, kind in COLUMNS
        ]
        date_from = self._fields["date_from"]._description_string(self.env)
        return workbook(
            self._title(),
            [(date_from, self.date_from)],
            columns,
            [[self._cell(line, name) for name in names] for line in self._lines()],
            sums=[names.index(name) for name in AMOUNTS],
        )

    def _cell(self, line, name):
        field = line._fields[name]
        if field.type == "many2one":
            return line[name].display_name
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(line[name])
        return line[name]
