"""Areas, roads and names as compact GeoJSON for the pages' maps."""

from typing import Any, Final
from weakref import WeakKeyDictionary

from huying.geo.shapes import geometry_of, to_geojson
from huying.geo.shapes import simplified as thinned
from huying.places.models import Place
from huying.places.queries.held import book
from huying.places.rules.book import AreaBook, AreaRow
from huying.places.rules.levels import Level, PlaceKind

# Metres a border may move on the map; finer for small areas, which are looked at from nearer.
_THIN: Final = {
    Level.CITY: 100.0,
    Level.DISTRICT: 40.0,
    Level.STREET: 20.0,
    Level.COMMUNITY: 8.0,
    Level.GRID: 3.0,
}
_DECIMALS: Final = 5  # about a metre

# What a map of the ground shows at most: the longest ways, and names for getting one's bearings.
_MOST_WAYS: Final = 3000
_MOST_NAMES: Final = 800
_WAY_DEGREES: Final = 0.00005  # about five metres

# Drawings live as long as the book they were drawn from.
_drawn: WeakKeyDictionary[AreaBook, dict[tuple[Level, bool], dict[str, Any]]] = WeakKeyDictionary()
_ground: WeakKeyDictionary[AreaBook, dict[str, Any]] = WeakKeyDictionary()


def area_features(district: int, level: Level, simplified: bool = True, scope: str = "") -> dict[str, Any]:
    """A FeatureCollection of the areas of a level in force that have an outline, within a code prefix.

    Each feature has ``id`` (the code as a number, as map libraries want it) and the properties ``code``,
    ``name``, ``parent``, ``lon`` and ``lat`` (where its name is written). Simplified: borders in common
    thinned together, 5 decimals; otherwise as drawn, 7 decimals. Not to be changed by the caller.
    """
    held = book(district)
    drawn = _drawn.setdefault(held, {})
    if (level, simplified) not in drawn:
        drawn[level, simplified] = _collection(held, level, simplified)
    whole = drawn[level, simplified]
    if not scope:
        return whole
    inside = [feature for feature in whole["features"] if feature["properties"]["code"].startswith(scope)]
    return {**whole, "features": inside}


def ground_features(district: int) -> dict[str, Any]:
    """A FeatureCollection of what people find their way by: roads and rivers as lines, estates and landmarks as points.

    Each feature has the properties ``kind`` (of ``PlaceKind``) and ``name``. Not to be changed by the caller.
    """
    held = book(district)
    drawn = _ground.setdefault(held, {})
    if not drawn:
        drawn.update({"type": "FeatureCollection", "features": [*_ways(district), *_names(district)]})
    return drawn


def _ways(district: int) -> list[dict[str, Any]]:
    kinds = [PlaceKind.ROAD.value, PlaceKind.RIVER.value]
    rows = Place.objects.filter(district=district, kind__in=kinds, geometry__isnull=False)
    ways = [
        (kind, name, geometry_of(way))
        for kind, name, way in rows.values_list("kind", "name", "geometry")
        if way
    ]
    ways = sorted(ways, key=lambda way: -way[2].length)[:_MOST_WAYS]
    return [_named(kind, name, to_geojson(way.simplify(_WAY_DEGREES), _DECIMALS)) for kind, name, way in ways]


def _names(district: int) -> list[dict[str, Any]]:
    kinds = [PlaceKind.LANDMARK.value, PlaceKind.ESTATE.value]
    # Landmarks before estates: in the order of the alphabet they happen to come last.
    rows = Place.objects.filter(district=district, kind__in=kinds).order_by("-kind", "name")
    return [
        _named(kind, name, {"type": "Point", "coordinates": [round(lon, _DECIMALS), round(lat, _DECIMALS)]})
        for kind, name, lon, lat in rows.values_list("kind", "name", "lon", "lat")[:_MOST_NAMES]
    ]


def _named(kind: str, name: str, geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"kind": kind, "name": name}, "geometry": geometry}


def _collection(held: AreaBook, level: Level, simplified: bool) -> dict[str, Any]:
    areas = [area for area in held.of_level(level) if area.outline is not None]
    outlines = [area.outline for area in areas]
    decimals = _DECIMALS if simplified else 7
    if simplified:
        outlines = thinned(outlines, _THIN[level])
    features = [
        _feature(area, to_geojson(shape, decimals)) for area, shape in zip(areas, outlines, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _feature(area: AreaRow, geometry: dict[str, Any]) -> dict[str, Any]:
    properties = {
        "code": area.code,
        "name": area.name,
        "parent": area.parent_code,
        "lon": area.lon,
        "lat": area.lat,
    }
    return {"type": "Feature", "id": int(area.code), "properties": properties, "geometry": geometry}
