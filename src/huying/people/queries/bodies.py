"""Which units there are and which of them bears a duty where."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localdate

from huying.kernel.errors import NotFound
from huying.people.queries.book import BodyInfo, active_in, book_of, borne_in
from huying.people.rules.names import normal_unit_name

__all__ = [
    "BodyInfo",
    "bearing",
    "bodies",
    "body",
    "body_for",
    "closed_bodies",
    "find_body",
    "register_of",
    "spellings_of",
    "unit_names",
]

_PREFIXES: Final = (15, 12, 9, 6)


def register_of(district: int) -> int:
    """A number that is another one after every change of units, of their spellings or of who bears what."""
    return book_of(district).revision


def body(district: int, body_id: int) -> BodyInfo:
    """One unit, also one no longer active. Raises ``NotFound``."""
    info = book_of(district).bodies.get(body_id)
    if info is None:
        raise NotFound
    return info


def bodies(district: int, now: datetime) -> tuple[BodyInfo, ...]:
    """The units active at ``now``, by kind and name."""
    return active_in(district, _day(now))


def unit_names(district: int) -> dict[int, str]:
    """How every unit is called for short, also those closed meanwhile: what they did is still theirs."""
    return {info.id: info.short_name or info.name for info in book_of(district).bodies.values()}


def closed_bodies(district: int, now: datetime) -> tuple[BodyInfo, ...]:
    """The units that are closed at ``now``, by kind and name."""
    day = _day(now)
    closed = (info for info in book_of(district).bodies.values() if not info.active_on(day))
    return tuple(sorted(closed, key=lambda info: (info.kind, info.name)))


def spellings_of(district: int, body_id: int) -> list[str]:
    """The spellings in normal form by which a unit is known beside its names."""
    info = body(district, body_id)
    names = {normal_unit_name(info.name), normal_unit_name(info.short_name)}
    return sorted(
        name for name, who in book_of(district).by_name.items() if who == body_id and name not in names
    )


def find_body(district: int, name: str) -> BodyInfo | None:
    """The unit meant by a spelling: its name, short name or an alias, compared in normal form."""
    book = book_of(district)
    body_id = book.by_name.get(normal_unit_name(name))
    return None if body_id is None else book.bodies[body_id]


def bearing(district: int, now: datetime) -> Mapping[tuple[str, str], int]:
    """(duty code, area prefix) → body id, as valid on the day of ``now``. Do not change it: it is shared."""
    return borne_in(district, _day(now))


def body_for(district: int, duty: str, area: str, now: datetime) -> int | None:
    """The body that bears ``duty`` at an area code: the longest prefix wins, then duty ``""`` (兜底).

    The body of last resort is whoever bears the empty duty at the longest prefix. None when nobody does.
    """
    borne = bearing(district, now)
    places = list(_prefixes(area))
    found = (borne.get((wanted, place)) for wanted in (duty, "") for place in places)
    return next((body_id for body_id in found if body_id is not None), None)


def _prefixes(area: str) -> Iterator[str]:
    return (area[:length] for length in _PREFIXES if len(area) >= length)


def _day(now: datetime) -> date:
    return localdate(now)
