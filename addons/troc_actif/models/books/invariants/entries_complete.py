"""Invariant 2."""

SENTENCE = "Every compensation has exactly its entries"


class EntriesComplete:
    """A part of `troc.verification`."""

    __slots__ = ()

    def _breaches_entries_complete(self):
        return [
            *self._breaches_compensations_complete(),
            *self._breaches_parts_complete(),
            *self._breaches_transfers_complete(),
            *self._breaches_losses_complete(),
            *self._breaches_vat_taken_back(),
        ]

    def _breaches_vat_taken_back(self):
        """VAT that a payment in Actifs made due is due as long as it is set off."""
        rows = self._query(
            """
            SELECT DISTINCT comp.name, vat.name
              FROM troc_compensation comp
              JOIN account_payment payment
                ON payment.id IN (comp.seller_payment_id, comp.buyer_payment_id)
              JOIN account_move_line line ON line.move_id = payment.move_id
               AND line.account_id = payment.destination_account_id
              CROSS JOIN LATERAL (
                SELECT partial.id FROM account_partial_reconcile partial
                 WHERE partial.debit_move_id = line.id
                 UNION ALL
                SELECT partial.id FROM account_partial_reconcile partial
                 WHERE partial.credit_move_id = line.id
                   ) partial
              JOIN account_move vat ON vat.tax_cash_basis_rec_id = partial.id
               AND vat.reversed_entry_id IS NULL
              JOIN account_move back ON back.reversed_entry_id = vat.id
               AND back.state = 'posted'
             WHERE comp.network_id = %(network)s AND comp.state = 'validated'
               AND NOT EXISTS (SELECT FROM account_move again
                                WHERE again.reversed_entry_id = back.id
                                  AND again.state = 'posted')
            """
        )
        return [
            self.env._(
                "%(compensation)s: the VAT that it made due (%(entry)s) was reversed "
                "by hand. Reverse that reversal.",
                compensation=compensation,
                entry=entry,
            )
            for compensation, entry in rows
        ]

    def _breaches_compensations_complete(self):
        rows = self._query(
            """
            SELECT comp.name, COUNT(move.id), expected.n
              FROM troc_compensation comp
              CROSS JOIN LATERAL (SELECT
                   (1 + (comp.seller_payment_id IS NOT NULL)::int
                      + (comp.buyer_payment_id IS NOT NULL)::int)
                   * CASE comp.state WHEN 'reversed' THEN 2
                                     WHEN 'validated' THEN 1 ELSE 0 END AS n
                   ) expected
         LEFT JOIN account_move move
                ON move.troc_compensation_id = comp.id AND move.state = 'posted'
               AND move.date = CASE WHEN move.reversed_entry_id IS NULL
                                    THEN comp.entry_date
                                    ELSE comp.reversal_date END
               AND (SELECT SUM(line.debit) FROM account_move_line line
                     WHERE line.move_id = move.id) = comp.actif_amount
             WHERE comp.network_id = %(network)s
               AND NOT (comp.state = 'reversed' AND comp.register_move_id IS NULL)
          GROUP BY comp.id, expected.n
            HAVING COUNT(move.id) != expected.n
                OR (comp.state IN ('validated', 'reversed')
                    AND (comp.register_move_id IS NULL
                         OR (comp.move_id IS NOT NULL
                             AND comp.seller_payment_id IS NULL)))
            """
        )
        return self._wrong_entries(rows)

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

    def _breaches_losses_complete(self):
        """The shares of a loss are posted, or reversed, with it, and add up to it."""
        rows = self._query(
            """
            SELECT loss.name
              FROM troc_loss loss
         LEFT JOIN troc_transfer transfer
                ON transfer.loss_id = loss.id AND transfer.state = loss.state
               AND transfer.taker_id = loss.member_id
             WHERE loss.network_id = %(network)s AND loss.state != 'draft'
          GROUP BY loss.id
            HAVING COALESCE(SUM(transfer.amount), 0) != loss.amount
                OR COUNT(transfer.id) != (SELECT COUNT(*) FROM troc_transfer own
                                           WHERE own.loss_id = loss.id)
            """
        )
        return [
            self.env._("%s: its shares do not add up to the loss.", name)
            for (name,) in rows
        ]

    def _wrong_entries(self, rows):
        """Return a sentence for each (name, entries found, entries expected)."""
        return [
            self.env._(
                "%(name)s has %(found)s entries of its amount and date, not "
                "%(expected)s.",
                name=name,
                found=found,
                expected=expected,
            )
            for name, found, expected in rows
        ]
