from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.troc_actif_invoice.public import each_once

STRUCTURES = [("ess", "Social economy (ESS)"), ("classic", "Classic company")]


class TrocTrade(models.Model):
    """What was traded: one line a validated compensation, to count and to compare.

    What goes back (credit notes, parts) counts below zero, in its own month; what was
    reversed does not count.  A query: nothing is stored.
    """

    _name = "troc.trade"
    _description = "Trade"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "compensation_id"
    _depends = {
        "troc.compensation": [
            *("state", "network_id", "entry_date", "seller_id", "buyer_id"),
            *("seller_territory_id", "buyer_territory_id", "introduction_id"),
            *("origin_id", "document_type", "actif_amount", "invoked_on"),
            "validated_on",
        ],
        "troc.member": ["structure"],
        "troc.introduction": ["listing_id"],
        "troc.listing": ["category_id"],
    }

    date = fields.Date(readonly=True)
    network_id = fields.Many2one("troc.network", readonly=True)
    compensation_id = fields.Many2one("troc.compensation", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    seller_id = fields.Many2one("troc.member", readonly=True)
    buyer_id = fields.Many2one("troc.member", readonly=True)
    seller_territory_id = fields.Many2one(
        "troc.territory", "Seller's territory", readonly=True
    )
    buyer_territory_id = fields.Many2one(
        "troc.territory", "Buyer's territory", readonly=True
    )
    seller_structure = fields.Selection(STRUCTURES, readonly=True)
    buyer_structure = fields.Selection(STRUCTURES, readonly=True)
    category_id = fields.Many2one(
        "troc.category", readonly=True, help="Of the listing that led to the deal."
    )
    amount = fields.Monetary("In Actifs", readonly=True)
    days_to_validate = fields.Float(
        readonly=True, aggregator="avg", help="From submission to validation."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT comp.id, comp.id AS compensation_id, comp.network_id,
                   comp.currency_id, comp.entry_date AS date, comp.seller_id,
                   comp.buyer_id, comp.seller_territory_id, comp.buyer_territory_id,
                   seller.structure AS seller_structure,
                   buyer.structure AS buyer_structure, listing.category_id,
                   CASE comp.document_type WHEN 'invoice' THEN comp.actif_amount
                        ELSE -comp.actif_amount END AS amount,
                   CASE comp.document_type WHEN 'invoice' THEN
                        EXTRACT(EPOCH FROM comp.validated_on - comp.invoked_on) / 86400
                        END AS days_to_validate
              FROM troc_compensation comp
              JOIN troc_member seller ON seller.id = comp.seller_id
              JOIN troc_member buyer ON buyer.id = comp.buyer_id
         LEFT JOIN troc_compensation origin ON origin.id = comp.origin_id
         LEFT JOIN troc_introduction deal
                ON deal.id = COALESCE(comp.introduction_id, origin.introduction_id)
         LEFT JOIN troc_listing listing ON listing.id = deal.listing_id
             WHERE comp.state = 'validated'
            """
        )

    @each_once
    def action_open_compensation(self):
        self.ensure_one()
        return self.compensation_id._get_records_action()
