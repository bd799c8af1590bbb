"""Whatever a call brings, it ends in a sentence: no public method trips over it.

The tables of `test_portal_rpc.py` give each method what it takes; here one value after
another is of a wrong type, too big, or nothing that can be stored.
"""

import inspect
import traceback
from contextlib import contextmanager

from psycopg2 import IntegrityError
from test_each_once import OURS
from test_portal_rpc import GIVEN, Models

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

MAGIC = ("id", "create_uid", "create_date", "write_uid", "write_date")
WRONG = (
    None,
    True,
    -1,
    2**31,
    2**63,
    10**400,
    1.5,
    1e300,
    float("nan"),
    float("inf"),
    "",
    "x",
    "\0",
    "\ud800",
    "9" * 5000,
    "2026-02-30",
    b"\xff\0",
    [],
    [None],
    [[]],
    ["\0"],
    [2**31],
    [{"\0": 1}],
    [["x", "y"]],
    {},
    {"x": {}},
    {"\ud800": "\ud800"},
)
WRONG_IDS = (None, True, "x", "\0", -1, 2**31, 1.5, [], [1], {}, float("nan"))


@tagged("post_install", "-at_install")
class TestTyped(Models):
    def setUp(self):
        super().setUp()
        self.accidents = {}
        self.people = (self.portal_user, self.animator, self.seller_accountant)

    @contextmanager
    def taken_back(self, what):
        """Take back what a call did; note it where it ended in an accident."""
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db", "odoo.models"):
                yield
                self.env.flush_all()
                raise UserError("taken back")
        except (UserError, IntegrityError):
            pass  # a sentence: Odoo makes one of what the database's rules refuse
        except Exception as error:
            kind = (*what[:2], type(error).__name__, str(error)[:60])
            where = traceback.extract_tb(error.__traceback__)[-1]
            self.accidents.setdefault(kind, (what, where))
        self.env.invalidate_all(flush=False)

    def call(self, user, model, method, args):
        with self.taken_back((model, method, *(str(a)[:30] for a in args), user.login)):
            env = self.env(user=user, su=user == self.env.ref("base.user_root"))
            call_kw(env[model], method, args, {})

    def methods(self):
        """Yield (model, name, function) of each public method that is ours alone."""
        for model, records in self.records.items():
            for name, function in inspect.getmembers(type(records), inspect.isfunction):
                homes = [vars(c)[name] for c in type(records).mro() if name in vars(c)]
                homes = [getattr(home, "__module__", OURS) for home in homes]
                ours = all(home.startswith(OURS) for home in homes)
                if ours and self.is_public(name, function):
                    yield model, name, function

    def calls(self, model, function):
        """Yield arguments, one of them wrong."""
        parameters = list(inspect.signature(function).parameters.values())[1:]
        given = [GIVEN.get(p.name, p.default) for p in parameters]
        no_ids = getattr(function, "_api_model", False)
        ids = [] if no_ids else [self.records[model][:1].ids]
        for place in range(len(given)):
            for wrong in WRONG:
                yield [*ids, *given[:place], wrong, *given[place + 1 :]]
        if not no_ids:
            for wrong in WRONG_IDS:
                yield [[wrong], *given]

    def assert_no_accident(self):
        told = [f"{kind}: {first}" for kind, first in self.accidents.items()]
        self.assertFalse(told, f"{len(told)} kinds\n" + "\n".join(told))

    def test_public_methods(self):
        found = list(self.methods())
        self.assertGreater(len(found), 130)
        for model, name, function in found:
            for args in self.calls(model, function):
                for user in self.people:
                    self.call(user, model, name, args)
        self.assert_no_accident()

    def test_values_of_records(self):
        """What `create` and `write` of our models are given, field by field.

        As superuser, whom no right stops before; and the values that are none.
        """
        root = self.env.ref("base.user_root")
        for model, records in self.records.items():
            if not records._auto:
                continue  # nobody but the superuser may write to a view
            for values in (*WRONG[:20], ["x"], {"no_such_field": 1}, {"id": "x"}):
                self.call(root, model, "create", [values])
                self.call(root, model, "write", [records[:1].ids, values])
            for name, field in records._fields.items():
                if field.store and not field.compute and name not in MAGIC:
                    for wrong in WRONG:
                        values = {name: wrong}
                        self.call(root, model, "write", [records[:1].ids, values])
                        self.call(root, model, "create", [values])
        self.assert_no_accident()
