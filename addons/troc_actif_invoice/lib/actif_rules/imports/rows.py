"""From the tables of a file to rows that may be imported, each with what is wrong.

Nothing here knows a network: what depends on one is judged where it is imported.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..errors import RuleError
from ..text import clean, fold
from .columns import FOR_READERS, SHEETS
from .sheet import Sheet
from .values import text_of

MAX_ROWS = 20_000
MAX_COLUMNS = 200
HOLD_NOTHING = ("candidate", "left")
FORMULA = object()  # a cell whose value a spreadsheet would compute


@dataclass(frozen=True)
class Table:
    """A sheet as it was in the file: its name, and rows of cells, the header first."""

    name: str
    rows: Sequence[Sequence]


@dataclass(frozen=True)
class Row:
    """A row of a known sheet.  `number` is the line a person sees in his file.

    `values` holds the cells that are filled in and readable; `problems` refuse the row,
    `holds_balance` tells whether a balance was typed, readable or not.
    """

    sheet: str
    number: int
    values: dict
    problems: tuple = ()
    holds_balance: bool = False

    @property
    def what(self) -> str:
        """What a person calls it."""
        return self.values.get("name") or self.values.get("siren") or ""

    @property
    def columns(self) -> str:
        """The headers of the cells that are wrong, in their order."""
        names = [str(p.facts.get("name", "")) for p in self.problems]
        return ", ".join(dict.fromkeys(name for name in names if name))


@dataclass
class Reading:
    """All that was found in a file; `warnings` are about no single row."""

    rows: list[Row] = field(default_factory=list)
    warnings: list[RuleError] = field(default_factory=list)


def read(tables: Iterable[Table]) -> Reading:
    """The rows of all tables.  Raises `import_rows` and `import_nothing`."""
    reading = Reading()
    for table in tables:
        sheet, header = _sheet_of(table)
        if sheet is None:
            _note_unknown(reading, table)
            continue
        columns, unknown = _columns(sheet, table.rows[header])
        if unknown:
            told = {"name": sheet.title, "found": tuple(unknown)}
            reading.warnings.append(RuleError("import_columns", **told))
        body = enumerate(table.rows[header + 1 :], start=header + 2)
        reading.rows += _rows(sheet, columns, body)
        if len(reading.rows) > MAX_ROWS:
            raise RuleError("import_rows", value=MAX_ROWS)
    if not reading.rows:
        raise RuleError("import_nothing")
    reading.rows = _without_doubles(reading.rows)
    return reading


def _note_unknown(reading, table):
    filled = any(text_of(cell) for row in table.rows for cell in row)
    if filled and fold(table.name) not in FOR_READERS:
        reading.warnings.append(RuleError("import_sheet", name=clean(table.name, 60)))


def _heading(cell) -> str:
    """A header as it is compared: no accents, case, or signs between words."""
    letters = fold(clean(text_of(cell) if cell is not FORMULA else "", 80))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


def _known(sheet: Sheet) -> dict[str, str]:
    known = {}
    for column in sheet.columns:
        for word in (column.name, column.header, *column.aliases):
            known.setdefault(_heading(word), column.name)
    return known


def _sheet_of(table):
    """The sheet a table is, and the index of its header; (None, 0) for neither.

    By the name where it says so, else by the columns that must be there.
    """
    named = [s for s in SHEETS if fold(table.name) in (s.name, s.title)]
    if not named and fold(table.name) in FOR_READERS:
        return None, 0
    for index, cells in enumerate(table.rows[:5]):
        found = {_heading(cell) for cell in cells[:MAX_COLUMNS]}
        for sheet in named or SHEETS[:2]:
            known = _known(sheet)
            names = {known[heading] for heading in found & known.keys()}
            if {c.name for c in sheet.columns if c.required} <= names:
                return sheet, index
    if named:
        needed = tuple(c.header for c in named[0].columns if c.required)
        raise RuleError("import_header", name=clean(table.name, 60), needed=needed)
    return None, 0


def _columns(sheet, header):
    """({index: name of the column}, [headers that are none of ours])."""
    known, columns, unknown = _known(sheet), {}, []
    for index, cell in enumerate(header[:MAX_COLUMNS]):
        heading = _heading(cell)
        name = known.get(heading)
        if name and name not in columns.values():
            columns[index] = name
        elif heading:
            unknown.append(clean(text_of(cell), 40))
    return columns, unknown


def _rows(sheet, columns, body):
    for number, cells in body:
        filled = {
            name: cells[index]
            for index, name in columns.items()
            if index < len(cells) and _is_filled(cells[index])
        }
        if filled:
            yield _row(sheet, number, filled)


def _is_filled(cell):
    return cell is FORMULA or bool(text_of(cell).strip())


def _row(sheet, number, cells):
    values, problems = {}, []
    for column in sheet.columns:
        if column.name not in cells:
            if column.required:
                problems.append(RuleError("import_missing", name=column.header))
            continue
        try:
            if cells[column.name] is FORMULA:
                raise RuleError("import_formula")
            values[column.name] = column.read(cells[column.name])
        except RuleError as error:
            facts = {**error.facts, "name": column.header}
            problems.append(RuleError(error.code, **facts))
    problems += _check_together(values)
    if values.get("own_account"):
        # the network itself: its operator need have no SIREN
        problems = [p for p in problems if p.facts.get("name") != "SIREN"]
    return Row(sheet.name, number, values, tuple(problems), "opening_balance" in cells)


def _check_together(values):
    """What is wrong with cells that are each right."""
    balance = Decimal(values.get("opening_balance", 0))
    if balance and values.get("state") in HOLD_NOTHING:
        yield RuleError("import_holds_nothing", name="Solde d'ouverture")
    if values.get("notice_end") and values.get("state") != "leaving":
        yield RuleError("import_no_notice", name="Fin du préavis")


def _key(row):
    if row.sheet == "listings":
        return (row.sheet, row.values.get("siren"), row.values.get("kind"), row.what)
    if row.sheet == "members":
        return (row.sheet, row.values.get("siren"))
    return (row.sheet, row.what)


def _without_doubles(rows):
    """The same rows; of those that name the same thing, all are refused: which is
    right is not for us to say.
    """
    seen = Counter(_key(row) for row in rows if None not in _key(row))
    return [_doubled(row) if seen[_key(row)] > 1 else row for row in rows]


def _doubled(row):
    column = "Catégorie" if row.sheet == "categories" else "SIREN"
    error = RuleError("import_double", name=column)
    return Row(
        row.sheet, row.number, row.values, (*row.problems, error), row.holds_balance
    )


def check_balances(amounts: Iterable[Decimal]) -> None:
    """Raises `import_balances_sum` unless they sum to zero.

    >>> check_balances([Decimal("150"), Decimal("-150")])
    """
    total = sum(amounts, Decimal(0))
    if total:
        raise RuleError("import_balances_sum", total=total)
