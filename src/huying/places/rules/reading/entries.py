"""Every word under which an area or a place is known."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from huying.places.rules.book import AreaBook, AreaRow
from huying.places.rules.levels import Level
from huying.places.rules.names import normal_form, number, plain
from huying.places.rules.reading.gazetteer import Named, PlaceRow

_SAID: Final = {
    Level.STREET: ("街道", "街道办", "街道办事处", "镇"),
    Level.COMMUNITY: ("社区", "居委会", "社区居委会", "社区工作站", "村", "村委会"),
}
_SHORT: Final = 0.8  # 龙田 may be the street, and may be something else of that name
_ALIAS: Final = 0.9
_BUILDING: Final = re.compile(
    r"^(?P<estate>.{2,}?)(?P<house>\d{1,3}|[一二三四五六七八九十]{1,3})(?:号楼|栋|幢|座|号)$"
)


def area_entries(book: AreaBook) -> Iterator[tuple[str, Named]]:
    """Words for the district's areas: official names, usual endings, and the bare name with some doubt.

    The names of the city and the district are words too, without a position: they keep 坪山区 from being
    read as the street 坪山.
    """
    for name in book.above:
        yield name, Named(name, "", None, None, Level.DISTRICT)
    for area in book.areas:
        if area.level not in (Level.CITY, Level.DISTRICT):
            yield from _area(area, book.above)


def _area(area: AreaRow, above: Iterable[str]) -> Iterator[tuple[str, Named]]:
    sure = Named(area.name, area.code, area.lon, area.lat, area.level)
    short = normal_form(area.name, area.level, tuple(above))
    yield area.name, sure
    if len(short) < 2:
        return
    for ending in _SAID.get(area.level, ()):
        yield short + ending, sure
    if area.level is not Level.GRID:
        yield short, Named(area.name, area.code, area.lon, area.lat, area.level, doubt=_SHORT)


def place_entries(places: Iterable[PlaceRow]) -> Iterator[tuple[str, Named]]:
    """Words for the places: name and aliases."""
    for place in places:
        yield place.name, Named(place.name, place.area_code, place.lon, place.lat, place=place)
        for alias in place.aliases:
            yield alias, Named(place.name, place.area_code, place.lon, place.lat, place=place, doubt=_ALIAS)


def building_key(name: str) -> tuple[str, int] | None:
    """Estate and number of a building's name: 金色花园3栋 and 金色花园三号楼 are one; None if it has none."""
    found = _BUILDING.match(plain(name))
    house = number(found["house"]) if found else None
    return (found["estate"], house) if found and house is not None else None
