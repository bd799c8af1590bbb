"""The network of the tests, committed once in a database that is dropped at the end.

Making it takes about two seconds, and nearly every class wants it.  A database that
may keep what a test commits is one that `./scripts/test` made and names in
TROC_SCRATCH_DATABASE; in any other, each class makes its network in a transaction.
"""

import os
from unittest.mock import patch

from passlib.context import CryptContext

from odoo import SUPERUSER_ID, models
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name
from odoo.tools import SQL

_prepared = {}


class Prepared:
    """A network that is committed: `records` are {name: (model, ids)}.

    `companies` alike; `marks` are the highest ids before it was made, {table: id}.
    """

    __slots__ = ("companies", "marks", "records")

    def __init__(self, registry, network):
        self.marks = highest_ids(registry)
        with registry.cursor() as cr, quick_passwords():
            made = type("Made", (network,), {"env": Environment(cr, SUPERUSER_ID, {})})
            made.create_network()
            self.companies = _named(made.companies)
            self.records = _named(vars(made))
        registry.clear_all_caches()

    def give(self, case):
        """Let a class of tests have the records, in its own environment."""
        case.companies = _found(self.companies, case.env)
        operator = case.companies["operator"]
        context = {**case.env.context, "allowed_company_ids": operator.ids}
        case.env = case.env(context=context)
        case.companies = _found(self.companies, case.env)
        for name, records in _found(self.records, case.env).items():
            setattr(case, name, records)


def ensure(network):
    """Return what is prepared in this database, made if need be, or None."""
    name = get_db_name()
    if os.environ.get("TROC_SCRATCH_DATABASE") != name:
        return None
    if name not in _prepared:
        _prepared[name] = Prepared(Registry(name), network)
    return _prepared[name]


def forget():
    """Let the next class make it anew: the rows of this one were deleted."""
    _prepared.pop(get_db_name(), None)


def highest_ids(registry):
    """Return {table: highest id} of every table of the database that has ids."""
    with registry.cursor() as cr:
        return {table: _highest_id(cr, table) for table in _tables(cr)}


def quick_passwords():
    """Hash passwords in one round, as Odoo's own tests do."""
    context = CryptContext(["pbkdf2_sha512", "plaintext"], pbkdf2_sha512__rounds=1)
    users = "odoo.addons.base.models.res_users.ResUsersPatchedInTest"
    return patch(f"{users}._crypt_context", lambda self: context)


def _named(values):
    return {
        name: (records._name, records.ids)
        for name, records in values.items()
        if isinstance(records, models.BaseModel)
    }


def _found(named, env):
    return {name: env[model].browse(ids) for name, (model, ids) in named.items()}


def _tables(cr):
    cr.execute(
        """SELECT c.table_name FROM information_schema.columns c
             JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = 'public' AND c.column_name = 'id'
              AND t.table_type = 'BASE TABLE' AND c.data_type = 'integer'"""
    )
    return [name for (name,) in cr.fetchall()]


def _highest_id(cr, table):
    cr.execute(SQL("SELECT COALESCE(MAX(id), 0) FROM %s", SQL.identifier(table)))
    return cr.fetchone()[0]
