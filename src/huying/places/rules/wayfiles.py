"""Reading roads, rivers, water and named points out of GeoJSON, whatever its properties are called.

A kind is told by a property of ours (``kind``, 类型), or by the keys ``highway``, ``waterway``, ``natural``, ``water``
of OpenStreetMap; else a line is a road and a point a point of interest.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Datum
from huying.geo.shapes import Feature, label_point, outline, read_features, shifted, to_geojson
from huying.kernel.errors import Invalid
from huying.places.rules.drafts import PlaceDraft
from huying.places.rules.levels import PlaceKind

_NAMES: Final = ("name", "名称", "地名", "mc", "fullname")
_KINDS: Final = ("kind", "类型", "类别")
_KEYS: Final = ("key", "编号", "osm_id", "@id", "id")
_OURS: Final = {word: kind for kind in PlaceKind for word in (kind.value, kind.zh)}
_TAGS: Final = {"highway": PlaceKind.ROAD, "waterway": PlaceKind.RIVER, "water": PlaceKind.WATER}
_LONGEST: Final = 80


def read_ways(content: bytes, datum: Datum) -> tuple[list[PlaceDraft], list[str]]:
    """Places in CGCS2000 from GeoJSON in ``datum``, and in Chinese what was wrong with which feature.

    Lines of one name and kind become one place with its whole course, areas of one name one water. What has no
    name is counted and left out, since nobody could ask for it. Raises Invalid when the file is no GeoJSON.
    """
    points: list[PlaceDraft] = []
    drawn: dict[tuple[PlaceKind, str], list[BaseGeometry]] = defaultdict(list)
    problems, nameless = [], 0
    for feature in read_features(content):
        said = {str(key).lower(): value for key, value in feature.properties.items()}
        name = _first(said, _NAMES)[:_LONGEST]
        if not name:
            nameless += 1
            continue
        try:
            shape = _placed(feature, datum)
            kind = _kind(said, shape)
        except Invalid as error:
            problems.append(f"第 {feature.number} 个要素：{error.message}")
            continue
        if shape.geom_type == "Point":
            points.append(PlaceDraft(name, kind, float(shape.x), float(shape.y), key=_first(said, _KEYS)))
        else:
            drawn[kind, name].append(shape)
    if nameless:
        problems.append(f"{nameless} 个要素没有名称，没有导入。")
    return [*points, *(_whole(kind, name, shapes) for (kind, name), shapes in drawn.items())], problems


def _first(said: Mapping[str, Any], keys: Iterable[str]) -> str:
    return next((str(said[key]).strip() for key in keys if said.get(key) not in (None, "")), "")


def _placed(feature: Feature, datum: Datum) -> BaseGeometry:
    """The feature's shape in CGCS2000; Invalid where it cannot be drawn."""
    shape = feature.geometry
    if shape.is_empty or shape.geom_type in {"MultiPoint", "GeometryCollection"}:
        raise Invalid("只收点、线和面。")
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise Invalid("坐标超出经纬度范围，可能是投影坐标，请先换算成经纬度。")
    moved = shifted(shape, datum)
    return outline(moved) if moved.geom_type.endswith("Polygon") else moved


def _kind(said: Mapping[str, Any], shape: BaseGeometry) -> PlaceKind:
    """What the feature is; a river drawn as an area is water. Invalid for an area of which nothing says what it is."""
    kind = _OURS.get(_first(said, _KINDS)) or next(
        (kind for tag, kind in _TAGS.items() if said.get(tag)), None
    )
    if said.get("natural") == "water":
        kind = kind or PlaceKind.WATER
    if shape.geom_type.endswith("Polygon"):
        if kind not in {PlaceKind.RIVER, PlaceKind.WATER}:
            raise Invalid("面只收水域。")
        return PlaceKind.WATER
    return kind or (PlaceKind.POI if shape.geom_type == "Point" else PlaceKind.ROAD)


def _whole(kind: PlaceKind, name: str, shapes: list[BaseGeometry]) -> PlaceDraft:
    """One place of all its pieces; it is where its longest piece has its middle, or where its name is written."""
    if kind is PlaceKind.WATER:
        shape = shapely.union_all(np.array(shapes, dtype=object))
        lon, lat = label_point(shape)
    else:
        shape = shapely.line_merge(shapely.union_all(np.array(shapes, dtype=object)))
        longest = max(getattr(shape, "geoms", [shape]), key=lambda line: float(line.length))
        middle = longest.interpolate(0.5, normalized=True)
        lon, lat = float(middle.x), float(middle.y)
    return PlaceDraft(name, kind, lon, lat, geometry=to_geojson(shape), key=f"{kind.value}:{name}")
