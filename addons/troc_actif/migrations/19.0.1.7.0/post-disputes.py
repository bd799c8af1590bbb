"""Disputes become records of their own: one of each compensation that had one."""

from odoo.tools import SQL, sql

# columns of a compensation until then; those of before 19.0.1.3.0 had the reason alone
REASON = "dispute_reason"
LATER = (
    "disputed_by_id",
    "disputed_on",
    "dispute_resolution",
    "lifted_by_id",
    "lifted_on",
)


def migrate(cr, version):
    """Carry the last dispute of each compensation over, then drop its columns."""
    there = sql.table_columns(cr, "troc_compensation")
    if REASON not in there:
        return
    carry_over(cr, {name for name in LATER if name in there})
    for name in (REASON, *LATER):
        if name in there:
            cr.execute(
                SQL("ALTER TABLE troc_compensation DROP COLUMN %s", identifier(name))
            )


def carry_over(cr, there):
    """Make the disputes; what was not recorded then (`there`) stays unknown."""
    by, on, resolution, settled_by, settled_on = (
        identifier(name) if name in there else SQL("NULL") for name in LATER
    )
    cr.execute(
        SQL(
            """
            INSERT INTO troc_dispute (compensation_id, reason, disputed_by_id,
                disputed_on, resolution, settled_by_id, settled_on,
                create_uid, create_date, write_uid, write_date)
            SELECT id, COALESCE(%(reason)s, '-'), %(by)s, %(on)s, %(resolution)s,
                %(settled_by)s,
                -- an open one is what the compensation says it is
                CASE WHEN NOT COALESCE(is_disputed, false)
                    THEN COALESCE(%(settled_on)s, write_date) END,
                create_uid, create_date, write_uid, write_date
              FROM troc_compensation
             WHERE is_disputed OR %(reason)s IS NOT NULL
             ORDER BY id
            """,
            reason=identifier(REASON),
            by=by,
            on=on,
            resolution=resolution,
            settled_by=settled_by,
            settled_on=settled_on,
        )
    )


def identifier(name):
    return SQL.identifier(name)
