"""The rows of a CSV or Excel file, one after another, whatever its size."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

from openpyxl import load_workbook

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.kernel.workbook import READ_COLUMNS, must_unpack
from huying.loop.collect.channels.orders.mapping import OrderMap

_EXCEL: Final = frozenset({".xlsx", ".xlsm"})
# Characters of a line that are read at once: a file without any line break is no table, however large it is.
LINE: Final = 2**18


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on, and its cells by our names; empty cells are "". ``whole`` is False when
    it has more or fewer cells than the head."""

    line: int
    cells: dict[str, str]
    whole: bool = True


class OrderFile:
    """A file that can be read as often as needed; every reading is a stream."""

    def __init__(self, path: Path, name: str, order_map: OrderMap, lines: list[int] | None = None) -> None:
        self._path, self._name, self._map = path, name, order_map
        self._sheet = lines

    def rows(self) -> Iterator[Row]:
        """Every row that is not empty. Raises Invalid where the file cannot be read or lacks a column."""
        encoding = "utf-8" if self._sheet is not None else self._map.encoding
        delimiter = "," if self._sheet is not None else self._map.delimiter
        try:
            with self._path.open(encoding=encoding, newline="") as file:
                reader = csv.reader(lines_of(file), delimiter=delimiter)
                head = next(reader, [])
                yield from self._read(reader, _places(head, self._map), len(head))
        except OSError as error:
            raise Invalid(
                said("读不了文件 %(name)s：%(why)s。", name=self._name, why=error.strerror)
            ) from error
        except (UnicodeError, LookupError) as error:
            raise Invalid(
                said("文件 %(name)s 不是 %(encoding)s 编码。", name=self._name, encoding=self._map.encoding)
            ) from error
        except csv.Error as error:
            raise Invalid(
                said("文件 %(name)s 不是有效的 CSV：%(why)s。", name=self._name, why=str(error))
            ) from error

    def _read(self, reader: Any, places: list[tuple[str, int]], width: int) -> Iterator[Row]:
        empty, number = self._map.empty, 0
        ended = reader.line_num
        for cells in reader:
            began, ended = ended + 1, reader.line_num
            number += 1
            line = self._sheet[number] if self._sheet is not None else began
            if len(cells) != width:
                if any(cells):
                    yield Row(line, {}, whole=False)
                continue
            values = {name: cells[place].replace("\x00", "").strip() for name, place in places}
            if any(values.values()):
                yield Row(line, {name: "" if value in empty else value for name, value in values.items()})


def lines_of(file: IO[str]) -> Iterator[str]:
    """The lines of a file; one that never ends comes in pieces."""
    return iter(partial(file.readline, LINE), "")


@contextmanager
def opened(path: Path, order_map: OrderMap) -> Iterator[OrderFile]:
    """The file for the length of the block; a workbook is first written out as text, a row at a time."""
    if path.suffix.lower() not in _EXCEL:
        yield OrderFile(path, path.name, order_map)
        return
    with tempfile.TemporaryDirectory(prefix="huying-import-") as folder:
        text = Path(folder) / "sheet.csv"
        yield OrderFile(text, path.name, order_map, _written_out(path, text, order_map))


def _written_out(path: Path, text: Path, order_map: OrderMap) -> list[int]:
    """Write the first sheet as CSV; the sheet's row of each line written."""
    try:
        must_unpack(path)
        book = load_workbook(path, read_only=True, data_only=True)
    except Invalid:
        raise
    except Exception as error:  # openpyxl raises whatever zipfile and its own parsers raise
        raise Invalid(said("读不了 Excel 文件 %(name)s：%(why)s", name=path.name, why=str(error))) from error
    lines: list[int] = []
    with text.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for number, cells in enumerate(
            book.worksheets[0].iter_rows(max_col=READ_COLUMNS, values_only=True), start=1
        ):
            if any(cell is not None for cell in cells):
                writer.writerow([_text(cell, order_map.time_formats[0]) for cell in cells])
                lines.append(number)
    book.close()
    return lines


def _text(cell: Any, time_format: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime(time_format)
    # A number typed into a cell is kept by Excel as 12345.0.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _places(head: list[str], order_map: OrderMap) -> list[tuple[str, int]]:
    found = {title.strip().removeprefix("\ufeff"): place for place, title in enumerate(head)}
    absent = [column for column in order_map.columns.values() if column not in found]
    if absent:
        raise Invalid(said("文件中没有这些列：%(absent)s", absent="、".join(absent)))
    return [(name, found[column]) for name, column in order_map.columns.items()]
