"""Invariant 7."""

SENTENCE = "Stored balances equal the register"


class BalancesMatchItems:
    """A part of `troc.verification`."""

    __slots__ = ()

    def _breaches_balances_match_items(self):
        rows = self._query(
            """
            SELECT member.name, account.balance, COALESCE(SUM(item.amount), 0)
              FROM troc_member member
              JOIN troc_account account ON account.id = member.account_id
         LEFT JOIN %(register)s item ON item.member_id = member.id
             WHERE member.network_id = %(network)s
          GROUP BY member.id, account.id
            HAVING COALESCE(account.balance, 0) != COALESCE(SUM(item.amount), 0)
            """
        )
        return [
            self.env._(
                "%(member)s: the balance says %(stored)s, the register %(items)s.",
                member=member,
                stored=stored,
                items=items,
            )
            for member, stored, items in rows
        ]
