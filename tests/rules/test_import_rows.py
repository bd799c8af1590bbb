"""Rows of an import: which sheet, which column, what is wrong and what is not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actif_rules.errors import RuleError
from actif_rules.imports import rows as import_rows
from actif_rules.imports import values as import_values
from actif_rules.imports.columns import LISTINGS, MEMBERS
from actif_rules.imports.rows import FORMULA, Table

HEAD = ["Raison sociale", "SIREN", "Solde d'ouverture", "État"]
RIGHT = ["Atelier Boisclair", "732829320", "150,00", "actif"]


def read(*rows, head=HEAD, name="membres"):
    return import_rows.read([Table(name, [head, *rows])]).rows


def codes(row):
    return [problem.code for problem in row.problems]


def test_a_row_keeps_its_line_and_plain_values():
    (row,) = read([], RIGHT)
    assert (row.sheet, row.number, codes(row)) == ("members", 3, [])
    assert row.values == {
        "name": "Atelier Boisclair",
        "siren": "732829320",
        "opening_balance": "150.00",
        "state": "active",
    }


def test_headers_are_known_by_any_of_their_names():
    head = ["SOLDE", "siret", "  Société ", "inconnu"]
    reading = import_rows.read([Table("", [head, ["1", "73282932000074", "X", "y"]])])
    assert reading.rows[0].values["siren"] == "732829320"
    assert [w.code for w in reading.warnings] == ["import_columns"]
    assert reading.warnings[0].facts["found"] == ("inconnu",)


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        (["", "732829320"], "import_missing", "Raison sociale"),
        (["X", ""], "import_missing", "SIREN"),
        (["X", "732829321"], "import_siren", "SIREN"),
        (["X", "732829320", "douze"], "import_amount", "Solde d'ouverture"),
        (["X", "732829320", "1,234"], "import_amount", "Solde d'ouverture"),
        (["X", "732829320", "", "fâché"], "import_choice", "État"),
        (["X", "732829320", "5", "candidat"], "import_holds_nothing", None),
        (["X", "732829320", "-5", "parti"], "import_holds_nothing", None),
        ([FORMULA, "732829320"], "import_formula", "Raison sociale"),
        (["x" * 121, "732829320"], "import_too_long", "Raison sociale"),
    ],
)
def test_what_is_wrong_names_its_column(cells, code, column):
    (row,) = read(cells)
    assert codes(row) == [code]
    assert row.columns == (column or "Solde d'ouverture")


def test_all_rows_of_the_same_siren_are_refused():
    other = ["Autre nom", "732 829 320", "", ""]
    right = ["Seule", "552100554", "", ""]
    rows = read(RIGHT, other, right)
    assert [codes(row) for row in rows] == [["import_double"], ["import_double"], []]


def test_formulas_of_a_csv_are_texts():
    (row,) = read(["=cmd|' /C calc'!A0", "732829320"])
    assert row.values["name"] == "=cmd|' /C calc'!A0"
    (again,) = read(["'=cmd|' /C calc'!A0", "732829320"])
    assert again.values["name"] == row.values["name"], "as our exports write it"


def test_a_notice_is_of_who_leaves():
    head = ["nom", "siren", "état", "fin du préavis"]
    (row,) = read(["X", "732829320", "sortant", "31/12/2026"], head=head)
    assert not row.problems and row.values["notice_end"] == "2026-12-31"
    (row,) = read(["X", "732829320", "actif", "31/12/2026"], head=head)
    assert codes(row) == ["import_no_notice"]


def test_nothing_to_import_is_said():
    for rows in ([], [["bonjour"]], [HEAD]):
        with pytest.raises(RuleError) as caught:
            import_rows.read([Table("feuille", rows)])
        assert caught.value.code == "import_nothing"


def test_a_sheet_without_its_columns_is_refused():
    with pytest.raises(RuleError) as caught:
        read(["x"], head=["nom"])
    assert caught.value.code == "import_header"
    assert caught.value.facts["needed"] == ("Raison sociale", "SIREN")


def test_the_examples_of_the_template_are_right():
    for sheet in (MEMBERS, LISTINGS):
        cells = [column.example for column in sheet.columns]
        (row,) = read(cells, head=list(sheet.headers), name=sheet.title)
        assert not row.problems
        assert row.sheet == sheet.name


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_an_amount_comes_back_however_it_is_written(value):
    french = f"{value:,.2f}".replace(",", "\u202f").replace(".", ",")
    for typed in (french, f"{value}", f"{french} €", float(value)):
        assert Decimal(import_values.amount(typed)) == value


@given(st.text(max_size=60) | st.floats() | st.booleans() | st.none())
def test_no_cell_breaks_a_reader(cell):
    for sheet in (MEMBERS, LISTINGS):
        for column in sheet.columns:
            try:
                assert isinstance(column.read(cell), str)
            except RuleError as error:
                assert error.code.startswith("import_")


@given(st.lists(st.decimals(-1000, 1000, places=2), max_size=20))
def test_balances_pass_only_when_they_sum_to_zero(amounts):
    import_rows.check_balances([*amounts, -sum(amounts, Decimal(0))])
    with pytest.raises(RuleError):
        import_rows.check_balances([*amounts, Decimal("0.01") - sum(amounts)])
