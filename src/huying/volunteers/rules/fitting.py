"""Whom a muster is for, and in which order they are told: the nearest first."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.emergency.rules.hours import Hours
from huying.geo.measure import distance
from huying.volunteers.rules.kinds import VolunteerKind

#: So many for each place are told at first; who is told and has nothing to do comes less gladly the next time.
PER_PLACE: Final = 4
LEAST_TOLD: Final = 20
_EARTH: Final = 10**9


@dataclass(frozen=True, slots=True)
class Person:
    """A registered volunteer as far as a muster looks at them. ``area``: where they registered, ``home``: the grid they
    start from, "" where nobody knows."""

    id: int
    kind: VolunteerKind
    area: str
    home: str
    skills: tuple[str, ...]
    hours: Hours
    lon: float | None
    lat: float | None
    metres: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a muster asks for. ``areas``: prefixes, any of which is enough; ``near``: no farther from the place than so
    many metres, 0 without such a circle; ``local``: when it begins, by the district's clock."""

    areas: tuple[str, ...]
    skills: tuple[str, ...] = ()
    only: VolunteerKind | None = None
    lon: float | None = None
    lat: float | None = None
    near: int = 0
    local: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fitting:
    """One whom it is for, and how many metres they have; None where nobody can say."""

    id: int
    metres: int | None


def far(person: Person, wanted: Wanted) -> int | None:
    """Metres from where they start to the place; None where either is not known."""
    if person.lon is None or person.lat is None or wanted.lon is None or wanted.lat is None:
        return None
    return round(distance(person.lon, person.lat, wanted.lon, wanted.lat))


def fits(person: Person, wanted: Wanted) -> bool:
    """Whether the muster is for them: where they registered or start, what they can, when and how far they go."""
    if not any(place.startswith(area) for area in wanted.areas for place in (person.area, person.home)):
        return False
    if wanted.only is not None and person.kind is not wanted.only:
        return False
    if wanted.skills and not set(wanted.skills) & set(person.skills):
        return False
    if wanted.local is not None and not person.hours.hold(wanted.local):
        return False
    return _near(far(person, wanted), person, wanted)


def fitting(people: Iterable[Person], wanted: Wanted) -> list[Fitting]:
    """Those whom it is for, the nearest first; whose way nobody knows comes last, in the order of their numbers."""
    found = [Fitting(one.id, far(one, wanted)) for one in people if fits(one, wanted)]
    return sorted(found, key=lambda one: (_EARTH if one.metres is None else one.metres, one.id))


def next_told(found: Sequence[Fitting], told: Collection[int], free: int) -> list[Fitting]:
    """The next to be told, while so many places are free."""
    most = max(LEAST_TOLD, free * PER_PLACE)
    return [one for one in found if one.id not in told][:most] if free > 0 else []


def _near(metres: int | None, person: Person, wanted: Wanted) -> bool:
    if metres is None:
        # A circle on the map is meant: who is nowhere on it is not within.
        return not wanted.near
    return metres <= person.metres and (not wanted.near or metres <= wanted.near)
