from odoo.tools import SQL


class AccountMoveChain:
    """A part of AccountMove, where its fields stand."""

    __slots__ = ()

    def _get_chain_info(self, *args, **kwargs):
        """Go on from the entry that another transaction secured while this one waited.

        Two validations of strangers meet at the register: the second waits for the
        number of its entry until the first commits, but its snapshot is older than
        that commit.  It would not see the entry before its own: Odoo then reports a
        gap, or begins a new chain where the first of a period is missed.
        """
        info = super()._get_chain_info(*args, **kwargs)
        if isinstance(info, dict) and info["moves"] and self.journal_id.troc_role:
            first, last = info["moves"][0], info["last_move_hashed"]
            if first.sequence_number > (last.sequence_number or 0) + 1:
                self._continue_committed_chain(info, first)
        return info

    def _continue_committed_chain(self, info, first):
        """Set the hash before `first` to what is committed by now.

        Nobody can come in between: the number of `first` is ours since we got it.
        """
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    """SELECT inalterable_hash FROM account_move
                        WHERE journal_id = %s AND sequence_prefix = %s
                          AND sequence_number = %s AND inalterable_hash IS NOT NULL""",
                    first.journal_id.id,
                    first.sequence_prefix,
                    first.sequence_number - 1,
                )
            )
            found = cr.fetchone()
        if found:
            info["previous_hash"] = found[0]
            info.get("warnings", set()).discard("gap")
