"""Every mail and report of ours renders on any record, as Odoo does by itself.

When a template is made, which an update does for each new one, Odoo renders it on the
first record that it finds: a draft perhaps, or one that an older version has left
without what later versions write.
"""

import psycopg2.errors

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif_invoice.seal import sealed

PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kg"
    "AAAABJRU5ErkJggg=="
)
OURS = "troc_actif%"


@tagged("post_install", "-at_install")
class TestSamples(TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(user=cls.env.ref("base.user_root"), context={}, su=True)
        cls.known = {
            "troc.network": cls.network,
            "troc.member": cls.portal,
            "troc.territory": cls.env.ref("troc_actif.territory_paris"),
            "res.users": cls.portal_user,
            "res.partner": cls.portal.partner_id,
            "res.company": cls.operator,
            "res.currency": cls.env.ref("base.EUR"),
        }
        # by the name of a field: nobody trades with himself, a search is kept as it was
        cls.given = {
            "buyer_id": cls.portal2.id,
            "taker_id": cls.portal2.id,
            "filters": {"words": "toiture"},
        }

    def test_mails(self):
        templates = self.ours("mail.template")
        self.assertGreater(len(templates), 25)
        for template in templates:
            for told, record in self.samples(template.model):
                for name in sorted(template._get_dynamic_field_names()):
                    with self.subTest(template.name, of=told, field=name):
                        template._render_field(name, record.ids)

    def test_reports(self):
        reports = self.ours("ir.actions.report")
        self.assertGreater(len(reports), 6)
        for report in reports:
            for told, record in self.samples(report.model):
                with self.subTest(report.name, of=told):
                    report._render_qweb_html(report.id, record.ids)

    def test_all_that_is_worked_out(self):
        for model in self.env.values():
            if model._name.startswith("troc.") and model._auto and not model._abstract:
                for told, record in self.samples(model._name):
                    with self.subTest(model._name, of=told):
                        record.read()

    # -- what they are rendered on ----------------------------------------------------

    def ours(self, model):
        """Return the records of a model that came with our addons."""
        domain = [("module", "=like", OURS), ("model", "=", model)]
        found = self.env["ir.model.data"].search(domain)
        return self.env[model].browse(found.mapped("res_id"))

    def samples(self, model):
        """Yield (words, record): one in each state, once as made, once emptied.

        Nothing of it stays.
        """
        with self.env.cr.savepoint() as savepoint:
            record = self.record_of(model)
            yield "made", record
            for state in self.states(model):
                if state and self.is_put(record, {"state": state}):
                    yield state, record
                empty = dict.fromkeys(self.may_be_null(record))
                if empty and self.is_put(record, empty):
                    yield f"{state} emptied", record
            savepoint.rollback()
            self.env.invalidate_all(flush=False)

    def states(self, model):
        state = self.env[model]._fields.get("state")
        own = state and state.store and state.type == "selection"
        return state.get_values(self.env) if own else [None]

    def record_of(self, model):
        """Return a record with only what is required; the network's own as they are."""
        if model in self.known:
            return self.known[model].with_env(self.env)
        records = sealed(self.env[model])
        required = [
            field
            for field in records._fields.values()
            if field.required and field.store and not field.related
        ]
        given = records.default_get([field.name for field in required]) | self.given
        values = {f.name: self.value_of(f) for f in required if f.name not in given}
        values |= {f.name: given[f.name] for f in required if f.name in given}
        return records.create(values).with_env(self.env)

    def value_of(self, field):
        if field.type in ("many2one", "many2many"):
            found = self.record_of(field.comodel_name)
            return found.id if field.type == "many2one" else [(6, 0, found.ids)]
        if field.type == "selection":
            return field.get_values(self.env)[-1]
        if field.type in ("date", "datetime"):
            return fields.Date.today()
        if field.type == "binary":
            return PICTURE
        return 1 if field.type in ("integer", "float", "monetary") else "Mots"

    def may_be_null(self, record):
        """Return our columns that may be empty, but those that a record lives by."""
        if not record._name.startswith("troc."):
            return []
        rows = self.env.execute_query(
            SQL(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s AND is_nullable = 'YES'"
                " AND is_generated = 'NEVER'",
                record._table,
            )
        )
        return [name for (name,) in rows if name not in ("state", "active")]

    def is_put(self, record, values):
        """Write past all rules, as an older version may have done.

        Tell whether the database allows it: what it does not, no version has left.
        """
        columns = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), value)
            for name, value in values.items()
        )
        query = SQL(
            "UPDATE %s SET %s WHERE id = %s",
            SQL.identifier(record._table),
            columns,
            record.id,
        )
        self.env.flush_all()
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(query)
        except psycopg2.errors.CheckViolation:
            return False
        self.env.invalidate_all()
        return True
