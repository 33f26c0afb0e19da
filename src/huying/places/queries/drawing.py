"""Areas as compact GeoJSON for the pages' maps."""

from typing import Any, Final
from weakref import WeakKeyDictionary

from huying.geo.shapes import simplified as thinned
from huying.geo.shapes import to_geojson
from huying.places.queries.held import book
from huying.places.rules.book import AreaBook, AreaRow
from huying.places.rules.levels import Level

# Metres a border may move on the map; finer for small areas, which are looked at from nearer.
_THIN: Final = {
    Level.CITY: 100.0,
    Level.DISTRICT: 40.0,
    Level.STREET: 20.0,
    Level.COMMUNITY: 8.0,
    Level.GRID: 3.0,
}
_DECIMALS: Final = 5  # about a metre

# Drawings live as long as the book they were drawn from.
_drawn: WeakKeyDictionary[AreaBook, dict[tuple[Level, bool], dict[str, Any]]] = WeakKeyDictionary()


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
