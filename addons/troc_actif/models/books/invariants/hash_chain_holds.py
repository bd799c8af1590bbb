"""Invariant 8."""

SENTENCE = "Secured entries and documents are as they were"
# the chain of hashes: entries read at once, and what is read beside what is hashed
HASHED_AT_ONCE = 1000
HASH_FIELDS = ("inalterable_hash", "currency_id")


class HashChainHolds:
    """A part of `troc.verification`."""

    __slots__ = ()

    def _breaches_hash_chain_holds(self):
        """Recompute the chains of the journals that compensations write, and read
        the documents (troc_verification_documents.py)."""
        members = self.network_id.with_context(active_test=False).member_ids
        companies = members.filtered(lambda m: m.kind == "hosted").company_id
        journals = companies.troc_journal_id | self.network_id.register_journal_id
        broken = [breach for j in journals for breach in self._broken_chain(j)]
        return broken + self._breaches_references() + self._breaches_documents_kept()

    def _breaches_references(self):
        """What the chain does not hash: PieceRef of an entry, number of an invoice."""
        rows = self._query(
            """
            SELECT comp.name, move.name
              FROM troc_compensation comp
              JOIN account_move move ON move.troc_compensation_id = comp.id
               AND move.state = 'posted'
              JOIN account_journal journal ON journal.id = move.journal_id
               AND journal.troc_role IS NOT NULL
             WHERE comp.network_id = %(network)s
               AND STRPOS(COALESCE(move.ref, ''), comp.name) = 0
             UNION ALL
            SELECT comp.name, invoice.name
              FROM troc_compensation comp
              JOIN account_move invoice ON invoice.id = comp.move_id
             WHERE comp.network_id = %(network)s
               AND comp.state IN ('submitted', 'validated')
               AND comp.document_type != 'correction'
               AND invoice.name != comp.document_number
            """
        )
        return [
            self.env._(
                "%(compensation)s: %(entry)s bears another number or reference than "
                "when it was posted. Put it back.",
                compensation=compensation,
                entry=entry,
            )
            for compensation, entry in rows
        ]

    def _broken_chain(self, journal):
        posted = [("journal_id", "=", journal.id), ("state", "=", "posted")]
        moves = self.env["account.move"]
        for (prefix,) in moves._read_group(posted, ["sequence_prefix"]):
            own = [*posted, ("sequence_prefix", "=", prefix)]
            entry = self._first_altered(moves.search(own, order="sequence_number"))
            if entry:
                yield self.env._(
                    "%(company)s, chain %(prefix)s: entry %(entry)s was altered or "
                    "is not secured.",
                    company=journal.company_id.name,
                    prefix=prefix,
                    entry=entry.name,
                )

    def _first_altered(self, chain):
        """Return the first entry of a chain that its hash does not fit, if any.

        So many at a time, and only what the hash is made of: a chain may be long.
        """
        previous = ""
        for start in range(0, len(chain), HASHED_AT_ONCE):
            moves = chain.browse(chain.ids[start : start + HASHED_AT_ONCE])
            moves.fetch([*moves._get_integrity_hash_fields(), *HASH_FIELDS, "line_ids"])
            lines = moves.line_ids
            lines.fetch([*lines._get_integrity_hash_fields(), "currency_id"])
            hashes = moves._calculate_hashes(previous)
            for move in moves:
                if move.inalterable_hash != hashes[move]:
                    return move
            previous = hashes[moves[-1]]
            lines.invalidate_recordset(flush=False)
            moves.invalidate_recordset(flush=False)
        return chain.browse()
