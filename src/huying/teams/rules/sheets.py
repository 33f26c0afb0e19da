"""A sheet somebody filled in (.xlsx or .csv) as lines of cells by heading, and what is wrong with it."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.kernel.workbook import READ_COLUMNS

MAX_BYTES: Final = 4_000_000
MAX_UNPACKED: Final = 60_000_000
MAX_LINES: Final = 5000
_DAYS: Final = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")

ROSTER: Final = ("日期", "值班点", "班次", "角色", "姓名")
TEAMS: Final = ("网格", "类别", "姓名")
#: Columns that may be left out.
ALSO: Final = ("电话", "职务")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not empty, with its number in the file."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line: ``column`` is the heading, "" for the line as a whole."""

    number: int
    column: str
    why: str


def read_lines(data: bytes, columns: Sequence[str]) -> list[Line]:
    """The lines of a file. Raises Invalid when it cannot be read, is too large or lacks a column."""
    if len(data) > MAX_BYTES:
        raise Invalid("文件超过 4 MB。")
    rows = _workbook(data) if data[:2] == b"PK" else _text(data)
    heads = [str(cell).strip() for cell in next(rows, ())]
    absent = [column for column in columns if column not in heads]
    if absent:
        raise Invalid(said("表头缺少：%(columns)s。", columns="、".join(absent)))
    lines = []
    for number, cells in enumerate(rows, 2):
        if number > MAX_LINES + 1:
            raise Invalid(said("最多 %(most)s 行，请分几次导入。", most=MAX_LINES))
        kept = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
        if any(kept.values()):
            lines.append(Line(number, kept))
    return lines


def day_of(text: str) -> date:
    """A day as people write it. Raises Invalid."""
    for pattern in _DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise Invalid(said("“%(text)s”读不出日期，请写成 2026-05-01。", text=text[:20]))


def empty_sheet(columns: Iterable[str], example: Sequence[str]) -> str:
    """A sheet to begin with, as CSV that spreadsheets open as it is: the headings and one line to copy."""
    out = io.StringIO()
    csv.writer(out).writerows([list(columns), list(example)])
    return f"\ufeff{out.getvalue()}"


def _workbook(data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise Invalid("文件展开后过大。")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        # What read-only sheets claim as their size may be wrong; the rows themselves are not.
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = [
            [_plain(cell) for cell in row]
            for row in sheet.iter_rows(max_row=MAX_LINES + 3, max_col=READ_COLUMNS, values_only=True)
        ]
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, IndexError, OSError, AttributeError) as why:
        raise Invalid("读不了这个 Excel 文件，请另存为 .xlsx 再试。") from why
    return iter(rows)


def _text(data: bytes) -> Iterator[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Invalid("读不出文字，请存成 UTF-8 的 CSV 或 Excel。")
    if "\x00" in text:
        raise Invalid("这不是表格文件，请用 .xlsx 或 .csv。")
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error as why:
        raise Invalid("这不是表格文件，请用 .xlsx 或 .csv。") from why
    return iter(rows)


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
