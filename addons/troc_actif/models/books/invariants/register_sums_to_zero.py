"""Invariant 1."""

SENTENCE = "The balances of the network sum to zero"


class RegisterSumsToZero:
    """A part of `troc.verification`."""

    __slots__ = ()

    def _breaches_register_sums_to_zero(self):
        rows = self._query(
            """
            SELECT SUM(item.balance) FROM account_move_line item
              JOIN troc_network n ON n.register_account_id = item.account_id
             WHERE n.id = %(network)s AND item.parent_state = 'posted'
            HAVING SUM(item.balance) != 0
            """
        )
        return [self.env._("The register sums to %s, not to 0.", r[0]) for r in rows]
