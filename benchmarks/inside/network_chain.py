"""The chain of hashes of a register that was made by SQL."""

import json
from hashlib import sha256

from psycopg2.extras import execute_values

from odoo.tools import SQL

VERSION = "$4$"


def make_chain(journal):
    """Write the hashes that Odoo's `_calculate_hashes` would make of the entries.

    Of those that have none yet; the verification, which asks Odoo itself, says whether
    they are right.
    """
    cr = journal.env.cr
    found, chains = [], _begun(journal)
    for move_id, prefix, *hashed in journal.env.execute_query(_entries(journal)):
        chains[prefix] = _hash(chains.get(prefix, ""), *hashed)
        found.append((move_id, VERSION + chains[prefix]))
    cr.execute(SQL("CREATE TEMP TABLE bench_hash (id int PRIMARY KEY, hash varchar)"))
    execute_values(cr._obj, "INSERT INTO bench_hash VALUES %s", found, page_size=5000)
    cr.execute(
        SQL(
            """UPDATE account_move move SET inalterable_hash = bench_hash.hash
                 FROM bench_hash WHERE bench_hash.id = move.id"""
        )
    )
    journal.env.invalidate_all()


def _begun(journal):
    """Return {prefix: the last hash} of the entries that Odoo itself has secured."""
    moves = journal.env["account.move"].search(
        [("journal_id", "=", journal.id), ("inalterable_hash", "!=", False)],
        order="sequence_number",
    )
    return {m.sequence_prefix: m.inalterable_hash.split("$")[2] for m in moves}


def _entries(journal):
    """Return the query of what is hashed, in the order of the chain."""
    return SQL(
        """
        SELECT move.id, move.sequence_prefix, move.name, move.date::text,
               move.journal_id, move.company_id,
               json_agg(json_build_array(
                   line.id, line.name, line.debit::numeric(16, 2)::text,
                   line.credit::numeric(16, 2)::text, line.account_id, line.partner_id
               ))
          FROM account_move move JOIN account_move_line line ON line.move_id = move.id
         WHERE move.journal_id = %s AND move.inalterable_hash IS NULL
      GROUP BY move.id ORDER BY move.sequence_number
        """,
        journal.id,
    )


def _hash(previous, name, date, journal_id, company_id, lines):
    values = {
        "name": name,
        "date": date,
        "journal_id": str(journal_id),
        "company_id": str(company_id),
    }
    for line_id, *told in lines:
        fields = ("name", "debit", "credit", "account_id", "partner_id")
        for field, value in zip(fields, told, strict=True):
            values[f"line_{line_id}_{field}"] = str(value)
    text = json.dumps(values, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return sha256((previous + text).encode()).hexdigest()
