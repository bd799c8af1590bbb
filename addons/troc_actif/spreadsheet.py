"""Spreadsheets for accountants: numbers are numbers, dates are dates, text is text."""

import io

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

WIDTHS = {"text": 32, "short": 14, "date": 12, "money": 15}


def workbook(title, facts, columns, rows, sums=()):
    """Return the bytes of an XLSX file with one sheet.

    `facts` are (label, value) lines above the table, `columns` are (label, kind) with a
    kind of WIDTHS, `rows` the values in that order; an empty value leaves its cell
    empty.  `sums` are the places of the columns that a last line sums up, by formulas.
    No text is ever run as a formula.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False}
    )
    sheet = _Sheet(book, title)
    sheet.fill(facts, columns, rows)
    sheet.sum_up(len(facts) + 3, rows, sums)
    book.close()
    return buffer.getvalue()


class _Sheet:
    def __init__(self, book, title):
        self.title = title
        self.sheet = book.add_worksheet(title[:31])
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.formats = {
            "money": book.add_format({"num_format": "#,##0.00"}),
            "sum": book.add_format({"num_format": "#,##0.00", "bold": True}),
            "date": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        }

    def fill(self, facts, columns, rows):
        self.sheet.write_string(0, 0, self.title, self.bold)
        for number, (label, value) in enumerate(facts, 1):
            self.sheet.write_string(number, 0, label)
            self._write(number, 1, value)
        first = len(facts) + 2
        for place, (label, kind) in enumerate(columns):
            self.sheet.set_column(place, place, WIDTHS[kind])
            self.sheet.write_string(first, place, label, self.head)
        for number, row in enumerate(rows, first + 1):
            for place, value in enumerate(row):
                self._write(number, place, value)
        self.sheet.freeze_panes(first + 1, 0)
        if rows:
            self.sheet.autofilter(first, 0, first + len(rows), len(columns) - 1)

    def sum_up(self, first, rows, places):
        """Sum up what stands in these columns, from the row `first` on."""
        last = first + len(rows)
        for place in places if rows else ():
            letter = xl_col_to_name(place)
            formula = f"=ROUND(SUM({letter}{first + 1}:{letter}{last}),2)"
            # with its result, for readers that do not calculate
            total = round(sum(row[place] or 0 for row in rows), 2)
            self.sheet.write_formula(last, place, formula, self.formats["sum"], total)

    def _write(self, row, column, value):
        if hasattr(value, "isoformat"):
            self.sheet.write_datetime(row, column, value, self.formats["date"])
        elif isinstance(value, float):
            self.sheet.write_number(row, column, value, self.formats["money"])
        elif value not in (None, False, ""):
            self.sheet.write_string(row, column, str(value))
