from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.date_utils import start_of

from odoo.addons.troc_actif_invoice.public import each_once

from ..members.troc_member import STATES

# the keys of the context that choose the day, and the first day of the period
DATE, DATE_FROM = "troc_date", "troc_date_from"


class TrocBalance(models.Model):
    """The balances of all members at the end of a day: one line a member.

    The day and the first day of the period stand in the context (DATE and DATE_FROM;
    today and the first of January by default).  A query on the posted items of the
    register, like `troc.register.item`: the stored balances are not asked.  Who has
    left, is archived or never traded yet is listed once something moved on his account.
    """

    _name = "troc.balance"
    _description = "Balance on a day"
    _auto = False
    _order = "name, id"
    _rec_name = "member_id"
    _depends = {
        "account.move.line": [
            *("account_id", "journal_id", "partner_id", "parent_state", "date"),
            *("debit", "credit", "balance"),
        ],
        "troc.member": [
            *("name", "active", "network_id", "partner_id", "territory_id"),
            *("state", "structure", "account_id"),
        ],
        "troc.account": ["credit_limit", "balance_limit"],
        "troc.network": ["company_id", "register_account_id", "register_journal_id"],
    }

    name = fields.Char(readonly=True)
    member_id = fields.Many2one("troc.member", readonly=True)
    network_id = fields.Many2one("troc.network", readonly=True)
    territory_id = fields.Many2one("troc.territory", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    structure = fields.Selection(
        [("ess", "Social economy (ESS)"), ("classic", "Classic company")],
        readonly=True,
    )
    is_archived = fields.Boolean("Archived", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    credit_limit = fields.Monetary(
        "Credit limit", readonly=True, help="As it is today.", aggregator=None
    )
    balance_limit = fields.Monetary(
        "Balance limit", readonly=True, help="As it is today.", aggregator=None
    )
    earned = fields.Monetary(
        readonly=True, depends_context=(DATE, DATE_FROM), help="In the period."
    )
    spent = fields.Monetary(
        readonly=True, depends_context=(DATE, DATE_FROM), help="In the period."
    )
    balance = fields.Monetary(
        readonly=True, depends_context=(DATE,), help="At the end of the day."
    )
    side = fields.Selection(
        [("positive", "Above zero"), ("negative", "Below zero"), ("zero", "Zero")],
        readonly=True,
        depends_context=(DATE,),
    )
    limit_used = fields.Float(
        "Limit used",
        readonly=True,
        depends_context=(DATE,),
        aggregator=None,
        help="Percent of today's credit limit (below zero) or balance limit (above).",
    )
    last_movement = fields.Date(
        "Last movement", readonly=True, depends_context=(DATE,), aggregator="max"
    )

    @property
    def _table_query(self):
        # LIMIT 1, not EXISTS: which PostgreSQL would answer for all members at once
        date, date_from = self._period()
        return SQL(
            """
            SELECT member.id, member.id AS member_id, member.name, member.network_id,
                   member.territory_id, member.state, member.structure,
                   NOT member.active AS is_archived, company.currency_id,
                   COALESCE(account.credit_limit, 0) AS credit_limit,
                   COALESCE(account.balance_limit, 0) AS balance_limit,
                   COALESCE(moved.earned, 0) AS earned,
                   COALESCE(moved.spent, 0) AS spent,
                   COALESCE(moved.balance, 0) AS balance,
                   CASE WHEN moved.balance > 0 THEN 'positive'
                        WHEN moved.balance < 0 THEN 'negative' ELSE 'zero' END AS side,
                   CASE WHEN moved.balance < 0
                        THEN -100 * moved.balance / NULLIF(account.credit_limit, 0)
                        ELSE 100 * moved.balance / NULLIF(account.balance_limit, 0)
                        END AS limit_used,
                   moved.last_movement
              FROM troc_member member
              JOIN troc_account account ON account.id = member.account_id
              JOIN troc_network network ON network.id = member.network_id
              JOIN res_company company ON company.id = network.company_id
         LEFT JOIN (%(moved)s) moved
                ON moved.network_id = member.network_id
               AND moved.partner_id = member.partner_id
             WHERE (member.active AND member.state NOT IN ('candidate', 'left'))
                OR (SELECT TRUE FROM account_move_line item
                     WHERE item.account_id = network.register_account_id
                       AND item.journal_id = network.register_journal_id
                       AND item.partner_id = member.partner_id
                       AND item.parent_state = 'posted' AND item.date <= %(date)s
                     LIMIT 1)
            """,
            moved=self._moved(date, date_from),
            date=date,
        )

    def _moved(self, date, date_from):
        """Return the query of what moved until `date`: one row a network and partner.

        Spared by PostgreSQL where no amount is asked for, as in a count.
        """
        return SQL(
            """
            SELECT network.id AS network_id, item.partner_id,
                   SUM(item.balance) AS balance, MAX(item.date) AS last_movement,
                   SUM(item.debit) FILTER (WHERE item.date >= %(date_from)s) AS earned,
                   SUM(item.credit) FILTER (WHERE item.date >= %(date_from)s) AS spent
              FROM troc_network network
              JOIN account_move_line item
                ON item.account_id = network.register_account_id
               AND item.journal_id = network.register_journal_id
             WHERE item.parent_state = 'posted' AND item.date <= %(date)s
          GROUP BY network.id, item.partner_id
            """,
            date=date,
            date_from=date_from,
        )

    def _period(self):
        """Return (day, first day of the period) that the context asks for."""
        date = self._day(DATE) or fields.Date.context_today(self)
        return date, self._day(DATE_FROM) or start_of(date, "year")

    def _day(self, key):
        """Return a day of the context, None for nothing or nonsense."""
        try:
            return fields.Date.to_date(self.env.context.get(key) or None)
        except (TypeError, ValueError):
            return None

    @each_once
    def action_open_movements(self):
        """Open the movements of this member until the day of the balance."""
        self.ensure_one()
        date, _date_from = self._period()
        action = self.member_id.action_open_register()
        return {**action, "domain": [*action["domain"], ("date", "<=", date)]}

    @each_once
    def action_choose(self):
        """Ask for another day, or for a file: the wizard, as the screen stands."""
        date, date_from = self._period()
        wizard = self.env["troc.balances"].create(
            {
                "date": date,
                "date_from": date_from,
                **self.env["troc.balances"]._network_of(self.env.context),
            }
        )
        return wizard._get_records_action(
            name=self.env._("Balances on a day"), target="new", view_mode="form"
        )
