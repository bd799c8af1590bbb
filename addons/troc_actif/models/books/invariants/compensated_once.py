"""Invariant 6."""

SENTENCE = "No invoice is compensated twice"


class CompensatedOnce:
    """A part of `troc.verification`."""

    __slots__ = ()

    def _breaches_compensated_once(self):
        rows = self._query(
            """
            SELECT STRING_AGG(name, ', ' ORDER BY id)
              FROM troc_compensation
             WHERE network_id = %(network)s AND state IN ('submitted', 'validated')
          GROUP BY seller_id, UPPER(document_number), document_year
            HAVING COUNT(*) > 1
             UNION
            SELECT STRING_AGG(name, ', ' ORDER BY id)
              FROM troc_compensation
             WHERE network_id = %(network)s AND state IN ('submitted', 'validated')
               AND document_sha256 IS NOT NULL
          GROUP BY document_sha256
            HAVING COUNT(*) > 1
            """
        )
        return [self.env._("The same invoice is in %s.", names) for (names,) in rows]
