from odoo import fields, models

from odoo.addons.troc_actif_invoice.public import each_once


class TrocCategory(models.Model):
    _name = "troc.category"
    _description = "Category of listings"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    network_id = fields.Many2one(
        "troc.network",
        ondelete="cascade",
        index="btree_not_null",
        help="Only for this network; empty = for all of them.",
    )
    listing_count = fields.Integer(compute="_compute_listing_count")

    def _compute_listing_count(self):
        groups = self.env["troc.listing"]._read_group(
            [("category_id", "in", self.ids), ("state", "=", "published")],
            ["category_id"],
            ["__count"],
        )
        counts = {category.id: count for category, count in groups}
        for category in self:
            category.listing_count = counts.get(category.id, 0)

    @each_once
    def action_open_listings(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif_market.action_listing"
        )
        return {**action, "domain": [("category_id", "in", self.ids)], "context": {}}
