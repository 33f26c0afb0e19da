"""An edition as an Excel file that may be edited and read back."""

import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from huying.catalogue.rules.lines import Content
from huying.catalogue.rules.sheets.columns import (
    CONDITION_COLUMNS,
    CONDITIONS_SHEET,
    ITEM_COLUMNS,
    KIND_COLUMNS,
    KINDS_SHEET,
    Column,
)
from huying.kernel.cells import runs


def workbook(content: Content) -> bytes:
    """The edition as an .xlsx file: one line for each condition, and a second sheet of limits by kind of appeal.

    Every cell is text and none can become a formula. ``read_workbook`` gives back an equal edition.
    """
    book = Workbook(write_only=True)
    columns = (*ITEM_COLUMNS, *CONDITION_COLUMNS)
    sheet = _sheet(book, CONDITIONS_SHEET, columns)
    for line in content.items:
        head = [column.write(getattr(line, column.field)) for column in ITEM_COLUMNS]
        if not line.conditions:
            sheet.append([_cell(sheet, text) for text in head])
        for condition in line.conditions:
            tail = [column.write(getattr(condition, column.field)) for column in CONDITION_COLUMNS]
            sheet.append([_cell(sheet, text) for text in (*head, *tail)])
    kinds = _sheet(book, KINDS_SHEET, KIND_COLUMNS)
    for kind, limits in content.kinds.items():
        texts = [KIND_COLUMNS[0].write(kind), *(c.write(getattr(limits, c.field)) for c in KIND_COLUMNS[1:])]
        kinds.append([_cell(kinds, text) for text in texts])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, title: str, columns: Iterable[Column]) -> Any:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    heads = []
    for at, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
        head = WriteOnlyCell(sheet, value=column.heading)
        head.font = Font(bold=True)
        heads.append(head)
    sheet.append(heads)
    return sheet


def _cell(sheet: Any, text: str) -> Any:
    if not runs(text):
        return text
    # As text it is harmless until somebody edits it; the mark keeps it text even then.
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
