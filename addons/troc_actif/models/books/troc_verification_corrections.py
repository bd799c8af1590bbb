"""Parts taken back: entries where the origin has some, none of them left open."""


class TrocVerificationCorrections:
    """A part of TrocVerification, where its fields stand."""

    __slots__ = ()

    def _breaches_parts_complete(self):
        rows = self._query(
            """
            SELECT part.name
              FROM troc_compensation part
              JOIN troc_compensation origin ON origin.id = part.origin_id
             WHERE part.network_id = %(network)s
               AND part.document_type = 'correction'
               AND part.state IN ('validated', 'reversed')
               AND ((part.seller_payment_id IS NULL)
                       != (origin.seller_payment_id IS NULL)
                    OR (part.buyer_payment_id IS NULL)
                       != (origin.buyer_payment_id IS NULL))
            """
        )
        return [
            self.env._("%s is missing from books that its origin is in.", name)
            for (name,) in rows
        ]

    def _breaches_parts_set_off(self):
        rows = self._query(
            """
            SELECT DISTINCT part.name
              FROM troc_compensation part
              JOIN account_payment payment
                ON payment.id IN (part.seller_payment_id, part.buyer_payment_id)
              JOIN account_move_line line ON line.move_id = payment.move_id
              JOIN account_account account ON account.id = line.account_id
             WHERE part.network_id = %(network)s
               AND part.document_type = 'correction' AND part.state = 'validated'
               AND account.reconcile AND line.amount_residual != 0
            """
        )
        return [
            self.env._("%s is not set off against what it takes back.", name)
            for (name,) in rows
        ]
