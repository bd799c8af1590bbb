"""What deals set aside, as part of the invariant on stored amounts."""

from odoo import models


class TrocVerification(models.Model):
    _inherit = "troc.verification"

    def _breaches_balances_match_items(self):
        return [
            *super()._breaches_balances_match_items(),
            *self._breaches_reservations_match_deals(),
        ]

    def _breaches_reservations_match_deals(self):
        rows = self._query(
            """
            SELECT member.name, account.reserved_amount,
                   COALESCE(SUM(deal.reserved_amount), 0)
              FROM troc_member member
              JOIN troc_account account ON account.id = member.account_id
         LEFT JOIN troc_introduction deal ON deal.buyer_id = member.id
             WHERE member.network_id = %(network)s
          GROUP BY member.id, account.id
            HAVING COALESCE(account.reserved_amount, 0)
                   != COALESCE(SUM(deal.reserved_amount), 0)
            """
        )
        return [
            self.env._(
                "%(member)s: the account says that %(stored)s are set aside, the deals "
                "%(deals)s.",
                member=member,
                stored=stored or 0,
                deals=deals,
            )
            for member, stored, deals in rows
        ]
