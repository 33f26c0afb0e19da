"""Tables as files: what is written is read back the same, nothing runs, nothing is too long for a sheet."""

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from huying.kernel.cells import Cell, runs
from huying.kernel.sheets import written

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
CELLS = st.one_of(st.none(), st.integers(-(10**9), 10**9), TEXTS)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8)


def made(form: str, table: list[list[Cell]], most: int = 100) -> bytes:
    file = io.BytesIO()
    with written(file, form, "表[1]", ["一", "二", "三"], most) as rows:
        for row in table:
            rows.write(row)
    return file.getvalue()


def told(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return f"'{cell}" if runs(cell) else cell or None
    return cell


@settings(deadline=None)
@given(TABLES)
def test_a_workbook_is_read_back_as_it_was_written(table: list[list[Cell]]) -> None:
    sheet = load_workbook(io.BytesIO(made("xlsx", table))).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_col=3)] == [
        [told(cell) for cell in row] for row in table
    ]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@settings(deadline=None)
@given(TABLES)
def test_a_text_file_is_read_back_as_it_was_written(table: list[list[Cell]]) -> None:
    read = list(csv.reader(io.StringIO(made("csv", table).decode("utf-8-sig"), newline="")))
    assert read[1:] == [["" if told(cell) is None else str(told(cell)) for cell in row] for row in table]


def test_what_no_workbook_can_hold_is_left_out_and_what_looks_like_an_escape_stays() -> None:
    packed = zipfile.ZipFile(io.BytesIO(made("xlsx", [["a\x00b\x1fc", "_x0041_", "<&>"]])))
    sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert ">abc</t>" in sheet
    assert ">_x005F_x0041_</t>" in sheet
    assert ">&lt;&amp;&gt;</t>" in sheet


def test_what_goes_beyond_a_sheet_stands_on_the_next_with_the_head() -> None:
    book = load_workbook(io.BytesIO(made("xlsx", [[n, "", ""] for n in range(5)], most=3)))
    assert [[row[0].value for row in sheet.iter_rows()] for sheet in book] == [
        ["一", 0, 1],
        ["一", 2, 3],
        ["一", 4],
    ]
    assert book.sheetnames == ["表 1", "表 1 (2)", "表 1 (3)"]


def test_a_table_given_up_halfway_says_why() -> None:
    def given_up() -> None:
        with written(io.BytesIO(), "xlsx", "表", ["一"]) as rows:
            rows.write([1])
            raise KeyError

    with pytest.raises(KeyError):
        given_up()
