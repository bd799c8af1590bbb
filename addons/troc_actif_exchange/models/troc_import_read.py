"""From the file of an import to its rows."""

import base64

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.imports import rows as import_rows
from odoo.addons.troc_actif_invoice.seal import sealed

from .. import sheets

ORDER = ("categories", "members", "listings", "balances")


class TrocImportRead:
    """A part of TrocImport, where its fields stand."""

    __slots__ = ()

    def _compute_template(self):
        for record in self:
            record.template = base64.b64encode(sheets.template())

    def _content(self):
        return base64.b64decode(self.file or b"")

    def _read_file(self):
        """Keep every row of the file, with what is wrong in itself."""
        name = self.filename or self.env._("The file")
        if not self.file:
            exceptions.refuse(self.env, RuleError("import_no_file"), name)
        try:
            reading = import_rows.read(sheets.tables_of(self._content()))
        except RuleError as error:
            exceptions.refuse(self.env, error, name)
        own = sealed(self)
        own.row_ids.unlink()
        rows = own.env["troc.import.row"]
        values = [rows._prepare_note(self, error, name) for error in reading.warnings]
        read = sorted(reading.rows, key=lambda row: ORDER.index(row.sheet))
        values += [rows._prepare_row(self, row) for row in read]
        if any(row.holds_balance for row in read):
            values.append(rows._prepare_balances(self))
        rows.create(values)
