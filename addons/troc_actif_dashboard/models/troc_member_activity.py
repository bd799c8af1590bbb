from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.troc_actif.models.members.troc_member import STATES
from odoo.addons.troc_actif_invoice.public import each_once

from .troc_trade import STRUCTURES


class TrocMemberActivity(models.Model):
    """How active each member is: one line a member of a network, candidates apart.

    Dormant: may trade, and has not for the network's `dormant_days`.  Tight: the
    network's `warning_percent` of either limit is used.  A query: nothing is stored.
    """

    _name = "troc.member.activity"
    _description = "Activity of a member"
    _auto = False
    _order = "last_trade desc nulls last, id"
    _rec_name = "member_id"
    _depends = {
        "troc.compensation": [
            *("state", "seller_id", "buyer_id", "document_type", "entry_date")
        ],
        "troc.member": [
            *("active", "network_id", "territory_id", "structure", "state"),
            *("member_since", "account_id"),
        ],
        "troc.account": ["balance", "credit_limit", "balance_limit"],
        "troc.network": [
            *("company_id", "own_member_id", "dormant_days", "warning_percent")
        ],
    }

    member_id = fields.Many2one("troc.member", readonly=True)
    network_id = fields.Many2one("troc.network", readonly=True)
    territory_id = fields.Many2one("troc.territory", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    structure = fields.Selection(STRUCTURES, readonly=True)
    state = fields.Selection(STATES, readonly=True)
    joined_on = fields.Date(readonly=True)
    first_sale = fields.Date(readonly=True)
    first_purchase = fields.Date(readonly=True)
    last_trade = fields.Date(readonly=True)
    days_to_first_sale = fields.Integer(
        readonly=True, aggregator="avg", help="From joining on."
    )
    days_to_first_purchase = fields.Integer(
        readonly=True, aggregator="avg", help="From joining on."
    )
    balance = fields.Monetary(readonly=True)
    limit_used = fields.Float(
        readonly=True,
        aggregator=None,
        help="Percent of the credit limit (below zero) or balance limit (above).",
    )
    is_dormant = fields.Boolean("Dormant", readonly=True)
    is_tight = fields.Boolean("Limit nearly used", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT found.*,
                   found.state IN ('active', 'on_hold', 'stand_by')
                   AND idle_days > 0
                   AND COALESCE(last_trade, joined_on) < CURRENT_DATE - idle_days
                       AS is_dormant,
                   warned > 0 AND COALESCE(limit_used, 0) >= warned AS is_tight,
                   first_sale - joined_on AS days_to_first_sale,
                   first_purchase - joined_on AS days_to_first_purchase
              FROM (%(found)s) found
            """,
            found=self._found(),
        )

    def _found(self):
        """Return the query of what is known of each member, before it is judged."""
        return SQL(
            """
            SELECT member.id, member.id AS member_id, member.network_id,
                   member.territory_id, company.currency_id, member.structure,
                   member.state, first_sale.date AS first_sale,
                   first_purchase.date AS first_purchase,
                   -- who traded before he was noted as a member joined then
                   LEAST(
                       COALESCE(member.member_since, member.create_date::date),
                       first_sale.date, first_purchase.date
                   ) AS joined_on,
                   GREATEST(last_sale.date, last_purchase.date) AS last_trade,
                   account.balance, network.dormant_days AS idle_days,
                   network.warning_percent AS warned,
                   CASE WHEN account.balance < 0 AND account.credit_limit > 0
                        THEN -100 * account.balance / account.credit_limit
                        WHEN account.balance < 0 THEN 100
                        WHEN account.balance_limit > 0
                        THEN 100 * account.balance / account.balance_limit
                        END AS limit_used
              FROM troc_member member
              JOIN troc_account account ON account.id = member.account_id
              JOIN troc_network network ON network.id = member.network_id
              JOIN res_company company ON company.id = network.company_id
         LEFT JOIN LATERAL (%(first_sale)s) first_sale ON TRUE
         LEFT JOIN LATERAL (%(first_purchase)s) first_purchase ON TRUE
         LEFT JOIN LATERAL (%(last_sale)s) last_sale ON TRUE
         LEFT JOIN LATERAL (%(last_purchase)s) last_purchase ON TRUE
             WHERE member.active AND member.state != 'candidate'
               AND member.id IS DISTINCT FROM network.own_member_id
            """,
            first_sale=self._trade_of("seller_id", "ASC"),
            first_purchase=self._trade_of("buyer_id", "ASC"),
            last_sale=self._trade_of("seller_id", "DESC"),
            last_purchase=self._trade_of("buyer_id", "DESC"),
        )

    def _trade_of(self, side, direction):
        """Return the query of the first or the last day a member stood on a side."""
        return SQL(
            """SELECT comp.entry_date AS date FROM troc_compensation comp
                WHERE comp.%s = member.id AND comp.state = 'validated'
                  AND comp.document_type = 'invoice'
             ORDER BY comp.entry_date %s LIMIT 1""",
            SQL.identifier(side),
            SQL(direction),
        )

    @each_once
    def action_open_member(self):
        self.ensure_one()
        return self.member_id._get_records_action()
