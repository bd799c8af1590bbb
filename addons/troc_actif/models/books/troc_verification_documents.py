"""Documents on the disk, under the invariant of what may not be altered.

Each run reads a part of them, the next one after the last run's: of a big network the
whole in some nights.  What was found wrong is looked at again each time.
"""

# The files that compensations and transfers rest on.
DOCUMENTS = """
    SELECT file.id
      FROM ir_attachment file
      JOIN troc_compensation comp
        ON file.res_model = 'troc.compensation' AND file.res_id = comp.id
       AND file.res_field = 'document'
     WHERE comp.network_id = %(network)s
"""
EVIDENCE = """
    SELECT rel.ir_attachment_id
      FROM troc_transfer transfer
      JOIN troc_transfer_evidence_rel rel ON rel.troc_transfer_id = transfer.id
     WHERE transfer.network_id = %(network)s
"""
READ_AT_ONCE = 2000


class TrocVerificationDocuments:
    """A part of TrocVerification, where its fields stand."""

    __slots__ = ()

    def _breaches_documents_kept(self):
        """Return a sentence for each document that is gone, or another one."""
        last = self.search(
            [("network_id", "=", self.network_id.id), ("id", "<", self.id)], limit=1
        )
        # sudo: what all documents are, whoever runs the verification
        files_sudo = self.env["ir.attachment"].sudo()
        rows = (row for sql in self._kept_files() for row in self._query(sql))
        every = sorted({number for (number,) in rows})
        part = [number for number in every if number > last.read_until]
        self.read_until = part[READ_AT_ONCE - 1] if len(part) > READ_AT_ONCE else 0
        ids = {*part[:READ_AT_ONCE], *last.faulty_file_ids.exists().ids}
        self.faulty_file_ids = files_sudo.browse(sorted(ids)).filtered(self._is_faulty)
        return self._told_lost() + [
            self.env._(
                "%(record)s: the file %(file)s is gone from the disk, or is another "
                "one than was kept. Restore it from a backup.",
                record=self.env[file.res_model].browse(file.res_id).display_name,
                file=file.name,
            )
            for file in self.faulty_file_ids
        ]

    def _kept_files(self):
        """Return queries of the ids of the files that this network's books rest on."""
        return [DOCUMENTS, EVIDENCE]

    def _is_faulty(self, file):
        if file.res_model == "troc.compensation":
            return file.env[file.res_model].browse(file.res_id)._document_fault()
        content = file.with_context(bin_size=False).raw
        return file._compute_checksum(content or b"") != file.checksum

    def _told_lost(self):
        """Name the compensations whose document is not even known to Odoo."""
        rows = self._query(
            """
            SELECT comp.name
              FROM troc_compensation comp
         LEFT JOIN ir_attachment file
                ON file.res_model = 'troc.compensation' AND file.res_id = comp.id
               AND file.res_field = 'document'
             WHERE comp.network_id = %(network)s AND file.id IS NULL
               AND comp.document_sha256 IS NOT NULL
            """
        )
        return [
            self.env._("%s: its document was deleted. Restore it.", name)
            for (name,) in rows
        ]
