"""The areas and names of each district, held in the process and read anew when somebody has changed them.

A change is told by one token on the district's row, asked at most every few seconds; whoever writes calls
``forget``, so that the writing process itself sees its change at once. What was decided for a later day is
taken up when that moment comes.
"""

import threading
import time
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

import numpy as np

from huying.geo.shapes import geometry_of
from huying.kernel import clock
from huying.kernel.errors import NotFound
from huying.kernel.saying import said
from huying.places.models import Area, District, Place
from huying.places.queries.standing import in_force, next_turn, redrawn_codes
from huying.places.rules.book import AreaBook, AreaRow
from huying.places.rules.levels import Level, PlaceKind
from huying.places.rules.reading.gazetteer import PlaceRow
from huying.places.rules.reading.reader import Reader

FRESH: Final = 3.0  # seconds


@dataclass(slots=True)
class _Held:
    revision: UUID
    asked: float
    book: AreaBook
    until: datetime | None = None
    reader: Reader | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_held: dict[int, _Held] = {}
_lock = threading.Lock()


def book(district: int) -> AreaBook:
    """The district's areas in force; NotFound when there is no such district."""
    return _current(district).book


def book_at(district: int, at: datetime) -> AreaBook:
    """The district's areas as they held at a moment, read anew; NotFound when there is no such district."""
    held = book(district)
    return AreaBook(district, held.name, _areas(district, at), held.city)


def reader(district: int) -> Reader:
    """The district's reader of addresses, built from its areas and gazetteer on first use."""
    held = _current(district)
    with held.lock:
        if held.reader is None:
            held.reader = Reader(held.book, _places(district, held.book))
        return held.reader


def forget(district: int) -> None:
    """Drop what is held, after a change or between tests."""
    with _lock:
        _held.pop(district, None)


def _current(district: int) -> _Held:
    held = _held.get(district)
    if held is not None and time.monotonic() - held.asked < FRESH:
        return held
    row = District.objects.filter(code=district).values_list("revision", "name", "city").first()
    if row is None:
        forget(district)
        raise NotFound(said("没有代码为 %(district)s 的区。", district=district))
    revision, name, city = row
    now = clock.now()
    if held is None or held.revision != revision or (held.until is not None and held.until <= now):
        areas = AreaBook(district, name, _areas(district, now), city)
        held = _Held(revision, 0.0, areas, next_turn(district, now))
    held.asked = time.monotonic()
    with _lock:
        _held[district] = held
    return held


def _areas(district: int, now: datetime) -> list[AreaRow]:
    rows = Area.objects.filter(in_force(now), district=district).values_list(
        "code", "level", "name", "parent_code", "lon", "lat", "geometry"
    )
    return [
        AreaRow(code, Level(level), name, parent, lon, lat, geometry_of(shape) if shape else None)
        for code, level, name, parent, lon, lat, shape in rows
    ]


def _places(district: int, areas: AreaBook) -> list[PlaceRow]:
    rows = Place.objects.filter(district=district).values_list(
        "name", "aliases", "kind", "lon", "lat", "area_code", "address", "geometry"
    )
    found = [
        PlaceRow(
            name, tuple(aliases), PlaceKind(kind), lon, lat, code, address, geometry_of(way) if way else None
        )
        for name, aliases, kind, lon, lat, code, address, way in rows.iterator(chunk_size=5000)
    ]
    return _placed_anew(found, areas, redrawn_codes(district, clock.now()))


def _placed_anew(places: list[PlaceRow], areas: AreaBook, redrawn: set[str]) -> list[PlaceRow]:
    """Places of areas that have been redrawn, with the area they lie in now."""
    moved = [place for place, row in enumerate(places) if row.area_code in redrawn]
    if moved:
        lons = np.array([places[place].lon for place in moved])
        lats = np.array([places[place].lat for place in moved])
        for place, code in zip(moved, areas.locate_many(lons, lats)[0], strict=True):
            places[place] = replace(places[place], area_code=code or places[place].area_code)
    return places
