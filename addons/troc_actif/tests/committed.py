"""A network in committed data, for tests with several real cursors.

All that the tests commit is deleted at the end, whether they pass or not: every row of
every table whose id is above the highest one before.
"""

# pylint: disable=invalid-commit
# The point of these tests is what several committed transactions do to each other.

import threading

from psycopg2 import IntegrityError

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests.common import BaseCase, get_db_name
from odoo.tools import SQL, mute_logger

from . import prepared
from .common import Network

# links that go both ways: untied before the rows are deleted
CIRCLES = (
    ("res_company", "troc_journal_id", "account_journal"),
    ("res_company", "troc_account_id", "account_account"),
    ("troc_network", "register_journal_id", "account_journal"),
    ("troc_network", "register_account_id", "account_account"),
    ("troc_compensation", "register_move_id", "account_move"),
    ("troc_compensation", "seller_payment_id", "account_payment"),
    ("troc_compensation", "buyer_payment_id", "account_payment"),
    ("account_payment", "troc_compensation_id", "troc_compensation"),
    ("account_move", "troc_compensation_id", "troc_compensation"),
    ("account_move", "troc_due_by_id", "troc_compensation"),
    ("account_move", "origin_payment_id", "account_payment"),
    ("troc_transfer", "register_move_id", "account_move"),
    ("troc_member", "void_transfer_id", "troc_transfer"),
    ("troc_network", "own_member_id", "troc_member"),
)


class CommittedCase(Network, BaseCase):
    """Tests of this class open cursors of their own with `session`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        found = cls.ready_made and cls.ready_made.marks
        cls.marks = found or prepared.highest_ids(cls.registry)
        cls.addClassCleanup(cls._clean)
        with cls.registry.cursor() as cr, prepared.quick_passwords():
            cls.env = Environment(cr, SUPERUSER_ID, {})
            cls.make_network()
        cls.env = None

    def setUp(self):
        """Give the helpers of the case a committed view of the data."""
        super().setUp()
        self._open()
        self.addCleanup(self._close)

    def _open(self):
        self.cr = self.registry.cursor()
        self.env = Environment(
            self.cr, SUPERUSER_ID, {"allowed_company_ids": self.operator.ids}
        )
        for name, value in vars(type(self)).items():
            if hasattr(value, "with_env"):
                setattr(self, name, value.with_env(self.env))

    def _close(self):
        self.cr.close()
        self.env = None

    def commit(self):
        """Commit what the helpers did; look at the data anew afterwards."""
        self.env.cr.commit()
        self.env.invalidate_all()

    def session(self, user, records):
        """Return (cursor, records as `user`) in a transaction of its own."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        env = Environment(cr, user.id, {"allowed_company_ids": user.company_ids.ids})
        return cr, records.with_env(env)

    def in_thread(self, user, records, method, *args):
        """Call a method in a thread as a request would: retried, then committed."""
        return Call(self, user, records, method, args)

    @classmethod
    def _clean(cls):
        with cls.registry.cursor() as cr, mute_logger("odoo.sql_db"):
            for table, column, target in cls._circles(cr):
                field = SQL.identifier(column)
                cr.execute(
                    SQL(
                        "UPDATE %s SET %s = NULL WHERE %s > %s",
                        SQL.identifier(table),
                        field,
                        field,
                        cls.marks[target],
                    )
                )
            left = dict(cls.marks)
            while left:
                kept = {table: cls._delete(cr, table) for table in left}
                if all(kept.values()):
                    raise AssertionError(f"not cleaned up: {kept}")
                left = {table: left[table] for table, why in kept.items() if why}
        cls.registry.clear_all_caches()
        prepared.forget()

    @classmethod
    def _circles(cls, cr):
        """Return the links that the installed addons make."""
        cr.execute("SELECT table_name, column_name FROM information_schema.columns")
        there = set(cr.fetchall())
        return [circle for circle in CIRCLES if circle[:2] in there]

    @classmethod
    def _delete(cls, cr, table):
        """Delete what the tests made in a table; return why that cannot be."""
        query = SQL(
            "DELETE FROM %s WHERE id > %s", SQL.identifier(table), cls.marks[table]
        )
        try:
            with cr.savepoint(flush=False):
                cr.execute(query)
        except IntegrityError as error:
            return str(error)
        return ""


class Call(threading.Thread):
    """One call of a user in a thread with a cursor of its own.

    `attempts` counts how often it ran, `conflicts` what PostgreSQL refused; `result` or
    `error` is what the user sees.
    """

    def __init__(self, case, user, records, method, args):
        super().__init__(daemon=True)
        self.cr, self.records = case.session(user, records)
        self.cr.execute("SELECT pg_backend_pid()")
        self.pid = self.cr.fetchone()[0]
        self.cr.rollback()
        self.method, self.args = method, args
        self.attempts, self.conflicts, self.error = 0, [], None
        self.result = None
        self.start()

    def run(self):
        try:
            with mute_logger("odoo.sql_db", "odoo.service.model"):
                self.result = retrying(self._once, self.records.env)
            self.cr.commit()
        except Exception as error:
            self.error = error
            self.cr.rollback()

    def _once(self):
        self.attempts += 1
        try:
            return getattr(self.records, self.method)(*self.args)
        except Exception as error:
            self.conflicts.append(type(error).__name__)
            raise

    def wait_for_lock(self, cr, seconds=20):
        """Return once the thread waits for a lock that another transaction holds."""
        for _tick in range(seconds * 20):
            cr.execute(
                "SELECT 1 FROM pg_stat_activity"
                " WHERE pid = %s AND wait_event_type = 'Lock'",
                [self.pid],
            )
            if cr.fetchone():
                return
            if not self.is_alive():
                raise AssertionError(f"did not wait: {self.error}")
            self.join(0.05)
        raise AssertionError("never waited for a lock")

    def finish(self, seconds=60):
        """Wait for the end; return self."""
        self.join(seconds)
        assert not self.is_alive(), "the call hangs"
        return self
