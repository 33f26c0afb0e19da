"""The district's units in memory: read whole, kept until the register says they changed.

A district has some hundred units and some thousand bearings, asked for on every dispatch. The register's
number is looked at most once a second in each process, so a change is seen everywhere within a second and
at once in the process that made it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Final

from huying.people.models import Bearing, Body, BodyAlias, Register
from huying.people.rules.kinds import BodyKind
from huying.people.rules.names import normal_unit_name

LOOK_AGAIN_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class BodyInfo:
    """A unit. ``area`` is the prefix it belongs to; the dates (the district's own days) bound its life."""

    id: int
    code: str
    name: str
    short_name: str
    kind: BodyKind
    area: str
    parent_id: int | None
    active_from: date | None
    active_to: date | None

    def active_on(self, day: date) -> bool:
        return _within(day, self.active_from, self.active_to)


@dataclass(frozen=True, slots=True)
class Book:
    """Everything about the units of one district, as of one revision of its register."""

    revision: int
    bodies: Mapping[int, BodyInfo]
    by_name: Mapping[str, int]
    bearings: tuple[tuple[str, str, int, date | None, date | None], ...]

    def borne_on(self, day: date) -> dict[tuple[str, str], int]:
        return {
            (duty, area): body_id
            for duty, area, body_id, since, until in self.bearings
            if _within(day, since, until)
        }


_shelf: dict[int, tuple[float, Book]] = {}
_borne: dict[int, tuple[int, date, Mapping[tuple[str, str], int]]] = {}
_active: dict[int, tuple[int, date, tuple[BodyInfo, ...]]] = {}


def book_of(district: int) -> Book:
    """The current book of a district; empty for one without units."""
    looked_at, book = _shelf.get(district, (0.0, None))
    if book is not None and monotonic() - looked_at < LOOK_AGAIN_SECONDS:
        return book
    revision = Register.objects.filter(pk=district).values_list("revision", flat=True).first() or 0
    if book is None or book.revision != revision:
        book = _read(district, revision)
    _shelf[district] = (monotonic(), book)
    return book


def active_in(district: int, day: date) -> tuple[BodyInfo, ...]:
    """The units active on one day, by kind and name; made once for each revision and day."""
    book = book_of(district)
    kept = _active.get(district)
    if kept is None or kept[:2] != (book.revision, day):
        active = [info for info in book.bodies.values() if info.active_on(day)]
        kept = (book.revision, day, tuple(sorted(active, key=lambda info: (info.kind, info.name))))
        _active[district] = kept
    return kept[2]


def borne_in(district: int, day: date) -> Mapping[tuple[str, str], int]:
    """(duty, area prefix) → body id on one day; made once for each revision and day."""
    book = book_of(district)
    kept = _borne.get(district)
    if kept is None or kept[:2] != (book.revision, day):
        kept = (book.revision, day, book.borne_on(day))
        _borne[district] = kept
    return kept[2]


def forget(district: int) -> None:
    """Look at the register again at the next question (after a change made by this process)."""
    _shelf.pop(district, None)
    _borne.pop(district, None)


def _read(district: int, revision: int) -> Book:
    bodies = {row.pk: _info(row) for row in Body.objects.filter(district=district)}
    by_name = dict(BodyAlias.objects.filter(district=district).values_list("name", "body_id"))
    for info in bodies.values():
        by_name.setdefault(normal_unit_name(info.short_name), info.id)
    by_name.update({normal_unit_name(info.name): info.id for info in bodies.values()})
    bearings = Bearing.objects.filter(district=district).order_by("valid_from", "id")
    rows = bearings.values_list("duty", "area", "body_id", "valid_from", "valid_to")
    return Book(revision=revision, bodies=bodies, by_name=by_name, bearings=tuple(rows))


def _info(row: Body) -> BodyInfo:
    return BodyInfo(
        id=row.pk,
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        kind=BodyKind(row.kind),
        area=row.area,
        parent_id=row.parent_id,
        active_from=row.active_from,
        active_to=row.active_to,
    )


def _within(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day < until)
