"""Letters in a file, and files made of letters: CSV, Excel, XML and JSON."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

import orjson
from defusedxml import ElementTree
from openpyxl import load_workbook

from huying.exchange.channels.interface import Record
from huying.exchange.rules.mapping import PeerMap
from huying.exchange.rules.reading import records_in
from huying.kernel.cells import safe
from huying.kernel.workbook import EXCEL_ROWS, READ_COLUMNS, Workbook

KINDS: Final = ("csv", "xlsx", "xml", "json")
_UNPACKED_MOST: Final = 256 * 1024 * 1024


class Unreadable(Exception):
    """The file is not what its name says; why, in words for a person."""


def read_file(name: str, content: bytes, of: PeerMap, record: str) -> list[Record]:
    """The letters in a file by the end of its name; ``record`` is the tag of one in XML. Raises Unreadable."""
    kind = name.lower().rsplit(".", 1)[-1]
    try:
        if kind == "csv":
            return _csv(content)
        if kind == "xlsx":
            return _xlsx(content)
        if kind == "xml":
            return _xml(content, record)
        found = records_in(of, orjson.loads(content))
    except Unreadable:
        raise
    except Exception as error:
        # Parsers fail in many ways on what strangers send; each is the same to who must look.
        raise Unreadable(f"{name} 打不开：{type(error).__name__}") from error
    if found is None:
        raise Unreadable(f"{name} 的结构和对应表不一样")
    return list(found)


def write_file(
    kind: str, letters: Sequence[Mapping[str, Any]], encoding: str, root: str, record: str
) -> bytes:
    """A file of letters; in CSV and Excel every field is a column."""
    if kind == "json":
        return orjson.dumps(list(letters))
    if kind == "xml":
        whole = Element(root)
        for letter in letters:
            _put(SubElement(whole, record), letter)
        written: bytes = tostring(whole, encoding="utf-8", xml_declaration=True)
        return written
    columns = list(dict.fromkeys(name for letter in letters for name in _flat(letter)))
    rows = [[_flat(letter).get(name, "") for name in columns] for letter in letters]
    return _as_xlsx(columns, rows) if kind == "xlsx" else _as_csv(columns, rows, encoding)


def _csv(content: bytes) -> list[Record]:
    rows = list(csv.reader(io.StringIO(_text(content), newline=""), strict=True))
    return _table(rows)


def _text(content: bytes) -> str:
    """As UTF-8 with or without a mark, else as GB 18030, which holds all of GBK."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("编码既不是 UTF-8 也不是 GBK")


def _xlsx(content: bytes) -> list[Record]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(one.file_size for one in packed.infolist()) > _UNPACKED_MOST:
            raise Unreadable("表格展开后太大")
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        return _table([
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(values_only=True, max_col=READ_COLUMNS)
        ])  # fmt: skip
    finally:
        book.close()


def _table(rows: Sequence[Sequence[str]]) -> list[Record]:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return []
    head = [name.strip() for name in filled[0]]
    if len(set(filter(None, head))) != len(list(filter(None, head))):
        raise Unreadable("表头有重复的列名")
    wide = len(head)
    if any(len(row) > wide and any(row[wide:]) for row in filled[1:]):
        raise Unreadable("有的行比表头还长")
    return [{name: cell.strip() for name, cell in zip(head, row, strict=False) if name} for row in filled[1:]]


def _xml(content: bytes, record: str) -> list[Record]:
    return [_element(one) for one in ElementTree.fromstring(content, forbid_dtd=True).iter(record)]


def _element(element: Element) -> dict[str, Any]:
    found: dict[str, Any] = dict(element.attrib)
    for child in element:
        found[child.tag] = _element(child) if len(child) else (child.text or "").strip()
    return found


def _put(element: Element, letter: Mapping[str, Any]) -> None:
    for name, value in letter.items():
        child = SubElement(element, name)
        if isinstance(value, Mapping):
            _put(child, value)
        else:
            child.text = _cell(value)


def _flat(letter: Mapping[str, Any], before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in letter.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = _cell(value)
    return found


def _cell(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _as_csv(columns: Sequence[str], rows: Sequence[Sequence[str]], encoding: str) -> bytes:
    # A machine reads it: what looks like a formula is a value there, and a sign before it would change it.
    out = io.StringIO(newline="")
    csv.writer(out).writerows([columns, *rows])
    return out.getvalue().encode(encoding, errors="replace")


def _as_xlsx(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        sheet = Workbook(book, "letters", columns, EXCEL_ROWS)
        for row in rows:
            sheet.write([safe(cell) for cell in row])
        sheet.end()
    return packed.getvalue()
