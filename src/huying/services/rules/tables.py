"""Facilities out of a table of another system, by a map of its columns (TOML), whatever those are called."""

import csv
import hashlib
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from huying.geo.datums import Datum
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.services.rules.entries import NewFacility, wrong_in
from huying.services.rules.kinds import Amenity

_OURS: Final = ("key", "name", "kind", "lon", "lat", "address", "phone", "hours", "note", "amenities")
_NEEDED: Final = ("name", "lon", "lat")
_MARKS: Final = {one.zh: one for one in Amenity} | {one.value: one for one in Amenity}


@dataclass(frozen=True, slots=True)
class TableMap:
    """How a table is read. ``kind``: that of every row; else ``kinds`` says which words of its column mean which."""

    source: str
    columns: Mapping[str, str]
    datum: Datum = Datum.CGCS2000
    encoding: str = "utf-8-sig"
    kind: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be a facility: its line in the file, and why in Chinese."""

    line: int
    name: str
    why: str


def read_map(text: str) -> TableMap:
    """A map as written in TOML. Raises Invalid with what is missing."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Invalid(said("对应表不是 TOML：%(why)s", why=str(error)[:120])) from error
    given = document.get("facilities")
    if not isinstance(given, dict) or not isinstance(given.get("columns"), dict):
        raise Invalid("对应表要有 [facilities] 和 [facilities.columns]。")
    columns = {str(ours): str(theirs) for ours, theirs in given["columns"].items()}
    unknown = sorted(set(columns) - set(_OURS)) or sorted(set(_NEEDED) - set(columns))
    if unknown:
        raise Invalid(said("对应表的列不对：%(column)s。", column=unknown[0]))
    made = TableMap(
        _word(given, "source"), columns, _datum(given), str(given.get("encoding", "utf-8-sig")),
        str(given.get("kind", "")), {str(k): str(v) for k, v in dict(given.get("kinds", {})).items()},
    )  # fmt: skip
    if not made.source or not (made.kind or ("kind" in columns and made.kinds)):
        raise Invalid("对应表要写明 source，以及 kind 或 [facilities.kinds]。")
    return made


def _word(given: Mapping[str, Any], name: str) -> str:
    return str(given.get(name, "")).strip()[:24]


def _datum(given: Mapping[str, Any]) -> Datum:
    try:
        return Datum(str(given.get("datum", Datum.CGCS2000.value)))
    except ValueError as error:
        raise Invalid("没有这种坐标系。", fields={"datum": "没有这种坐标系。"}) from error


def read_table(content: bytes, table: TableMap) -> Iterator[tuple[int, NewFacility] | Refused | None]:
    """Each row as a facility with its line, or why it cannot be one; None for a kind that is left out.

    Raises Invalid for what is no such table.
    """
    try:
        text = content.decode(table.encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise Invalid("文件编码不对，请在对应表里写明 encoding。") from error
    rows = csv.DictReader(io.StringIO(text.replace("\x00", "")))
    missing = [name for name in table.columns.values() if name not in (rows.fieldnames or ())]
    if missing:
        raise Invalid(said("表格缺少这些列：%(missing)s。", missing="、".join(missing)))
    for row in rows:
        cells = {ours: (row.get(theirs) or "").strip() for ours, theirs in table.columns.items()}
        yield _row(rows.line_num, cells, table)


def _row(line: int, cells: Mapping[str, str], table: TableMap) -> tuple[int, NewFacility] | Refused | None:
    name = cells["name"]
    kind = _kind(cells.get("kind", ""), table)
    if kind == "":
        return None
    if kind is None:
        return Refused(line, name, f"类型“{cells.get('kind', '')[:40]}”不在对应表里")
    try:
        lon, lat = float(cells["lon"]), float(cells["lat"])
    except ValueError:
        return Refused(line, name, "经纬度不是数字")
    new = NewFacility(
        kind=kind, name=name, lon=lon, lat=lat, datum=table.datum.value, address=cells.get("address", "")[:160],
        phone=cells.get("phone", "")[:40], hours=cells.get("hours", ""), note=cells.get("note", "")[:300],
        amenities=_amenities(cells.get("amenities", "")), source=table.source,
        key=(cells.get("key", "") or key_of(name, lon, lat))[:60],
    )  # fmt: skip
    wrong = wrong_in(new)
    return Refused(line, name, next(iter(wrong.values()))) if wrong else (line, new)


def _kind(text: str, table: TableMap) -> str | None:
    """The kind of a row: the longest of the map's words that stands in its column ("": left out), else that of every
    row; None where nothing says it."""
    fitting = [word for word in table.kinds if word in text]
    return table.kinds[max(fitting, key=len)] if fitting else table.kind or None


def _amenities(text: str) -> frozenset[Amenity]:
    return frozenset(amenity for word, amenity in _MARKS.items() if word in text)


def key_of(name: str, lon: float, lat: float) -> str:
    """What names a row that bears no number: its name and where it is, to about a metre."""
    return hashlib.sha256(f"{name}|{lon:.5f}|{lat:.5f}".encode()).hexdigest()[:24]
