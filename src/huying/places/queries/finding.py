"""Named places and areas whose name holds what somebody is typing."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Value
from django.db.models.functions import Length, StrIndex

from huying.places.models import Place
from huying.places.queries.held import book, reader
from huying.places.rules.levels import Level, PlaceKind

_SURE_ENOUGH: Final = 0.5
_LONG: Final = frozenset({PlaceKind.ROAD.value, PlaceKind.RIVER.value})


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place to choose: its name, the names of the areas around it, its position in CGCS2000 degrees.

    A road or river has no position: a point on it would say more than its name does.
    """

    name: str
    around: tuple[str, ...]
    lon: float | None
    lat: float | None


def find_places(district: int, text: str, limit: int = 6) -> list[FoundPlace]:
    """What ``text`` names, then what begins with it or holds it, the shortest names first; each once.

    Empty for fewer than two characters.
    """
    typed = text.strip()
    if len(typed) < 2:
        return []
    named = [
        FoundPlace(guess.name, _around(district, guess.area), guess.lon, guess.lat)
        for guess in reader(district).guess(typed)
        if guess.name and guess.area and guess.confidence >= _SURE_ENOUGH
    ]
    found = {
        (one.name, one.around): one
        for one in [*named, *_communities(district, typed), *_places(district, typed, limit)]
    }
    return list(found.values())[:limit]


def _places(district: int, typed: str, limit: int) -> list[FoundPlace]:
    rows = (
        Place.objects.filter(district=district, name__contains=typed)
        .order_by(StrIndex("name", Value(typed)), Length("name"), "name")
        .values_list("kind", "name", "area_code", "lon", "lat")[:limit]
    )
    return [
        FoundPlace(name, (), None, None)
        if kind in _LONG
        else FoundPlace(name, _around(district, code), lon, lat)
        for kind, name, code, lon, lat in rows
    ]


def _communities(district: int, typed: str) -> list[FoundPlace]:
    return [
        FoundPlace(area.name, _around(district, area.code)[:-1], area.lon, area.lat)
        for area in book(district).of_level(Level.COMMUNITY)
        if typed in area.name and area.lon is not None and area.lat is not None
    ]


def _around(district: int, code: str) -> tuple[str, ...]:
    """Street and community."""
    return book(district).path(code)[1:3] if code else ()
