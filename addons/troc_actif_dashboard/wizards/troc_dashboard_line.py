from collections import defaultdict

from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules import figures
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.tools import dec

from ..models.troc_trade import STRUCTURES

# of each kind, so many lines are shown; the report on trades has them all
SHOWN = 8


class TrocDashboardLine(models.TransientModel):
    """A row of a dashboard's tables: how much was traded by or between whom."""

    _name = "troc.dashboard.line"
    _description = "Line of a dashboard"
    _order = "amount desc, id"

    dashboard_id = fields.Many2one("troc.dashboard", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="dashboard_id.currency_id")
    kind = fields.Selection(
        [
            ("territory", "Sales of a territory"),
            ("category", "Category"),
            ("flow", "From territory to territory"),
            ("structure", "From structure to structure"),
        ],
        required=True,
    )
    name = fields.Text()  # a list shows it whole, on several lines
    amount = fields.Monetary("In Actifs")
    percent = fields.Float("Part", digits=(5, 2))
    seller_territory_id = fields.Many2one("troc.territory")
    buyer_territory_id = fields.Many2one("troc.territory")
    category_id = fields.Many2one("troc.category")
    seller_structure = fields.Selection(STRUCTURES)
    buyer_structure = fields.Selection(STRUCTURES)

    @api.model
    def _prepare(self, trades):
        """Return the commands that make the lines of all kinds from the trades."""
        whole = sum((dec(row.amount) for row in trades), dec(0))
        return [
            fields.Command.create({"kind": kind, **values})
            for kind in ("territory", "category", "flow", "structure")
            for values in self._prepare_kind(kind, trades, whole)
        ]

    def _prepare_kind(self, kind, trades, whole):
        keys = getattr(self, f"_keys_{kind}")
        sums = defaultdict(lambda: dec(0))
        for row in trades:
            sums[tuple(keys(row).items())] += dec(row.amount)
        largest = sorted(sums.items(), key=lambda pair: -pair[1])[:SHOWN]
        name = getattr(self, f"_name_{kind}")
        return [
            {
                "name": name(**dict(key)),
                "amount": float(amount),
                "percent": float(figures.part(amount, whole)),
                **{n: getattr(value, "id", value) for n, value in key},
            }
            for key, amount in largest
        ]

    # -- what a kind is made of, and how it is called --------------------------

    def _keys_territory(self, row):
        return {"seller_territory_id": row.seller_territory}

    def _keys_category(self, row):
        return {"category_id": row.category}

    def _keys_flow(self, row):
        return {
            "seller_territory_id": row.seller_territory,
            "buyer_territory_id": row.buyer_territory,
        }

    def _keys_structure(self, row):
        return {
            "seller_structure": row.seller_structure,
            "buyer_structure": row.buyer_structure,
        }

    def _name_territory(self, seller_territory_id):
        return seller_territory_id.name or self.env._("No territory")

    def _name_category(self, category_id):
        return category_id.name or self.env._("Without a listing")

    def _name_flow(self, seller_territory_id, buyer_territory_id):
        seller = self._name_territory(seller_territory_id)
        buyer = self._name_territory(buyer_territory_id)
        return f"{seller} → {buyer}"

    def _name_structure(self, seller_structure, buyer_structure):
        field = self._fields["seller_structure"]
        labels = dict(field._description_selection(self.env))
        return f"{labels[seller_structure]} → {labels[buyer_structure]}"

    # -- its records ----------------------------------------------------------

    @each_once
    def action_open(self):
        """Open the trades of this line."""
        self.ensure_one()
        names = {
            "territory": ("seller_territory_id",),
            "category": ("category_id",),
            "flow": ("seller_territory_id", "buyer_territory_id"),
            "structure": ("seller_structure", "buyer_structure"),
        }[self.kind]
        own = [(name, "=", getattr(self[name], "id", self[name])) for name in names]
        return self.dashboard_id._open_trades(self.name, own)
