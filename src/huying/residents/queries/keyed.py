"""Key persons for whoever plans visits to them: who, where, how urgent; without anything that says who they are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.places.queries import area as area_row
from huying.residents.models import Building, KeyLabel, Person
from huying.residents.queries.persons import PersonLine, lines_of
from huying.residents.rules.kinds import CareLevel


@dataclass(frozen=True, slots=True)
class KeyPerson:
    """A key person. Where the building has no position it is the middle of its grid. ``since``: marked first."""

    id: int
    area: str
    lon: float
    lat: float
    level: CareLevel
    kinds: Sequence[str]
    since: date


def key_persons(district: int, area: str, persons: Collection[int] = ()) -> list[KeyPerson]:
    """Those of an area (or these of them) who are here today, by number; three queries. For planning, not for a page."""
    rows = KeyLabel.objects.filter(
        district=district, area__gte=area, area__lt=f"{area}:", ended_at=None
    ).order_by("person_id", "since", "id")  # fmt: skip
    if persons:
        rows = rows.extra(where=["person_id = ANY(%s)"], params=[list(persons)])
    marks: dict[int, list[KeyLabel]] = {}
    for row in rows:
        marks.setdefault(row.person_id, []).append(row)
    people = Person.objects.filter(district=district, left_at=None).extra(
        where=["id = ANY(%s)"], params=[list(marks)]
    )
    found = list(people.order_by("id"))
    spots = _spots(district, {one.building_id for one in found})
    return [_key(one, marks[one.id], spots) for one in found]


def _key(one: Person, marks: Sequence[KeyLabel], spots: Mapping[int, tuple[float, float]]) -> KeyPerson:
    level = min((CareLevel(mark.level) for mark in marks), key=lambda level: level.rank)
    lon, lat = spots[one.building_id]
    return KeyPerson(one.id, one.area, lon, lat, level, [mark.kind for mark in marks], marks[0].since)


def _spots(district: int, buildings: Collection[int]) -> Mapping[int, tuple[float, float]]:
    found = {}
    rows = Building.objects.filter(district=district).extra(where=["id = ANY(%s)"], params=[list(buildings)])
    for row in rows:
        lon, lat = row.lon, row.lat
        if lon is None or lat is None:
            middle = area_row(district, row.area)
            lon, lat = middle.lon or 0.0, middle.lat or 0.0
        found[row.id] = (lon, lat)
    return found


def lines_by_id(actor: Actor, persons: Collection[int], now: datetime) -> Mapping[int, PersonLine]:
    """Masked lines of persons of whom the caller knows that the actor has to do with them; who left is among them.

    Whoever was erased is not.
    """
    rows = Person.objects.filter(district=actor.district, id__in=list(persons), erased_at=None)
    return {line.id: line for line in lines_of(actor, list(rows), now)}


def person_area(district: int, person_id: int) -> str:
    """In which grid somebody lives who is in the register today. Raises NotFound."""
    rows = Person.objects.filter(district=district, id=person_id, left_at=None)
    found = rows.values_list("area", flat=True).first()
    if found is None:
        raise NotFound
    return found
