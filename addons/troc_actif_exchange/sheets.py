"""Spreadsheets: read without running anything, and the template of an import."""

import io
import zipfile

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.imports import files as import_files
from odoo.addons.troc_actif_invoice.lib.actif_rules.imports.columns import (
    LISTINGS,
    MEMBERS,
)
from odoo.addons.troc_actif_invoice.lib.actif_rules.imports.rows import (
    FORMULA,
    MAX_COLUMNS,
    MAX_ROWS,
    Table,
)

BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    OSError,
    SyntaxError,  # what XML parsers raise
    TypeError,
    ValueError,
)
BLANK_ROWS = 200


def tables_of(content):
    """Return the tables of a file of any kind that is taken; raise RuleError."""
    kind = import_files.kind_of(content)
    if kind == "xlsx":
        return tables_of_workbook(content)
    if kind == "zip":
        return import_files.tables_of_zip(content)
    return [import_files.table_of_csv(content)]


def tables_of_workbook(content):
    """Return the tables of an XLSX; no formula is computed, no link followed."""
    import_files.check_workbook(content)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=False, keep_links=False
        )
        return [Table(sheet.title, _rows(sheet)) for sheet in book.worksheets]
    except BROKEN as error:
        raise RuleError("import_damaged") from error


def _rows(sheet):
    sheet.reset_dimensions()  # what the file says of its size is not to be trusted
    rows, blank = [], 0
    for cells in sheet.iter_rows(max_col=MAX_COLUMNS):
        row = [_value(cell) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        blank = 0 if row else blank + 1
        if blank > BLANK_ROWS:
            break
        rows.append(row)
        if len(rows) > MAX_ROWS + BLANK_ROWS + 10:
            raise RuleError("import_rows", value=MAX_ROWS)
    return rows


def _value(cell):
    if cell.data_type == "f":
        return FORMULA
    value = cell.value
    if isinstance(value, str):
        return value[: import_files.MAX_CELL]
    return value


def template():
    """Return the XLSX that people fill in: a sheet a kind, an example row, notes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": "Modèle d'import Troc Actif", "created": None})
    styles = {
        "head": book.add_format({"bold": True, "bg_color": "#E7DFE5", "border": 1}),
        "need": book.add_format({"bold": True, "bg_color": "#C9B3C3", "border": 1}),
        "text": book.add_format({"num_format": "@"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    for sheet in (MEMBERS, LISTINGS):
        _write_sheet(book.add_worksheet(sheet.title), sheet, styles)
    _write_notes(book.add_worksheet("notes"), styles)
    book.close()
    return stream.getvalue()


def _write_sheet(page, sheet, styles):
    page.freeze_panes(1, 0)
    for index, column in enumerate(sheet.columns):
        style = styles["need" if column.required else "head"]
        # as text: a SIREN or a postal code keeps its first zero
        page.set_column(index, index, max(len(column.header) + 3, 14), styles["text"])
        page.write_string(0, index, column.header, style)
        if column.example:
            page.write_string(1, index, column.example, styles["text"])


NOTES = (
    "Une ligne par membre, une ligne par annonce. La ligne d'exemple est à effacer.",
    "Les colonnes foncées sont obligatoires ; les autres peuvent rester vides ou être "
    "retirées. Leur ordre est libre.",
    "Les en-têtes français et les noms techniques sont compris tous les deux.",
    "Montants : « 1 234,56 » ou « 1234.56 », deux décimales au plus. Dates : "
    "JJ/MM/AAAA ou AAAA-MM-JJ. Les formules ne sont pas calculées : collez leurs "
    "valeurs.",
    "La somme des soldes d'ouverture doit faire zéro : les soldes sont repris tous "
    "ensemble ou pas du tout.",
    "Un membre est reconnu à son SIREN : importer deux fois le même fichier ne change "
    "rien, et chaque valeur modifiée est dite.",
)


def _write_notes(page, styles):
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 24)
    page.set_column(2, 2, 90, styles["wrap"])
    row = 0
    for note in NOTES:
        page.merge_range(row, 0, row, 2, note, styles["wrap"])
        page.set_row(row, 32)
        row += 1
    for sheet in (MEMBERS, LISTINGS):
        row += 1
        for index, title in enumerate((sheet.title, "nom technique", "à savoir")):
            page.write_string(row, index, title, styles["head"])
        for column in sheet.columns:
            row += 1
            need = "Obligatoire. " if column.required else ""
            page.write_string(row, 0, column.header)
            page.write_string(row, 1, column.name)
            page.write_string(row, 2, need + column.note, styles["wrap"])
        row += 1
