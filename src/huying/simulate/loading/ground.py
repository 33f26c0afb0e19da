"""A made district's areas and gazetteer into ``places``."""

from collections.abc import Iterator
from datetime import datetime

from shapely import MultiPolygon, Polygon

from huying.geo.shapes import geometry_of
from huying.places.actions import add_places, put_areas, put_district
from huying.places.rules.book import AreaRow
from huying.places.rules.drafts import AreaDraft, PlaceDraft
from huying.places.rules.levels import Level, PlaceKind
from huying.places.rules.reading.gazetteer import PlaceRow
from huying.simulate.land import Area, Land, Road

SOURCE = "演示数据"


def open_district(land: Land, city: str, now: datetime) -> None:
    """Open the district with its areas of every level and its named places; doing it twice changes nothing."""
    district, whole = int(land.code), land.areas[0]
    put_district(district, land.name, city=city, lon=whole.lon, lat=whole.lat)
    put_areas(district, [_area(area) for area in land.areas], now=now, source=SOURCE)
    add_places(district, _places(land))


def reading_rows(land: Land) -> tuple[list[AreaRow], list[PlaceRow]]:
    """Areas and places as reading asks for them, without a database."""
    areas = [
        AreaRow(area.code, Level(area.level), area.name, _parent(area), area.lon, area.lat, _shape(area))
        for area in land.areas
    ]
    places = [
        PlaceRow(
            place.name, tuple(place.aliases), place.kind, place.lon, place.lat, place.area_code, place.address,
            geometry_of(place.geometry) if place.geometry else None,
        )
        for place in _places(land)
    ]  # fmt: skip
    return areas, places


def _area(area: Area) -> AreaDraft:
    return AreaDraft(area.name, Level(area.level), _shape(area), area.code, _parent(area))


def _parent(area: Area) -> str:
    return area.parent if area.level != "district" else ""


def _shape(area: Area) -> Polygon | MultiPolygon:
    parts = [Polygon(rings[0], rings[1:]) for rings in area.polygons]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _places(land: Land) -> Iterator[PlaceDraft]:
    courses = {road.name: road for road in land.roads}
    for spot in land.spots:
        course = courses.get(spot.name) if spot.kind in ("road", "river") else None
        yield PlaceDraft(
            name=spot.name,
            kind=PlaceKind(spot.kind),
            lon=spot.lon,
            lat=spot.lat,
            aliases=spot.aliases,
            area_code=spot.area,
            address=spot.address,
            geometry=_course(course) if course else None,
        )


def _course(road: Road) -> dict[str, object]:
    return {
        "type": "MultiLineString",
        "coordinates": [[list(point) for point in line] for line in road.lines],
    }
