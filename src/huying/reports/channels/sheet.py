"""A report as Excel: the text, the main numbers, each table on a sheet of its own, and charts of the program's own."""

import io
import re
from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from huying.kernel.cells import runs
from huying.reports.channels.laying import Cell, Drawing, Grid, Head, Laid, Words

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 28
_WIDE: Final = 100
_THIN: Final = Side(style="thin", color="999999")
_FRAME: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LINK: Final = Font(color="1F4E8C", underline="single")


def sheet_of(laid: Laid) -> bytes:
    """The report as an .xlsx."""
    book = Workbook()
    text = book.active
    _text(text, laid)
    _table(book, laid.numbers)
    for part in laid.parts:
        if isinstance(part, Grid):
            _table(book, part)
        elif isinstance(part, Drawing):
            _chart(book, part)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _put(sheet: Any, row: int, column: int, text: str) -> Any:
    """A number as a number, a text as a text: never as a formula, whatever it begins with."""
    cell = sheet.cell(row, column)
    if re.fullmatch(r"[+-]?\d{1,12}", text):
        cell.value = int(text)
        cell.number_format = "+0;-0;0" if text[0] == "+" else "0"
        return cell
    cell.value, cell.data_type = text, "s"
    cell.quotePrefix = runs(text)
    return cell


def _text(sheet: Any, laid: Laid) -> None:
    sheet.title = _name(_("报告"), [])
    sheet.column_dimensions["A"].width = _WIDE
    lines: list[tuple[str, Font]] = [
        (laid.title, Font(bold=True, size=18)), (laid.period, Font(size=12)), (laid.unit, Font(size=12)),
        (laid.made, Font(size=12)),
    ]  # fmt: skip
    for part in laid.parts:
        if isinstance(part, Head):
            lines.append((part.text, Font(bold=True, size=13)))
        elif isinstance(part, Words):
            lines.append(("".join(piece.text for piece in part.pieces), Font(size=12)))
        elif isinstance(part, Grid):
            lines.append((_("见表：%(title)s") % {"title": part.title}, Font(size=11, italic=True)))
    if laid.signed:
        lines.append((laid.signed, Font(size=12)))
    for row, (words, font) in enumerate(lines, start=1):
        cell = sheet.cell(row, 1)
        cell.value, cell.data_type = words, "s"
        cell.font, cell.alignment = font, Alignment(wrap_text=True, vertical="top")
        # The program does not grow rows of wrapped text that it did not write itself.
        sheet.row_dimensions[row].height = 20 * max(1, -(-_breadth(words) // (_WIDE - 6)))


def _breadth(words: str) -> int:
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in words)


def _table(book: Any, grid: Grid) -> None:
    sheet = book.create_sheet(_name(grid.title, book.sheetnames))
    for column, head in enumerate(grid.heads, start=1):
        cell = _put(sheet, 1, column, head)
        cell.font, cell.border, cell.alignment = (
            Font(bold=True),
            _FRAME,
            Alignment(wrap_text=True, horizontal="center"),
        )
    for number, row in enumerate(grid.rows, start=2):
        for column, pieces in enumerate(row, start=1):
            _cell(sheet, number, column, pieces)
    for column, head in enumerate(grid.heads, start=1):
        longest = max(
            [_breadth("".join(piece.text for piece in row[column - 1])) for row in grid.rows]
            + [_breadth(head)]
        )
        sheet.column_dimensions[get_column_letter(column)].width = min(60, longest + 3)
    sheet.freeze_panes = "A2"


def _cell(sheet: Any, row: int, column: int, pieces: Sequence[Cell]) -> None:
    cell = _put(sheet, row, column, "".join(piece.text for piece in pieces))
    cell.border, cell.alignment = _FRAME, Alignment(wrap_text=True, vertical="top")
    href = next((piece.href for piece in pieces if piece.href), "")
    if href:
        cell.hyperlink, cell.font = href, _LINK


def _chart(book: Any, drawing: Drawing) -> None:
    sheet = book.create_sheet(_name(drawing.title, book.sheetnames))
    for column, (name, values) in enumerate(drawing.series, start=2):
        _put(sheet, 1, column, name)
        for row, value in enumerate(values, start=2):
            sheet.cell(row, column).value = value
    for row, category in enumerate(drawing.categories, start=2):
        # A day such as 10-1 is a name here, and no date.
        cell = sheet.cell(row, 1)
        cell.value, cell.data_type = category, "s"
    sheet.column_dimensions["A"].width = 24
    last = len(drawing.categories) + 1
    chart: Any = BarChart() if drawing.kind == "bar" else LineChart()
    if drawing.kind == "bar":
        chart.type = "bar"
        # From above downwards, as the table reads.
        chart.x_axis.scaling.orientation = "maxMin"
    chart.title, chart.width, chart.height = drawing.title, 24, 12
    chart.y_axis.title = drawing.unit
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.add_data(
        Reference(sheet, min_col=2, max_col=1 + len(drawing.series), min_row=1, max_row=last),
        titles_from_data=True,
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    sheet.add_chart(chart, "E2")


def _name(title: str, taken: Sequence[str]) -> str:
    """A sheet's name: short, without signs that are forbidden, and no other's."""
    plain = _FORBIDDEN.sub(" ", title).strip("' ")[:_LONGEST_NAME] or "-"
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain} {number}", number + 1
    return name
