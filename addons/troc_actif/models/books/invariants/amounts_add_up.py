"""Invariant 5."""

SENTENCE = "Actif part and euro part add up to the invoice"


class AmountsAddUp:
    """A part of `troc.verification`."""

    __slots__ = ()

    def _breaches_amounts_add_up(self):
        return [
            *self._breaches_amounts_split(),
            *self._breaches_parts_set_off(),
            *self._breaches_credits_in_euros(),
            *self._breaches_bills_moved(),
            *self._breaches_bills_gone(),
        ]

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
                 WHERE line.move_id = payment.move_id
                   AND line.account_id = payment.destination_account_id
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
               AND line.account_id = payment.destination_account_id
             WHERE part.network_id = %(network)s
               AND part.document_type = 'correction' AND part.state = 'validated'
               AND line.amount_residual != 0
            """
        )
        return [
            self.env._("%s is not set off against what it takes back.", name)
            for (name,) in rows
        ]

    def _breaches_credits_in_euros(self):
        """A credit note of a compensated document settles its share in Actifs alone."""
        rows = self._query(
            """
            SELECT refund.name, comp.name
              FROM troc_compensation comp
              JOIN account_move refund
                ON refund.reversed_entry_id IN (comp.move_id, comp.bill_id)
               AND refund.move_type IN ('out_refund', 'in_refund')
               AND refund.state = 'posted'
              CROSS JOIN LATERAL (
                SELECT COALESCE(SUM(note.actif_amount) FILTER (
                           WHERE refund.id IN (note.move_id, note.bill_id)), 0) AS own,
                       COALESCE(SUM(note.actif_amount) FILTER (
                           WHERE refund.id NOT IN (COALESCE(note.move_id, 0),
                                                   COALESCE(note.bill_id, 0))
                           ), 0) AS others
                  FROM troc_compensation note
                 WHERE note.origin_id = comp.id AND note.state = 'validated'
                   ) back
             WHERE comp.network_id = %(network)s AND comp.state = 'validated'
               AND comp.origin_id IS NULL AND comp.total_amount > 0
               AND refund.amount_total - refund.amount_residual - back.own
                   > refund.amount_total + 0.01
                     - LEAST(ROUND(refund.amount_total * comp.actif_amount
                                   / comp.total_amount, 2),
                             comp.actif_amount - back.others)
            """
        )
        return [
            self.env._(
                "%(number)s gives Actifs of %(compensation)s back in euros: undo that "
                "payment or set-off, and submit the credit note.",
                number=number,
                compensation=compensation,
            )
            for number, compensation in rows
        ]

    def _breaches_bills_moved(self):
        """The buyer's payment in Actifs pays the bill of what was bought, no other."""
        rows = self._query(
            """
            WITH entries AS (
                SELECT comp.name, comp.bill_id, payment.move_id
                  FROM troc_compensation comp
                  JOIN account_payment payment ON payment.id = comp.buyer_payment_id
                 WHERE comp.network_id = %(network)s AND comp.state = 'validated'
                 UNION ALL
                SELECT comp.name, comp.bill_id, carrying.id
                  FROM troc_compensation comp
                  JOIN account_move carrying ON carrying.troc_carries_id = comp.id
                 WHERE comp.network_id = %(network)s AND comp.state = 'validated'
            ), lines AS (
                SELECT entries.name, entries.bill_id, line.id
                  FROM entries
                  JOIN account_move_line line ON line.move_id = entries.move_id
            ), others AS (
                SELECT lines.name, lines.bill_id, partial.credit_move_id AS line_id
                  FROM lines
                  JOIN account_partial_reconcile partial
                    ON partial.debit_move_id = lines.id
                 UNION
                SELECT lines.name, lines.bill_id, partial.debit_move_id
                  FROM lines
                  JOIN account_partial_reconcile partial
                    ON partial.credit_move_id = lines.id
            )
            SELECT DISTINCT others.name, bill.name
              FROM others
              JOIN account_move_line line ON line.id = others.line_id
              JOIN account_move bill ON bill.id = line.move_id
             WHERE bill.move_type IN ('in_invoice', 'in_refund')
               AND bill.id IS DISTINCT FROM others.bill_id
            """
        )
        return [
            self.env._(
                "%(compensation)s: its payment in Actifs is set off against %(bill)s, "
                "which is not the bill of what was bought. Attach it to the right one.",
                compensation=compensation,
                bill=bill,
            )
            for compensation, bill in rows
        ]

    def _breaches_bills_gone(self):
        """A bill that is paid in Actifs stands, with its supplier and in euros."""
        rows = self._query(
            """
            SELECT comp.name, COALESCE(bill.name, bill.ref, '-')
              FROM troc_compensation comp
              JOIN account_move bill ON bill.id = comp.bill_id
              JOIN res_partner supplier ON supplier.id = bill.partner_id
             WHERE comp.network_id = %(network)s AND comp.state = 'validated'
               AND bill.posted_before
               AND (bill.state = 'cancel'
                    OR bill.currency_id != comp.currency_id
                    OR supplier.commercial_partner_id != comp.seller_partner_id)
            """
        )
        return [
            self.env._(
                "%(compensation)s: %(bill)s, paid by it, is cancelled or has another "
                "supplier or currency. Correct the bill, or attach the payment in "
                "Actifs to the right one.",
                compensation=compensation,
                bill=bill,
            )
            for compensation, bill in rows
        ]
