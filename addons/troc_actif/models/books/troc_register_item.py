from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.troc_actif_invoice.public import each_once


class TrocRegisterItem(models.Model):
    """The register as its readers know it: one line a movement, member by member.

    A query on the posted journal items of the register account: there is no second
    ledger.  Animators read it without any accounting right.  Every item has an entry;
    LEFT JOIN spares PostgreSQL the entries where only amounts are asked for.
    """

    _name = "troc.register.item"
    _description = "Register item"
    _auto = False
    _order = "date desc, id desc"

    date = fields.Date(readonly=True)
    network_id = fields.Many2one("troc.network", readonly=True)
    member_id = fields.Many2one("troc.member", readonly=True)
    territory_id = fields.Many2one("troc.territory", readonly=True)
    counterpart_id = fields.Many2one("troc.member", "With", readonly=True)
    compensation_id = fields.Many2one("troc.compensation", readonly=True)
    transfer_id = fields.Many2one(
        "troc.transfer", readonly=True, groups="base.group_user"
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    entry_name = fields.Char("Entry", readonly=True)
    reference = fields.Char(readonly=True)
    is_reversal = fields.Boolean("Reversal", readonly=True)
    earned = fields.Monetary(readonly=True)
    spent = fields.Monetary(readonly=True)
    amount = fields.Monetary(
        "Net", readonly=True, help="Earned less spent; of one member: the balance."
    )
    balance = fields.Monetary(compute="_compute_balance", help="After this movement.")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT item.id, item.date, network.id AS network_id,
                   member.id AS member_id, member.territory_id,
                   CASE member.id WHEN comp.seller_id THEN comp.buyer_id
                                  WHEN comp.buyer_id THEN comp.seller_id
                                  WHEN transfer.giver_id THEN transfer.taker_id
                                  ELSE transfer.giver_id END AS counterpart_id,
                   comp.id AS compensation_id,
                   transfer.id AS transfer_id,
                   item.company_currency_id AS currency_id,
                   move.name AS entry_name, move.ref AS reference,
                   move.reversed_entry_id IS NOT NULL AS is_reversal,
                   item.debit AS earned, item.credit AS spent,
                   item.balance AS amount
              FROM account_move_line item
         LEFT JOIN account_move move ON move.id = item.move_id
              JOIN troc_network network
                ON network.register_account_id = item.account_id
               AND network.register_journal_id = item.journal_id
              JOIN troc_member member
                ON member.network_id = network.id
               AND member.partner_id = item.partner_id
         LEFT JOIN troc_compensation comp ON comp.id = move.troc_compensation_id
         LEFT JOIN troc_transfer transfer ON transfer.id = move.troc_transfer_id
             WHERE item.parent_state = 'posted'
            """
        )

    @api.depends("member_id")
    def _compute_balance(self):
        """Sum up the movements of the members shown, and of no others."""
        # no right is asked here: `self` was read, and each line tells of its member
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, balance
                  FROM (SELECT item.id, SUM(item.amount) OVER (
                               PARTITION BY item.member_id ORDER BY item.date, item.id
                               ) AS balance
                          FROM (%s) item WHERE item.member_id IN %s) summed
                 WHERE id IN %s
                """,
                self._table_query,
                tuple(self.member_id.ids) or (0,),
                tuple(self.ids) or (0,),
            )
        )
        balances = dict(rows)
        for item in self:
            item.balance = balances.get(item.id, 0.0)

    @each_once
    def action_open_compensation(self):
        """Open what made this movement: a compensation, or a transfer."""
        self.ensure_one()
        # sudo: which of the two; opening it asks for the user's own right
        made_by = self.compensation_id or self.sudo().transfer_id.sudo(False)
        return made_by._get_records_action()
