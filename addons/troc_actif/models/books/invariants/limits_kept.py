"""Invariant 4."""

SENTENCE = "Nobody is past the limits without a recorded override"


class LimitsKept:
    """A part of `troc.verification`."""

    __slots__ = ()

    def _breaches_limits_kept(self):
        rows = self._query(
            """
            SELECT member.name, balance, credit_limit, balance_limit
              FROM troc_member member
              JOIN troc_account account ON account.id = member.account_id
             WHERE member.network_id = %(network)s
               AND (balance < -credit_limit
                    OR (balance_limit > 0 AND balance > balance_limit))
               AND (override_by_id IS NULL OR override_on IS NULL
                    OR COALESCE(override_reason, '') = ''
                    OR balance < -credit_limit - credit_override
                    OR (balance_limit > 0
                        AND balance > balance_limit + balance_override))
            """
        )
        return [
            self.env._(
                "%(member)s stands at %(balance)s, beyond the limits (%(credit)s "
                "below, %(ceiling)s above), without a recorded override.",
                member=member,
                balance=balance,
                credit=credit,
                ceiling=ceiling or "-",
            )
            for member, balance, credit, ceiling in rows
        ]
