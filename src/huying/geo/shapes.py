"""Reading, mending, simplifying and writing outlines as GeoJSON (RFC 7946), coordinates in degrees.

Files are met in four dresses: a FeatureCollection, a bare array of features, one feature, or a bare
geometry. Outlines drawn by hand cross themselves; they are mended rather than refused, and only what
encloses no ground at all is refused.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Datum, convert_many
from huying.geo.measure import Plane
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

DECIMALS = 7  # about a centimetre


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature as it was read: its place in the file counted from 1, its properties, its geometry."""

    number: int
    geometry: BaseGeometry
    properties: Mapping[str, Any] = field(default_factory=dict)


def read_features(text: str | bytes) -> list[Feature]:
    """The features of a GeoJSON text, in their order.

    Raises Invalid when it is no JSON, no GeoJSON, or a feature's geometry cannot be read; the error
    names the feature by its number.
    """
    try:
        document = json.loads(text)
    except (ValueError, UnicodeDecodeError) as error:
        raise Invalid("文件不是 GeoJSON：读不出 JSON。") from error
    return [_feature(number, item) for number, item in enumerate(_items(document), start=1)]


def _items(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        if document.get("type") == "FeatureCollection" and isinstance(document.get("features"), list):
            return list(document["features"])
        if document.get("type") == "Feature":
            return [document]
        if "coordinates" in document or "geometries" in document:
            return [{"type": "Feature", "properties": {}, "geometry": document}]
    raise Invalid("文件不是 GeoJSON：没有找到要素。")


def _feature(number: int, item: Any) -> Feature:
    if not isinstance(item, dict) or not isinstance(item.get("geometry"), dict):
        raise Invalid(said("第 %(number)s 个要素没有几何图形。", number=number))
    return Feature(
        number,
        geometry_of(item["geometry"], said("第 %(number)s 个要素", number=number)),
        item.get("properties") or {},
    )


def geometry_of(geojson: Mapping[str, Any], what: str = "图形") -> BaseGeometry:
    """The shape of one GeoJSON geometry object, flat (heights dropped); Invalid when it is none."""
    try:
        return shapely.force_2d(shapely.from_geojson(json.dumps(geojson)))
    except (shapely.errors.ShapelyError, TypeError, ValueError) as error:
        raise Invalid(said("%(what)s的坐标读不出来。", what=what)) from error


def outline(geometry: BaseGeometry) -> BaseGeometry:
    """The ground a geometry encloses, as a valid Polygon or MultiPolygon.

    Self-crossings are mended; stray lines and points are dropped. Raises Invalid when nothing is left
    or a position is not on the globe.
    """
    mended = geometry if shapely.is_valid(geometry) else shapely.make_valid(geometry)
    parts = [part for part in _polygons(mended) if part.area > 0]
    if not parts:
        raise Invalid("这个图形没有围成区域。")
    west, south, east, north = shapely.total_bounds(np.array(parts))
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise Invalid("坐标超出经纬度范围，可能是投影坐标，请先换算成经纬度。")
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def _polygons(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Every polygon within a geometry, however deeply collected."""
    if geometry.geom_type == "Polygon":
        return [geometry]
    return [polygon for part in getattr(geometry, "geoms", ()) for polygon in _polygons(part)]


def shifted(geometry: BaseGeometry, source: Datum, target: Datum = Datum.CGCS2000) -> BaseGeometry:
    """The same shape in another datum, every vertex converted."""

    def move(points: Any) -> Any:
        return np.column_stack(convert_many(points[:, 0], points[:, 1], source, target))

    return shapely.transform(geometry, move)


def simplified(geometries: Sequence[BaseGeometry], metres: float) -> list[BaseGeometry]:
    """Outlines with vertices closer than ``metres`` to their line left out, borders kept in common.

    Neighbours that share their borders exactly are thinned together, so that no slivers open between them;
    where the drawing overlaps already, each is thinned by itself.
    """
    if not geometries:
        return []
    plane = Plane(*centre(geometries))
    flat = [_flat(geometry, plane) for geometry in geometries]
    valid = bool(shapely.coverage_is_valid(flat))
    # The coverage measure is an area's root, about as long as the line's distance it stands for.
    thin = shapely.coverage_simplify(flat, metres) if valid else shapely.simplify(flat, metres)
    return [_round(_unflat(shape, plane)) for shape in thin]


def _flat(geometry: BaseGeometry, plane: Plane) -> BaseGeometry:
    return shapely.transform(geometry, lambda p: np.column_stack(plane.flatten(p[:, 0], p[:, 1])))


def _unflat(geometry: BaseGeometry, plane: Plane) -> BaseGeometry:
    return shapely.transform(geometry, lambda p: np.column_stack(plane.unflatten(p[:, 0], p[:, 1])))


def _round(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.transform(geometry, lambda points: np.round(points, DECIMALS))


def centre(geometries: Iterable[BaseGeometry]) -> tuple[float, float]:
    """The middle of the box around all shapes; longitude, latitude."""
    west, south, east, north = shapely.total_bounds(np.array(list(geometries), dtype=object))
    return float(west + east) / 2.0, float(south + north) / 2.0


def label_point(geometry: BaseGeometry) -> tuple[float, float]:
    """Where a name is best written: the middle of the largest circle that fits, always inside."""
    largest = max(_polygons(geometry), key=lambda part: float(part.area))
    reach = float(np.hypot(*(np.array(largest.bounds[2:]) - largest.bounds[:2])))
    point = shapely.maximum_inscribed_circle(largest, tolerance=reach / 200.0)
    lon, lat = shapely.get_coordinates(point)[0]
    return round(float(lon), DECIMALS), round(float(lat), DECIMALS)


def to_geojson(geometry: BaseGeometry, decimals: int = DECIMALS) -> dict[str, Any]:
    """A GeoJSON geometry object, rounded: 7 decimals are a centimetre, 5 are a metre."""
    rounded = shapely.transform(geometry, lambda points: np.round(points, decimals))
    written: dict[str, Any] = json.loads(shapely.to_geojson(rounded))
    return written
