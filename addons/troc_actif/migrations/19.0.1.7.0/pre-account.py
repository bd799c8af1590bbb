"""The account of a member becomes a record of its own, with what the member's held."""

# column: its type; those that the version before did not have yet are made by Odoo
MOVED = {
    "balance": "numeric",
    "reserved_amount": "numeric",
    "credit_limit": "numeric",
    "balance_limit": "numeric",
    "credit_override": "numeric",
    "balance_override": "numeric",
    "override_by_id": "integer",
    "override_on": "timestamp",
    "override_reason": "varchar",
    "temporary_credit": "numeric",
    "temporary_ceiling": "numeric",
    "temporary_until": "date",
    "temporary_by_id": "integer",
    "near_credit_since": "date",
    "near_ceiling_since": "date",
    "positive_since": "date",
    "dormant_since": "date",
}
# what the checks compare: none may be NULL
CHECKED = ("balance", "reserved_amount", "credit_limit", "balance_limit")
CHECKED = (*CHECKED, "credit_override", "balance_override")
# their methods are the account's now; a network may have changed when they run
CRONS = ("cron_end_temporary_limits", "cron_grow_limits", "cron_warn")
CRONS = (*CRONS, "cron_find_dormant")


def migrate(cr, version):
    """Give each member an account of the same id; take its figures off the member."""
    cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema AND table_name = 'troc_member'"
    )
    there = {name for (name,) in cr.fetchall()}
    names = [name for name in MOVED if name in there]
    columns = ", ".join(names)
    typed = ", ".join(f"{name} {MOVED[name]}" for name in names)
    log = "create_uid, create_date, write_uid, write_date"
    # every name stands in the table above
    cr.execute(
        "CREATE TABLE troc_account (id SERIAL PRIMARY KEY, create_uid integer,"
        f" create_date timestamp, write_uid integer, write_date timestamp, {typed})"
    )
    values = ", ".join(
        f"COALESCE({name}, 0)" if name in CHECKED else name for name in names
    )
    cr.execute(
        f"INSERT INTO troc_account (id, {log}, {columns})"
        f" SELECT id, {log}, {values} FROM troc_member"
    )
    cr.execute(
        "SELECT setval('troc_account_id_seq', GREATEST(1, MAX(id))) FROM troc_account"
    )
    cr.execute("ALTER TABLE troc_member ADD COLUMN account_id integer")
    cr.execute("UPDATE troc_member SET account_id = id")
    # with them go the checks and the indexes that they were in
    dropped = ", ".join(f"DROP COLUMN {name} CASCADE" for name in names)
    cr.execute(f"ALTER TABLE troc_member {dropped}")
    _move_crons(cr)


def _move_crons(cr):
    cr.execute(
        """
        SELECT cron.ir_actions_server_id FROM ir_cron cron
          JOIN ir_model_data data ON data.res_id = cron.id AND data.model = 'ir.cron'
         WHERE data.module = 'troc_actif' AND data.name IN %s
        """,
        [CRONS],
    )
    actions = tuple(action for (action,) in cr.fetchall())
    if not actions:
        return
    cr.execute(
        """
        INSERT INTO ir_model (model, name, state, "order")
        SELECT 'troc.account', '{"en_US": "Account of Actifs"}', 'base', 'id'
         WHERE NOT EXISTS (SELECT FROM ir_model WHERE model = 'troc.account')
        """
    )
    cr.execute(
        """
        UPDATE ir_act_server SET model_id = ir_model.id
          FROM ir_model
         WHERE ir_model.model = 'troc.account' AND ir_act_server.id IN %s
        """,
        [actions],
    )
