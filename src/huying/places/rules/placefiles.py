"""Reading named places out of a CSV table, whatever its columns are called."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Final

from huying.geo.datums import Datum, convert
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.places.rules.drafts import PlaceDraft
from huying.places.rules.levels import PlaceKind

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "名称", "地名"),
    "kind": ("kind", "类型", "类别"),
    "lon": ("lon", "lng", "longitude", "经度"),
    "lat": ("lat", "latitude", "纬度"),
    "aliases": ("aliases", "alias", "别名"),
    "address": ("address", "地址"),
    "area_code": ("area_code", "区域代码", "网格代码"),
    "key": ("key", "编号"),
}
_NEEDED: Final = {"name": "名称", "lon": "经度", "lat": "纬度"}
_BETWEEN_ALIASES: Final = ";"
_KINDS: Final = {word: kind for kind in PlaceKind for word in (kind.value, kind.zh)}


def read_places(content: bytes, datum: Datum) -> tuple[list[PlaceDraft], list[str]]:
    """Places in CGCS2000 from a CSV table in ``datum``, and in Chinese what was wrong with which line.

    The first line names the columns (see COLUMNS); several aliases are separated by ``;``. A kind that is
    not one of ours makes the place a point of interest. UTF-8 with or without a mark, or GB 18030.
    Raises Invalid when the table has no name or position column.
    """
    table = csv.DictReader(io.StringIO(_decoded(content)))
    columns = _columns(table.fieldnames or ())
    drafts, problems = [], []
    for line in table:
        row = {ours: (line.get(theirs) or "").strip() for ours, theirs in columns.items()}
        try:
            drafts.append(_place(row, datum))
        except ValueError as error:
            problems.append(f"第 {table.line_num} 行：{error}")
    return drafts, problems


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _columns(given: Iterable[str]) -> dict[str, str]:
    """Our column names to the table's."""
    theirs = {name.strip().lower(): name for name in given}
    found = {
        ours: theirs[name] for ours, names in COLUMNS.items() for name in reversed(names) if name in theirs
    }
    missing = [zh for ours, zh in _NEEDED.items() if ours not in found]
    if missing:
        raise Invalid(said("表格缺少这些列：%(missing)s。", missing="、".join(missing)))
    return found


def _place(row: Mapping[str, str], datum: Datum) -> PlaceDraft:
    if not row["name"]:
        raise ValueError("没有名称。")
    try:
        lon, lat = float(row["lon"]), float(row["lat"])
    except ValueError as error:
        raise ValueError("经纬度不是数字。") from error
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise ValueError("经纬度超出范围。")
    lon, lat = convert(lon, lat, datum)
    return PlaceDraft(
        name=row["name"],
        kind=_KINDS.get(row.get("kind", ""), PlaceKind.POI),
        lon=lon,
        lat=lat,
        aliases=tuple(filter(None, map(str.strip, row.get("aliases", "").split(_BETWEEN_ALIASES)))),
        area_code=row.get("area_code", ""),
        address=row.get("address", ""),
        key=row.get("key", ""),
    )
