"""What tests of imports and exports share: files, and imports run to their end."""

import base64
import csv
import io
import zipfile

from odoo.addons.troc_actif.tests.common import TrocCase

HEAD = ("Raison sociale", "SIREN", "Code postal", "Découvert autorisé", "Solde")
ANNA = ("Anna", "732829320", "93100", "300", "150")
BERT = ("Bert", "552100554", "75011", "", "-150")


def csv_of(*rows, head=HEAD, encoding="utf-8"):
    """Return a CSV as a French spreadsheet writes it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([head, *rows])
    return text.getvalue().encode(encoding)


def zip_of(**sheets):
    """Return a ZIP of CSV files: {name without ending: content}."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sheets.items():
            archive.writestr(f"{name}.csv", content)
    return stream.getvalue()


class ImportCase(TrocCase):
    def file(self, content, name="reseau.csv", user=None, **values):
        """Return an import of `content`, as a manager (of the test's network)."""
        imports = self.by(user or self.manager, self.env["troc.import"])
        return imports.create(
            {
                "network_id": self.network.id,
                "file": base64.b64encode(content),
                "filename": name,
                **values,
            }
        )

    def checked(self, content, name="reseau.csv", **values):
        record = self.file(content, name, **values)
        record.action_check()
        return record

    def imported(self, content, name="reseau.csv", **values):
        record = self.checked(content, name, **values)
        self.run_import(record)
        return record

    def run_import(self, record, chunks=50):
        """Do what the scheduled action does, until nothing waits."""
        record.action_run()
        for _chunk in range(chunks):
            if record.state != "running":
                return
            self.env["troc.import"]._cron_import()
        self.fail("the import does not end")

    def rows(self, record, sheet="members"):
        return record.row_ids.filtered(lambda r: r.sheet == sheet).sorted("id")

    def member_of(self, siren, network=None):
        members = self.env["troc.member"].with_context(active_test=False)
        return members.search(
            [
                ("siren", "=", siren),
                ("network_id", "=", (network or self.network).id),
            ]
        )

    def assert_row_refused(self, row, codes, *words, column=None):
        """The row is refused for these reasons, in words that name its line."""
        self.assertEqual(row.status, "refused", row.message)
        self.assertEqual(row.codes, codes, row.message)
        for word in (*words, str(row.number or "")):
            self.assertIn(word, row.message)
        self.assertNotIn("–", row.message, "a fact of the sentence is missing")
        if column:
            self.assertEqual(row.columns, column)
