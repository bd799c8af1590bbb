"""Row locks that wait for whoever holds them (Odoo's own skip what is locked)."""

from psycopg2.errors import LockNotAvailable

from odoo.tools import SQL

# what tells our turns from other advisory locks of the database
TURNS = 0x54524F43


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


def take_turn(env, number, milliseconds):
    """Take the turn `number` until the transaction ends; tell whether it was free.

    Whoever has it is waited for so long, and no longer.
    """
    try:
        with env.cr.savepoint(flush=False):
            env.cr.execute(SQL("SET LOCAL lock_timeout = %s", milliseconds))
            env.cr.execute(
                SQL("SELECT pg_advisory_xact_lock(%s, %s)", TURNS, number),
                log_exceptions=False,
            )
            env.cr.execute("SET LOCAL lock_timeout TO DEFAULT")
    except LockNotAvailable:
        return False
    return True
