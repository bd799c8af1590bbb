"""Invariant 7."""

SENTENCE = "Stored balances equal the register"


class BalancesMatchItems:
    """A part of `troc.verification`."""

    __slots__ = ()

    def _breaches_balances_match_items(self):
        rows = self._query(
            """
            SELECT member.name, member.balance, COALESCE(SUM(item.amount), 0)
              FROM troc_member member
         LEFT JOIN %(register)s item ON item.member_id = member.id
             WHERE member.network_id = %(network)s
          GROUP BY member.id
            HAVING COALESCE(member.balance, 0) != COALESCE(SUM(item.amount), 0)
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
