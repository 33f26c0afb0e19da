"""Excel workbooks that are never whole in memory.

The libraries for Excel first write the sheet somewhere and then pack it, minutes in which nothing can be stopped; this
one packs each row as it comes. ECMA-376 part 1, 18.3 (worksheets); an Excel sheet has at most 1,048,576 rows, what goes
beyond stands on further sheets, each with the head.
"""

import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from huying.kernel.cells import Cell, safe
from huying.kernel.errors import Invalid

EXCEL_ROWS: Final = 1_048_576
#: Columns that are read of a sheet somebody sends: one cell far to the right makes every row as wide as it.
READ_COLUMNS: Final = 256
#: Of a workbook somebody sends, unpacked: whole, and what is read at once, above all the texts that its cells share.
UNPACKED_MOST: Final = 2 * 2**30
HELD_MOST: Final = 256 * 2**20
# Rows of these are read one after another.
_SHEETS: Final = "xl/worksheets/"
_EXCEL_CELL: Final = 32_767
_TOGETHER: Final = 200
# What XML cannot hold, and what it reads as markup.
_PLAIN: Final = str.maketrans(
    {**{chr(code): "" for code in range(32) if chr(code) not in "\t\n\r"}, "\ufffe": "", "\uffff": "",
     "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
)  # fmt: skip
# Most cells have nothing of it, and looking is ten times as quick as translating.
_CARE: Final = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x")
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def must_unpack(path: Path) -> None:
    """Raise Invalid for a workbook whose few packed bytes would fill the memory, BadZipFile for what is none."""
    with zipfile.ZipFile(path) as packed:
        sizes = {part.filename: part.file_size for part in packed.infolist()}
    held = sum(size for name, size in sizes.items() if not name.startswith(_SHEETS))
    if held > HELD_MOST or sum(sizes.values()) > UNPACKED_MOST:
        raise Invalid("文件展开后过大。")


class Workbook:
    """An Excel workbook written into ``book`` row by row; ``most`` rows a sheet, its head counted."""

    def __init__(self, book: zipfile.ZipFile, title: str, head: Sequence[str], most: int) -> None:
        self._book, self._title, self._head, self._most = book, _named(title), head, most
        self._sheets, self._row = 0, 0
        self._sheet: IO[bytes] | None = None
        self._waiting: list[str] = []
        self._next_sheet()

    def write(self, cells: Sequence[Cell]) -> None:
        if self._row >= self._most:
            self._next_sheet()
        self._put(cells)

    def end(self) -> None:
        """Close the last sheet and say what the workbook consists of."""
        self._close_sheet()
        names = [self._title if n == 1 else f"{self._title} ({n})" for n in range(1, self._sheets + 1)]
        for path, text in _parts(names).items():
            self._book.writestr(path, text)

    def close(self) -> None:
        """Let go of the sheet under way, also of one that is not finished: a workbook with one cannot be closed."""
        if self._sheet is not None:
            self._sheet.close()

    def _put(self, cells: Sequence[Cell], style: str = "") -> None:
        self._row += 1
        self._waiting.append(f"<row>{''.join([_cell(cell, style) for cell in cells])}</row>")
        if len(self._waiting) >= _TOGETHER:
            self._flush()

    def _next_sheet(self) -> None:
        self._close_sheet()
        self._sheets, self._row = self._sheets + 1, 0
        about = zipfile.ZipInfo(f"xl/worksheets/sheet{self._sheets}.xml", datetime.now(UTC).timetuple()[:6])
        about.compress_type = zipfile.ZIP_DEFLATED
        # Its size is not known before its end, and a million rows may pass four gigabytes.
        self._sheet = self._book.open(about, "w", force_zip64=True)
        widths = "".join(
            f'<col min="{n}" max="{n}" width="18" customWidth="1"/>' for n in range(1, len(self._head) + 1)
        )
        self._waiting.append(
            f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
            'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            + (f"<cols>{widths}</cols>" if widths else "")
            + "<sheetData>"
        )
        self._put(self._head, ' s="1"')

    def _close_sheet(self) -> None:
        if self._sheet is not None:
            self._waiting.append("</sheetData></worksheet>")
            self._flush()
            self._sheet.close()

    def _flush(self) -> None:
        assert self._sheet is not None
        self._sheet.write("".join(self._waiting).encode("utf-8", "replace"))
        self._waiting.clear()


def _cell(value: Cell, style: str) -> str:
    if value is None or value == "":
        return "<c/>"
    if not isinstance(value, str):
        return f"<c><v>{value}</v></c>"
    text = safe(value)[:_EXCEL_CELL]
    if _CARE.search(text):
        text = _ESCAPE.sub("_x005F_", text.translate(_PLAIN))
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'


def _named(title: str) -> str:
    """A sheet's name as Excel takes it: short, without signs of its own."""
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:24] or "1"


_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_MIME: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _parts(names: Sequence[str]) -> dict[str, str]:
    """The parts of a workbook beside its sheets: 18.2 (workbook), 18.8 (styles: plain, and bold for heads)."""
    numbers = range(1, len(names) + 1)
    listed = "".join(
        f'<sheet name="{name.translate(_PLAIN)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    led = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    typed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_MIME}.worksheet+xml"/>'
        for n in numbers
    )
    return {
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{led}'
        f'<Relationship Id="rId0" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/></font>'
        '<font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
        '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" '
        'applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>",
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_MIME}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_MIME}.styles+xml"/>{typed}</Types>',
    }  # fmt: skip
