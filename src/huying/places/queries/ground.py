"""What people find their way by under every map: roads, rivers, water and names, as one file or as tiles."""

from functools import cached_property, lru_cache
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from django.db.models import Count, Q
from shapely.geometry.base import BaseGeometry

from huying.geo.shapes import geometry_of, to_geojson
from huying.places.models import Place
from huying.places.queries.held import book
from huying.places.rules import tiles
from huying.places.rules.book import AreaBook
from huying.places.rules.levels import PlaceKind
from huying.places.rules.tiles import Mark

# As one file a map shows at most so many ways and names; a district with more is drawn in tiles.
_MOST_WAYS: Final = 3000
_MOST_NAMES: Final = 800
_WAY_DEGREES: Final = 0.00005  # about five metres
_DECIMALS: Final = 5  # about a metre
_DRAWN: Final = (PlaceKind.ROAD, PlaceKind.RIVER, PlaceKind.WATER)
# Landmarks before estates.
_NAMED: Final = (PlaceKind.LANDMARK, PlaceKind.ESTATE)
_TILES_KEPT: Final = 2048


class _Ground:
    """The marks of one district, found by place."""

    def __init__(self, district: int) -> None:
        self.ways = [Mark(kind, name, shape) for kind, name, shape in _ways(district)]
        self.names = [Mark(kind, name, shape) for kind, name, shape in _names(district)]
        self.marks = [*self.ways, *self.names]
        self.tree = shapely.STRtree(np.array([mark.shape for mark in self.marks], dtype=object))

    def within(self, west: float, south: float, east: float, north: float) -> list[Mark]:
        return [self.marks[at] for at in sorted(self.tree.query(shapely.box(west, south, east, north)))]

    @cached_property
    def whole(self) -> dict[str, Any]:
        """All in one collection; of a large district the longest ways."""
        ways = sorted(self.ways, key=lambda mark: -float(mark.shape.length))[:_MOST_WAYS]
        drawn = [(mark, mark.shape.simplify(_WAY_DEGREES)) for mark in ways]
        drawn += [(mark, mark.shape) for mark in self.names[:_MOST_NAMES]]
        return {"type": "FeatureCollection", "features": [_named(mark, shape) for mark, shape in drawn]}


# Drawings live as long as the book they were drawn from.
_grounds: WeakKeyDictionary[AreaBook, _Ground] = WeakKeyDictionary()
_large: WeakKeyDictionary[AreaBook, bool] = WeakKeyDictionary()


def ground_is_large(district: int) -> bool:
    """Whether the district's ways and names are more than one file should hold, so that tiles are asked for."""
    held = book(district)
    if held not in _large:
        kinds = Place.objects.filter(district=district).aggregate(
            ways=Count("id", filter=_is_way()), names=Count("id", filter=_is_name())
        )
        _large[held] = kinds["ways"] > _MOST_WAYS or kinds["names"] > _MOST_NAMES
    return _large[held]


def ground_features(district: int) -> dict[str, Any]:
    """A FeatureCollection of what people find their way by: lines, areas of water, estates and landmarks as points.

    Each feature has the properties ``kind`` (of ``PlaceKind``) and ``name``; of a large district the longest ways.
    Not to be changed by the caller.
    """
    return _ground(book(district), district).whole


def ground_tile(districts: tuple[int, ...], zoom: int, column: int, row: int) -> bytes:
    """One vector tile of these districts together (layer ``ways``); empty where there is nothing to be seen."""
    return _tile(tuple((book(code), code) for code in districts), zoom, column, row)


@lru_cache(_TILES_KEPT)
def _tile(books: tuple[tuple[AreaBook, int], ...], zoom: int, column: int, row: int) -> bytes:
    reach = tiles.reach_of(zoom, column, row)
    marks = [mark for held, code in books for mark in _ground(held, code).within(*reach)]
    return tiles.encode(zoom, column, row, marks)


def _ground(held: AreaBook, district: int) -> _Ground:
    found = _grounds.get(held)
    if found is None:
        # Tiles of the book before are asked for no more, and would keep it and its drawing.
        _tile.cache_clear()
        found = _grounds[held] = _Ground(district)
    return found


def _is_way() -> Q:
    return Q(kind__in=[kind.value for kind in _DRAWN], geometry__isnull=False)


def _is_name() -> Q:
    return Q(kind__in=[kind.value for kind in _NAMED])


def _ways(district: int) -> list[tuple[PlaceKind, str, BaseGeometry]]:
    rows = Place.objects.filter(_is_way(), district=district)
    found = rows.order_by("kind", "name", "id").values_list("kind", "name", "geometry")
    return [(PlaceKind(kind), name, geometry_of(way)) for kind, name, way in found.iterator(2000) if way]


def _names(district: int) -> list[tuple[PlaceKind, str, BaseGeometry]]:
    rows = Place.objects.filter(_is_name(), district=district)
    found = [
        (PlaceKind(kind), name, lon, lat)
        for kind, name, lon, lat in rows.values_list("kind", "name", "lon", "lat")
    ]
    found.sort(key=lambda one: (_NAMED.index(one[0]), one[1]))
    return [(kind, name, shapely.Point(lon, lat)) for kind, name, lon, lat in found]


def _named(mark: Mark, shape: BaseGeometry) -> dict[str, Any]:
    said = {"kind": mark.kind.value, "name": mark.name}
    return {"type": "Feature", "properties": said, "geometry": to_geojson(shape, _DECIMALS)}
