"""Invariant 5."""

SENTENCE = "Actif part and euro part add up to the invoice"


class AmountsAddUp:
    """A part of `troc.verification`."""

    __slots__ = ()

    def _breaches_amounts_add_up(self):
        return [*self._breaches_amounts_split(), *self._breaches_parts_set_off()]

    def _breaches_amounts_split(self):
        rows = self._query(
            """
            SELECT comp.name
              FROM troc_compensation comp
         LEFT JOIN account_move invoice ON invoice.id = comp.move_id
         LEFT JOIN account_payment payment ON payment.id = comp.seller_payment_id
         LEFT JOIN LATERAL (
                SELECT SUM(line.amount_residual) AS open
                  FROM account_move_line line
                  JOIN account_account account ON account.id = line.account_id
                 WHERE line.move_id = payment.move_id AND account.reconcile
                   ) payment_open ON TRUE
             WHERE comp.network_id = %(network)s
               AND (comp.actif_amount + comp.cash_amount != comp.total_amount
                    OR comp.cash_amount < 0
                    OR (comp.state = 'validated' AND comp.move_id IS NOT NULL
                        AND (comp.actif_amount > invoice.amount_total
                             OR COALESCE(payment_open.open, 1) != 0))
                    OR (comp.state = 'validated' AND comp.origin_id IS NOT NULL
                        AND (SELECT SUM(note.actif_amount)
                               FROM troc_compensation note
                              WHERE note.origin_id = comp.origin_id
                                AND note.state = 'validated')
                            > COALESCE((SELECT origin.actif_amount
                                          FROM troc_compensation origin
                                         WHERE origin.id = comp.origin_id
                                           AND origin.state = 'validated'), 0)))
            """
        )
        return [
            self.env._(
                "%s: Actif part and euro part do not add up, or more is compensated "
                "or taken back than the invoice allows.",
                name,
            )
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
