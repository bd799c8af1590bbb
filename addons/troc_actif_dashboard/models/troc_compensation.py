"""Indexes for what is asked of all compensations at once."""

from odoo import models


class TrocCompensation(models.Model):
    _inherit = "troc.compensation"

    # read instead of the table by the dashboard and the report on trades
    _trade_idx = models.Index(
        "(network_id, entry_date) INCLUDE (seller_id, buyer_id, seller_territory_id,"
        " buyer_territory_id, introduction_id, origin_id, document_type, actif_amount,"
        " invoked_on, validated_on) WHERE state = 'validated'"
    )
    # the first and the last sale and purchase of each member
    _sale_idx = models.Index(
        "(seller_id, entry_date) WHERE state = 'validated'"
        " AND document_type = 'invoice'"
    )
    _purchase_idx = models.Index(
        "(buyer_id, entry_date) WHERE state = 'validated' AND document_type = 'invoice'"
    )
