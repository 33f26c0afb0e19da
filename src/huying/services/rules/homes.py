"""Where people live, out of a table: spots with positions, or areas whose people are spread over their ground."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Datum, convert
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "名称", "小区"),
    "lon": ("lon", "lng", "经度"),
    "lat": ("lat", "纬度"),
    "people": ("people", "population", "人口", "人数"),
    "area": ("area", "area_code", "区域代码"),
}
#: An area's people are spread over about so many points of its ground.
_POINTS: Final = 16
_MOST_PEOPLE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Spot:
    """So many people about here; CGCS2000 degrees. ``area`` is found from the position where it is not said."""

    lon: float
    lat: float
    people: float
    name: str = ""
    area: str = ""


def read_homes(
    content: bytes, datum: Datum, outline: Callable[[str], BaseGeometry | None]
) -> tuple[list[Spot], list[str]]:
    """Spots of a CSV table in ``datum``, and in Chinese what was wrong with which line.

    A line has a position, or the code of an area whose ``outline`` is known. Raises Invalid for what is no such table.
    """
    text = _decoded(content)
    rows = csv.DictReader(io.StringIO(text))
    columns = _columns(rows.fieldnames or ())
    spots: list[Spot] = []
    problems = []
    for row in rows:
        cells = {ours: (row.get(theirs) or "").strip() for ours, theirs in columns.items()}
        try:
            spots += _spots(cells, datum, outline)
        except ValueError as error:
            problems.append(f"第 {rows.line_num} 行：{error}")
    return spots, problems


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _columns(given: Sequence[str]) -> dict[str, str]:
    theirs = {name.strip().lower(): name for name in given}
    found = {
        ours: theirs[name] for ours, names in COLUMNS.items() for name in reversed(names) if name in theirs
    }
    if "people" not in found or not ({"lon", "lat"} <= set(found) or "area" in found):
        raise Invalid(said("表格要有人口，以及经度、纬度或区域代码。"))
    return found


def _spots(
    cells: Mapping[str, str], datum: Datum, outline: Callable[[str], BaseGeometry | None]
) -> list[Spot]:
    people = _number(cells["people"], "人口")
    if not 0 <= people <= _MOST_PEOPLE:
        raise ValueError("人口不对。")
    name = cells.get("name", "")[:80]
    if cells.get("lon") or cells.get("lat"):
        lon, lat = _number(cells.get("lon", ""), "经度"), _number(cells.get("lat", ""), "纬度")
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            raise ValueError("经纬度超出范围。")
        return [Spot(*convert(lon, lat, datum), people, name)]
    shape = outline(cells.get("area", ""))
    if shape is None:
        raise ValueError(f"没有经纬度，区域“{cells.get('area', '')[:15]}”没有边界。")
    points = spread(shape)
    return [Spot(lon, lat, people / len(points), name, cells["area"]) for lon, lat in points]


def _number(text: str, what: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{what}不是数字。") from None


def spread(shape: BaseGeometry, wanted: int = _POINTS) -> list[tuple[float, float]]:
    """Points of a square grid over a shape, about so many and at least one."""
    west, south, east, north = shape.bounds
    share = max(float(shape.area) / max((east - west) * (north - south), 1e-12), 1e-3)
    side = max(1, round((wanted / share) ** 0.5))
    across = west + (np.arange(side) + 0.5) * (east - west) / side
    up = south + (np.arange(side) + 0.5) * (north - south) / side
    lons, lats = (grid.ravel() for grid in np.meshgrid(across, up))
    inside = shapely.contains_xy(shape, lons, lats)
    found = [(float(lon), float(lat)) for lon, lat in zip(lons[inside], lats[inside], strict=True)]
    if found:
        return found
    middle = shape.representative_point()
    return [(float(middle.x), float(middle.y))]
