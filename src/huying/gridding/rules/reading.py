"""Reading buildings, estates and shops out of CSV or GeoJSON, whatever the columns are called."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Datum, convert
from huying.geo.shapes import label_point, outline, read_features, shifted, to_geojson
from huying.gridding.rules.drafts import SiteDraft
from huying.gridding.rules.kinds import SiteKind
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "key": ("key", "编号", "id", "osm_id"),
    "kind": ("kind", "类型", "类别"),
    "name": ("name", "名称", "楼栋", "小区名称"),
    "estate": ("estate", "小区", "所属小区"),
    "lon": ("lon", "lng", "longitude", "经度"),
    "lat": ("lat", "latitude", "纬度"),
    "homes": ("homes", "户数", "套数"),
    "people": ("people", "人数", "人口"),
    "buildings": ("buildings", "栋数", "楼栋数"),
    "shops": ("shops", "商铺", "商铺数", "门店数"),
}
_KINDS: Final = {word: kind for kind in SiteKind for word in (kind.value, kind.zh)}
_NUMBERS: Final = ("homes", "people", "buildings", "shops")
_MOST: Final = 1_000_000
_LONGEST: Final = 80
_SHOWN: Final = 20


def read_sites(content: bytes, datum: Datum) -> tuple[list[SiteDraft], list[str]]:
    """The sites of a CSV table or a GeoJSON file in ``datum``, and in Chinese what was wrong with which line.

    Without a kind a polygon is an estate, else it is a building. A building counts one building and a shop one shop
    unless the file says how many. Without a number of its own a site is known by kind, name and position. Raises
    Invalid for what is neither, or has no position.
    """
    rows = _of_geojson(content, datum) if content.lstrip()[:1] in (b"{", b"[") else _of_table(content, datum)
    drafts, problems, missed = [], [], 0
    for where, row in rows:
        try:
            drafts.append(_site(row))
        except (ValueError, Invalid) as error:
            missed += 1
            if missed <= _SHOWN:
                problems.append(f"{where}：{error}")
    if missed > _SHOWN:
        problems.append(said("还有 %(n)d 行有问题，没有列出。", n=missed - _SHOWN))
    if not drafts:
        raise Invalid("；".join(problems[:3]) or "文件里没有楼栋、小区或商铺。")
    return drafts, problems


def _of_table(content: bytes, datum: Datum) -> Iterator[tuple[str, Mapping[str, Any]]]:
    table = csv.DictReader(io.StringIO(_decoded(content)))
    columns = _columns(table.fieldnames or ())
    for line in table:
        row: dict[str, Any] = {ours: (line.get(theirs) or "").strip() for ours, theirs in columns.items()}
        yield f"第 {table.line_num} 行", row | {"datum": datum}


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _columns(given: Iterable[str]) -> dict[str, str]:
    theirs = {name.strip().lower(): name for name in given}
    found = {
        ours: theirs[name] for ours, names in COLUMNS.items() for name in reversed(names) if name in theirs
    }
    missing = [zh for ours, zh in (("lon", "经度"), ("lat", "纬度")) if ours not in found]
    if missing:
        raise Invalid(said("表格缺少这些列：%(missing)s。", missing="、".join(missing)))
    return found


def _of_geojson(content: bytes, datum: Datum) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for feature in read_features(content):
        told = {str(name).strip().lower(): value for name, value in feature.properties.items()}
        row: dict[str, Any] = {
            ours: str(next((told[name] for name in names if told.get(name) not in (None, "")), "")).strip()
            for ours, names in COLUMNS.items()
        }
        yield f"第 {feature.number} 个要素", row | {"shape": feature.geometry, "datum": datum}


def _site(row: Mapping[str, Any]) -> SiteDraft:
    lon, lat, drawn = _placed(row)
    name, estate = row.get("name", "")[:_LONGEST], row.get("estate", "")[:_LONGEST]
    kind = _KINDS.get(row.get("kind", ""), SiteKind.ESTATE if drawn else SiteKind.BUILDING)
    numbers = {one: _number(one, row.get(one, "")) for one in _NUMBERS}
    if kind is SiteKind.ESTATE:
        estate = name or estate
        if not estate:
            raise ValueError("小区没有名称。")
    counted = {SiteKind.BUILDING: "buildings", SiteKind.SHOP: "shops"}.get(kind)
    if counted and not row.get(counted):
        numbers[counted] = 1
    key = row.get("key", "")[:50] or f"{name[:30]}|{lon:.5f}|{lat:.5f}"
    return SiteDraft(
        f"{kind.value}:{key}"[:60], kind, lon, lat, name, estate,
        to_geojson(drawn) if drawn is not None and kind is SiteKind.ESTATE else None, **numbers,
    )  # fmt: skip


def _placed(row: Mapping[str, Any]) -> tuple[float, float, BaseGeometry | None]:
    datum: Datum = row["datum"]
    shape = row.get("shape")
    if shape is not None and shape.geom_type.endswith("Polygon"):
        drawn = outline(shifted(outline(shape), datum))
        return (*label_point(drawn), drawn)
    try:
        lon, lat = (
            (float(shape.x), float(shape.y)) if shape is not None else (float(row["lon"]), float(row["lat"]))
        )
    except (ValueError, AttributeError) as error:
        raise ValueError("经纬度不是数字，或图形不是点和面。") from error
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise ValueError("经纬度超出范围。")
    return (*convert(lon, lat, datum), None)


def _number(name: str, text: str) -> int:
    if not text:
        return 0
    try:
        value = round(float(text))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{COLUMNS[name][1]}不是数字。") from error
    if not 0 <= value <= _MOST:
        raise ValueError(f"{COLUMNS[name][1]}不对。")
    return value
