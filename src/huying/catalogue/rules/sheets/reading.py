"""An edited Excel file back into an edition, with every fault told by sheet, line and column."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from huying.catalogue.rules.checking import condition_faults, item_faults
from huying.catalogue.rules.kinds import AppealKind
from huying.catalogue.rules.limits import Limits
from huying.catalogue.rules.lines import ConditionLine, Content, ItemLine
from huying.catalogue.rules.sheets.columns import (
    CONDITION_COLUMNS,
    CONDITIONS_SHEET,
    ITEM_COLUMNS,
    KIND_COLUMNS,
    KINDS_SHEET,
    Column,
)
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.kernel.workbook import READ_COLUMNS

MAX_BYTES: Final = 20_000_000
MAX_UNPACKED: Final = 200_000_000
MAX_LINES: Final = 50_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell. ``line`` is the sheet's own number, from 1; ``column`` the heading or empty."""

    sheet: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"“{self.sheet}”第 {self.line} 行"
        return f"{place}{'“' + self.column + '”' if self.column else ''}：{self.message}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line's cells as text by heading, with its number in the sheet."""

    line: int
    cells: dict[str, str]


def read_workbook(data: bytes) -> tuple[Content, list[Fault]]:
    """What the file says and what is wrong with it; the content counts only when there is no fault.

    Raises Invalid when the file is no .xlsx, is too large, or lacks a sheet or a heading.
    """
    book = _opened(data)
    faults: list[Fault] = []
    items = _items(_rows(book, CONDITIONS_SHEET, (*ITEM_COLUMNS, *CONDITION_COLUMNS), faults), faults)
    kinds = _kinds(_rows(book, KINDS_SHEET, KIND_COLUMNS, faults), faults)
    faults.sort(key=lambda fault: (fault.sheet != CONDITIONS_SHEET, fault.line))
    return Content(items=tuple(sorted(items, key=lambda line: line.code)), kinds=kinds), faults


def _opened(data: bytes) -> Any:
    if len(data) > MAX_BYTES:
        raise Invalid(said("文件超过 %(most)s MB。", most=MAX_BYTES // 1000000))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise Invalid("文件展开后过大。")
        return load_workbook(io.BytesIO(data), read_only=True)
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, OSError) as why:
        raise _no_workbook() from why


def _lines(sheet: Any) -> Iterator[Any]:
    """The rows of a sheet. Raises Invalid where it breaks off: it is read as it is asked for."""
    try:
        yield from sheet.iter_rows(max_col=READ_COLUMNS)
    except (ParseError, zipfile.BadZipFile, KeyError, ValueError, IndexError) as why:
        raise _no_workbook() from why


def _no_workbook() -> Invalid:
    return Invalid("这不是 Excel（.xlsx）文件，请用导出的表格修改后再导入。")


def _rows(book: Any, title: str, columns: Sequence[Column], faults: list[Fault]) -> Iterator[Row]:
    if title not in book.sheetnames:
        raise Invalid(said("文件里没有“%(title)s”这张表。", title=title))
    lines = _lines(book[title])
    heads = [_plain(cell.value) for cell in next(lines, ())]
    missing = [column.heading for column in columns if column.heading not in heads]
    if missing:
        raise Invalid(said("“%(title)s”缺少列：%(missing)s。", title=title, missing="、".join(missing)))
    for number, cells in enumerate(lines, 2):
        if number > MAX_LINES:
            raise Invalid(said("“%(title)s”超过 %(most)s 行。", title=title, most=MAX_LINES))
        texts = {}
        for head, cell in zip(heads, cells, strict=False):
            if cell.data_type == "f":
                faults.append(Fault(title, number, head, "单元格里是公式，请改为文字"))
            texts[head] = _plain(cell.value)
        if any(texts.values()):
            yield Row(number, texts)


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("_x000D_", "").strip()


def _read(row: Row, title: str, columns: Sequence[Column], faults: list[Fault]) -> dict[str, Any] | None:
    values, failed = {}, False
    for column in columns:
        try:
            values[column.field] = column.read(row.cells.get(column.heading, ""))
        except Invalid as why:
            faults.append(Fault(title, row.line, column.heading, why.message))
            failed = True
    return None if failed else values


def _items(rows: Iterator[Row], faults: list[Fault]) -> list[ItemLine]:
    heads: dict[str, tuple[int, dict[str, Any]]] = {}
    conditions: dict[str, dict[int, ConditionLine]] = {}
    for row in rows:
        head = _read(row, CONDITIONS_SHEET, ITEM_COLUMNS, faults)
        if head is None:
            continue
        first, known = heads.setdefault(head["code"], (row.line, head))
        for column in ITEM_COLUMNS:
            if known[column.field] != head[column.field]:
                why = said("与第 %(first)s 行同一编码的内容不一致", first=first)
                faults.append(Fault(CONDITIONS_SHEET, row.line, column.heading, why))
        condition = _condition(row, faults)
        if condition is None:
            continue
        if condition.number in conditions.setdefault(head["code"], {}):
            faults.append(Fault(CONDITIONS_SHEET, row.line, "序号", "同一事项的立案条件序号重复"))
        conditions[head["code"]][condition.number] = condition
    lines = []
    for code, (first, head) in heads.items():
        numbered = conditions.get(code, {})
        lines.append(ItemLine(**head, conditions=tuple(numbered[n] for n in sorted(numbered))))
        bare = ItemLine(**head, conditions=())
        faults += [_named(first, ITEM_COLUMNS, field, why) for field, why in item_faults(bare).items()]
    return lines


def _condition(row: Row, faults: list[Fault]) -> ConditionLine | None:
    if not any(row.cells.get(column.heading) for column in CONDITION_COLUMNS):
        return None
    values = _read(row, CONDITIONS_SHEET, CONDITION_COLUMNS, faults)
    if values is None:
        return None
    line = ConditionLine(**values)
    faults += [
        _named(row.line, CONDITION_COLUMNS, field, why) for field, why in condition_faults(line).items()
    ]
    return line


def _named(line: int, columns: Sequence[Column], field: str, why: str) -> Fault:
    heading = next((column.heading for column in columns if column.field == field), "")
    return Fault(CONDITIONS_SHEET, line, heading, why)


def _kinds(rows: Iterator[Row], faults: list[Fault]) -> dict[AppealKind, Limits]:
    kinds: dict[AppealKind, Limits] = {}
    last = 1
    for row in rows:
        last = row.line
        values = _read(row, KINDS_SHEET, KIND_COLUMNS, faults)
        if values is None:
            continue
        kind = values.pop("kind")
        if kind in kinds:
            faults.append(Fault(KINDS_SHEET, row.line, "诉求类型", said("“%(kind)s”重复", kind=kind.zh)))
        kinds[kind] = Limits(**values)
    missing = [kind.zh for kind in AppealKind if kind not in kinds]
    if missing:
        faults.append(
            Fault(KINDS_SHEET, last, "诉求类型", said("缺少：%(missing)s", missing="、".join(missing)))
        )
    return kinds
