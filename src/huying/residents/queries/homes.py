"""Buildings with how many live in them, and one building flat by flat."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.residents.models import Building, Home, Household, KeyLabel, Person
from huying.residents.policy import EDIT, READ, may_at, must, visible_to
from huying.residents.queries.sealed import masked_name
from huying.residents.rules.kinds import HomeUse, HouseholdKind, Relation


@dataclass(frozen=True, slots=True)
class BuildingInfo:
    """One building; ``people`` and ``keys``: who lives there, and how many of them are key persons."""

    id: int
    name: str
    estate: str
    address: str
    area: str
    lon: float | None
    lat: float | None
    floors: int
    people: int
    keys: int
    editable: bool
    ended: bool

    @property
    def title(self) -> str:
        """As people say it: 春风小区3栋."""
        return self.name if self.name.startswith(self.estate) else f"{self.estate}{self.name}"


@dataclass(frozen=True, slots=True)
class Lodger:
    """Somebody in a flat, masked."""

    id: int
    name: str
    relation: Relation
    key: bool


@dataclass(frozen=True, slots=True)
class Flat:
    """A flat with one of its households; a flat without anybody stands once."""

    id: int
    number: str
    use: HomeUse
    household: int
    kind: HouseholdKind | None
    people: Sequence[Lodger]


def buildings_for(
    actor: Actor, area: str = "", word: str = "", after: int = 0, limit: int = 50
) -> list[BuildingInfo]:
    """The buildings an actor sees, in the order they were registered, above id ``after``. Raises Denied."""
    must(actor, READ)
    rows = Building.objects.filter(visible_to(actor), id__gt=after, ended_at=None)
    if area:
        rows = rows.filter(area__startswith=area)
    if word.strip():
        rows = rows.extra(
            where=["position(%s in estate || name || ' ' || address) > 0"], params=[word.strip()]
        )
    found = list(rows.order_by("id")[:limit])
    people, keys = _counted(actor.district, [row.id for row in found])
    return [info(actor, row, people[row.id], keys[row.id]) for row in found]


def building_for(actor: Actor, building_id: int) -> BuildingInfo:
    """One of them. Raises NotFound for one that is not seen, Denied."""
    row = building_row(actor, building_id)
    people, keys = _counted(actor.district, [row.id])
    return info(actor, row, people[row.id], keys[row.id])


def building_row(actor: Actor, building_id: int) -> Building:
    """Its row, for this package. Raises NotFound, Denied."""
    must(actor, READ)
    row = Building.objects.filter(visible_to(actor), id=building_id).first()
    if row is None:
        raise NotFound
    return row


def flats_for(actor: Actor, building_id: int) -> list[Flat]:
    """Every flat of a building with its households, by number; four queries. Raises NotFound, Denied."""
    row = building_row(actor, building_id)
    homes = list(Home.objects.filter(district=row.district, building_id=row.id))
    held = Household.objects.filter(district=row.district, home_id__in=[home.id for home in homes])
    persons = list(
        Person.objects.filter(district=row.district, building_id=row.id, left_at=None).order_by("id")
    )
    keys = set(
        KeyLabel.objects.filter(
            district=row.district, person_id__in=[one.id for one in persons], ended_at=None
        ).values_list("person_id", flat=True)
    )
    living: dict[int, list[Lodger]] = defaultdict(list)
    for one in persons:
        name = masked_name(row.district, one.name_sealed)
        living[one.household_id].append(Lodger(one.id, name, Relation(one.relation), one.id in keys))
    by_home: dict[int, list[Household]] = defaultdict(list)
    for household in held.order_by("number"):
        by_home[household.home_id].append(household)
    return [
        Flat(home.id, home.number, HomeUse(home.use), number, kind, people)
        for home in sorted(homes, key=lambda home: (len(home.number), home.number))
        for number, kind, people in _households(by_home[home.id], living)
    ]


def _households(
    held: Sequence[Household], living: dict[int, list[Lodger]]
) -> list[tuple[int, HouseholdKind | None, Sequence[Lodger]]]:
    told: list[tuple[int, HouseholdKind | None, Sequence[Lodger]]] = [
        (one.number, HouseholdKind(one.kind), living[one.id]) for one in held if living[one.id]
    ]
    return told or [(1, None, ())]


def info(actor: Actor, row: Building, people: int = 0, keys: int = 0) -> BuildingInfo:
    """A row as it is shown."""
    return BuildingInfo(
        row.id, row.name, row.estate, row.address, row.area, row.lon, row.lat, row.floors, people, keys,
        may_at(actor, EDIT, row.area), row.ended_at is not None,
    )  # fmt: skip


def _counted(district: int, buildings: Sequence[int]) -> tuple[Counter[int], Counter[int]]:
    if not buildings:
        return Counter(), Counter()
    rows = Person.objects.filter(district=district, building_id__in=list(buildings), left_at=None)
    where = dict(rows.values_list("id", "building_id"))
    labelled = KeyLabel.objects.filter(district=district, person_id__in=list(where), ended_at=None)
    key_persons = set(labelled.values_list("person_id", flat=True))
    return Counter(where.values()), Counter(where[one] for one in key_persons)
