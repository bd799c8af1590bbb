"""Thousands of copies of a record that Odoo itself has made, by one INSERT."""

from odoo.tools import SQL


def copies(record, source, **columns):
    """Copy the row of `record` once for each row of `source`; return the id before.

    `source`: a SELECT with a column n, from 1 on; the copy of row n has the id
    before + n.  `columns`: SQL of the values that differ, where s is a row of the
    source, s.new_id that id, and t the row copied.  The others stay as Odoo wrote them.
    """
    record.env.flush_all()
    env, table = record.env, SQL.identifier(record._table)
    ((before,),) = env.execute_query(SQL("SELECT max(id) FROM %s", table))
    columns = {"id": SQL("s.new_id"), **columns}
    names = _columns(env, record._table)
    values = [columns.get(name, SQL.identifier("t", name)) for name in names]
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s t,"
            " (SELECT x.*, %s + x.n AS new_id FROM (%s) x) s WHERE t.id = %s",
            table,
            SQL(", ").join(map(SQL.identifier, names)),
            SQL(", ").join(values),
            table,
            before,
            source,
            record.id,
        )
    )
    _go_on_from_here(env, record._table)
    return before


def _columns(env, table):
    rows = env.execute_query(
        SQL(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND is_generated = 'NEVER'",
            table,
        )
    )
    return [name for (name,) in rows]


def _go_on_from_here(env, table):
    """Let the next record that Odoo makes have a free id."""
    env.cr.execute(
        SQL(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM %s",
            table,
            SQL.identifier(table),
        )
    )
    env.invalidate_all()
