"""A row of an import: what it holds, and what became of it."""

import logging

from psycopg2 import Error, OperationalError

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.imports.columns import BY_NAME
from odoo.addons.troc_actif_invoice.seal import sealed

from .import_outcome import Outcome
from .troc_import_balance import TrocImportRowBalance
from .troc_import_contact import TrocImportRowContact
from .troc_import_listing import TrocImportRowListing
from .troc_import_member import TrocImportRowMember

_logger = logging.getLogger(__name__)

STATUSES = [
    ("refused", "Refused"),
    ("warning", "To look at"),
    ("waiting", "Waiting"),
    ("ok", "All right"),
]
RESULTS = [
    ("created", "Created"),
    ("updated", "Changed"),
    ("unchanged", "As before"),
    ("posted", "Posted"),
]
SHEETS = [
    ("file", "File"),
    ("categories", "Categories"),
    ("members", "Members"),
    ("listings", "Listings"),
    ("balances", "Opening balances"),
]
KEPT = ("status", "result", "codes", "columns", "message", "rank")


class TrocImportRow(
    TrocImportRowBalance,
    TrocImportRowContact,
    TrocImportRowListing,
    TrocImportRowMember,
    models.Model,
):
    _name = "troc.import.row"
    _description = "Row of an import"
    _order = "rank, id"
    _rec_name = "what"

    import_id = fields.Many2one(
        "troc.import", required=True, ondelete="cascade", index=True
    )
    sheet = fields.Selection(SHEETS, required=True, readonly=True)
    number = fields.Integer("Line no.", readonly=True, aggregator=None)
    what = fields.Char(readonly=True)
    status = fields.Selection(STATUSES, required=True, default="waiting", readonly=True)
    result = fields.Selection(RESULTS, readonly=True)
    columns = fields.Char(readonly=True, help="Where it is wrong.")
    codes = fields.Char(readonly=True, help="Why it is refused, for programs.")
    message = fields.Text(readonly=True)
    rank = fields.Integer(readonly=True, aggregator=None, help="Refused rows first.")
    # the cells as read; what was wrong with them already
    values = fields.Json(readonly=True)
    is_unreadable = fields.Boolean(readonly=True)
    holds_balance = fields.Boolean(readonly=True)
    member_id = fields.Many2one("troc.member", readonly=True, ondelete="set null")
    listing_id = fields.Many2one("troc.listing", readonly=True, ondelete="set null")

    # -- from the file ----------------------------------------------------------------

    def _prepare_row(self, record, row):
        """Return the values of a row as the rules read it."""
        named = self._named(row.sheet, row.number, row.what)
        refusals = [exceptions.explain(self.env, e, named) for e in row.problems]
        return {
            "import_id": record.id,
            "sheet": row.sheet,
            "number": row.number,
            "what": row.what,
            "values": row.values,
            "holds_balance": row.holds_balance,
            "is_unreadable": bool(refusals),
            **self._verdict("refused" if refusals else "waiting", False, refusals),
            "codes": " ".join(problem.code for problem in row.problems),
            "columns": row.columns,
        }

    def _prepare_note(self, record, error, name):
        return {
            "import_id": record.id,
            "sheet": "file",
            "what": name,
            "is_unreadable": True,
            **self._verdict(
                "warning", False, [exceptions.explain(self.env, error, name)]
            ),
        }

    def _prepare_balances(self, record):
        return {
            "import_id": record.id,
            "sheet": "balances",
            "what": self.env._("All of them together"),
            **self._verdict("waiting", False, []),
        }

    def _verdict(self, status, result, sentences):
        ranks = [key for key, _label in STATUSES]
        return {
            "status": status,
            "result": result,
            "codes": False,
            "columns": False,
            "message": "\n".join(sentences),
            "rank": ranks.index(status),
        }

    def _named(self, sheet, number, what):
        title = dict(self._fields["sheet"]._description_selection(self.env))[sheet]
        if not number:
            return title
        facts = {"sheet": title, "number": number, "what": what or "–"}
        if not what:
            return self.env._("%(sheet)s, line %(number)s", **facts)
        return self.env._("%(sheet)s, line %(number)s (%(what)s)", **facts)

    def _reset(self):
        """Let these wait again; what cannot be read stays refused."""
        readable = sealed(self).filtered(lambda row: not row.is_unreadable)
        readable.write(
            {**self._verdict("waiting", False, []), "member_id": False}
            | {"listing_id": False}
        )

    def _report(self):
        """Return what became of each, to be kept when all else is undone."""
        return [(row.id, {name: row[name] for name in KEPT}) for row in self]

    def _keep_report(self, report):
        for row_id, values in report:
            sealed(self.browse(row_id)).write(values)

    # -- into the network ------------------------------------------------------

    def _apply(self, archive=None):
        """Import one row; keep what became of it.  Nothing else stays when refused."""
        self.ensure_one()
        named = self._named(self.sheet, self.number, self.what)
        try:
            with self.env.cr.savepoint():
                outcome = getattr(self, f"_import_{self.sheet}")(archive)
        except RuleError as error:
            self._refuse(error, named)
        except OperationalError:
            raise  # a conflict: the chunk is done again
        except UserError as error:
            self._refuse_act(error, named)
        except Error as error:
            told = self._sql_error_to_message(error)
            self._refuse(RuleError("import_unexpected", error=told), named)
        else:
            status = "warning" if outcome.warnings else "ok"
            self._keep(status, outcome.result, outcome.warnings + outcome.notes)
            self._keep_record(outcome.record)

    def _refuse(self, error, named):
        self._keep("refused", False, [exceptions.explain(self.env, error, named)])
        sealed(self).write(
            {"codes": error.code, "columns": error.facts.get("name", False)}
        )

    def _refuse_act(self, error, named):
        """Refuse for what an act of the network refused, in its own words."""
        told = RuleError("import_unexpected", error=str(error))
        self._refuse(told, named)
        sealed(self).codes = getattr(error.__cause__, "code", told.code)

    def _keep(self, status, result, sentences):
        sealed(self).write(self._verdict(status, result, sentences))

    def _keep_record(self, record):
        links = {"troc.member": "member_id", "troc.listing": "listing_id"}
        if record is not None and record._name in links:
            sealed(self).write({links[record._name]: record.id})

    def _is_dry(self):
        return self.env.context.get("troc_import_dry")

    def _header(self, name):
        """Return what the column of a field is called in the file."""
        columns = {c.name: c.header for c in BY_NAME[self.sheet].columns}
        return columns.get(name, name)

    def _changed(self, name, before, after):
        return self.env._(
            "%(field)s: “%(before)s” becomes “%(after)s”.",
            field=self._header(name),
            before=before or "–",
            after=after or "–",
        )

    def _stays(self, name, before, after):
        return self.env._(
            "%(field)s stays “%(before)s” (the file says “%(after)s”): change it by "
            "hand if it is wrong.",
            field=self._header(name),
            before=before or "–",
            after=after or "–",
        )

    def _picture_names(self):
        names = ((self.values or {}).get("pictures") or "").split("|")
        return [name.strip() for name in names if name.strip()]

    def _import_categories(self, _archive):
        """A category of this network, where none of this name is there."""
        if self._category(self.values["name"]):
            return Outcome("unchanged")
        self.env["troc.category"].create(
            {"name": self.values["name"], "network_id": self.import_id.network_id.id}
        )
        return Outcome("created")

    def _category(self, name):
        """Return the category that is called so in one of our languages."""
        own = [("network_id", "in", (False, self.import_id.network_id.id))]
        for lang in dict.fromkeys((self.env.lang, "fr_FR", "en_US")):
            found = (
                self.env["troc.category"]
                .with_context(lang=lang)
                .search([*own, ("name", "=ilike", self._escaped(name))], limit=1)
            )
            if found:
                return found.with_env(self.env)
        return self.env["troc.category"]

    def _escaped(self, text):
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
