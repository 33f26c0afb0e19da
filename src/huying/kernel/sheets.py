"""Tables as files, a row at a time: CSV and Excel."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Final, Protocol

from huying.kernel.cells import Cell, safe
from huying.kernel.workbook import EXCEL_ROWS, Workbook

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Rows(Protocol):
    """Whatever takes rows one after another."""

    def write(self, cells: Sequence[Cell]) -> None: ...


@contextmanager
def written(
    file: IO[bytes], form: str, title: str, head: Sequence[str], most: int = EXCEL_ROWS
) -> Iterator[Rows]:
    """Rows for a file of this form (``csv`` or ``xlsx``) under a head; whole when the block has ended.

    ``most``: rows of one Excel sheet with its head.
    """
    if form == "xlsx":
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
            sheets = Workbook(book, title, head, most)
            try:
                yield sheets
                sheets.end()
            finally:
                sheets.close()
        return
    # Spreadsheets know UTF-8 by its mark.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="", write_through=False)
    rows = _Csv(text)
    rows.write(head)
    yield rows
    text.flush()
    text.detach()


class _Csv:
    def __init__(self, file: IO[str]) -> None:
        self._writer = csv.writer(file)

    def write(self, cells: Sequence[Cell]) -> None:
        self._writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in cells])
