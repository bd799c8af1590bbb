"""Transfers outside invoices under the invariants of entries."""


class TrocVerificationTransfers:
    """A part of TrocVerification, where its fields stand."""

    __slots__ = ()

    def _breaches_transfers_complete(self):
        """A posted transfer has one entry in the register and in each hosted book."""
        rows = self._query(
            """
            SELECT transfer.name, COUNT(move.id), expected.n
              FROM troc_transfer transfer
              JOIN troc_member giver ON giver.id = transfer.giver_id
              JOIN troc_member taker ON taker.id = transfer.taker_id
              CROSS JOIN LATERAL (SELECT
                   (1 + (giver.kind = 'hosted')::int + (taker.kind = 'hosted')::int)
                   * CASE transfer.state WHEN 'reversed' THEN 2
                                         WHEN 'posted' THEN 1 ELSE 0 END AS n
                   ) expected
         LEFT JOIN account_move move
                ON move.troc_transfer_id = transfer.id AND move.state = 'posted'
               AND move.date = CASE WHEN move.reversed_entry_id IS NULL
                                    THEN transfer.entry_date
                                    ELSE transfer.reversal_date END
               AND (SELECT SUM(line.debit) FROM account_move_line line
                     WHERE line.move_id = move.id) = transfer.amount
             WHERE transfer.network_id = %(network)s
          GROUP BY transfer.id, expected.n
            HAVING COUNT(move.id) != expected.n
                OR (transfer.state != 'draft' AND transfer.register_move_id IS NULL)
            """
        )
        return self._wrong_entries(rows)
