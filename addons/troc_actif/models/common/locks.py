"""Row locks that wait for whoever holds them (Odoo's own skip what is locked)."""

from odoo.tools import SQL


def lock_rows(env, table, ids):
    """Lock these rows in order of id, waiting for whoever holds them.

    If another transaction changed one meanwhile, PostgreSQL refuses the lock and Odoo
    runs the call again on what it then finds.
    """
    if ids:
        env.flush_all()
        env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE id IN %s ORDER BY id FOR NO KEY UPDATE",
                SQL.identifier(table),
                tuple(ids),
            )
        )
