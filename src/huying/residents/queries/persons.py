"""Persons as lists and cards show them: masked. Whoever shows them has it written down (``actions.seeing``)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.residents.models import Building, Home, Household, KeyLabel, Person
from huying.residents.policy import READ, must, visible_to
from huying.residents.queries.kinds import names_for
from huying.residents.queries.sealed import masked_name
from huying.residents.rules.kinds import CareLevel
from huying.residents.rules.registering import age_of


@dataclass(frozen=True, slots=True)
class LabelInfo:
    """One mark of a person; ``name`` is the kind as the reader may know it."""

    id: int
    kind: str
    name: str
    level: CareLevel
    since: date
    why: str
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a list, masked. ``where``: building and room; ``level``: the highest of their marks."""

    id: int
    name: str
    sex: str
    age: int | None
    area: str
    where: str
    building_id: int
    lon: float | None
    lat: float | None
    labels: Sequence[LabelInfo]
    left: bool

    @property
    def level(self) -> CareLevel | None:
        """None for who is no key person."""
        return min((one.level for one in self.labels), key=lambda one: one.rank, default=None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows a list: ``key``: only key persons, of a kind or a level; ``word``: within estate, building."""

    area: str = ""
    kind: str = ""
    level: CareLevel | None = None
    key: bool = False
    word: str = ""
    building_id: int | None = None
    gone: bool = False


def people(actor: Actor, asked: Asked, now: datetime, after: int = 0, limit: int = 50) -> list[PersonLine]:
    """The persons an actor sees above id ``after``, in the order they were registered; five queries. Raises Denied."""
    must(actor, READ)
    rows = _narrowed(Person.objects.filter(visible_to(actor), id__gt=after, erased_at=None), asked)
    return lines_of(actor, list(rows.order_by("id")[:limit]), now)


def person_row(actor: Actor, person_id: int) -> Person:
    """Its row, for this package. Raises NotFound, Denied."""
    must(actor, READ)
    row = Person.objects.filter(visible_to(actor), id=person_id, erased_at=None).first()
    if row is None:
        raise NotFound
    return row


def lines_of(actor: Actor, rows: Sequence[Person], now: datetime) -> list[PersonLine]:
    """These rows as lines; four queries."""
    if not rows:
        return []
    district, today = rows[0].district, localdate(now)
    labels = labels_of(actor, district, [row.id for row in rows])
    where = places_of(district, rows)
    return [
        PersonLine(
            row.id, masked_name(district, row.name_sealed), row.sex, age_of(row.born, today), row.area,
            where[row.id].words, row.building_id, where[row.id].lon, where[row.id].lat, labels.get(row.id, ()),
            row.left_at is not None,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """Where somebody lives."""

    words: str
    room: str
    lon: float | None
    lat: float | None


def places_of(district: int, rows: Collection[Person]) -> Mapping[int, Where]:
    """Person to where they live; three queries."""
    households = dict(
        Household.objects.filter(district=district, id__in={row.household_id for row in rows}).values_list(
            "id", "home_id"
        )
    )
    homes = dict(
        Home.objects.filter(district=district, id__in=set(households.values())).values_list("id", "number")
    )
    buildings = {
        one.id: one
        for one in Building.objects.filter(district=district, id__in={row.building_id for row in rows})
    }
    found = {}
    for row in rows:
        one, room = buildings[row.building_id], homes.get(households.get(row.household_id, 0), "")
        title = one.name if one.name.startswith(one.estate) else f"{one.estate}{one.name}"
        found[row.id] = Where(f"{title} {room}", room, one.lon, one.lat)
    return found


def labels_of(actor: Actor, district: int, persons: Collection[int]) -> Mapping[int, Sequence[LabelInfo]]:
    """Person to the marks in force, the most urgent first; two queries."""
    names, found = names_for(actor, district), defaultdict[int, list[LabelInfo]](list)
    rows = KeyLabel.objects.filter(district=district, person_id__in=list(persons), ended_at=None)
    for row in rows.order_by("since", "id"):
        found[row.person_id].append(label(row, names))
    return {person: sorted(those, key=lambda one: one.level.rank) for person, those in found.items()}


def label(row: KeyLabel, names: Mapping[str, str]) -> LabelInfo:
    """A row as it is shown."""
    return LabelInfo(
        row.id,
        row.kind,
        names.get(row.kind, row.kind),
        CareLevel(row.level),
        row.since,
        row.why,
        row.ended_at,
    )


def _narrowed(rows: QuerySet[Person], asked: Asked) -> QuerySet[Person]:
    rows = rows.filter(left_at__isnull=not asked.gone)
    if asked.area:
        rows = rows.filter(area__gte=asked.area, area__lt=f"{asked.area}:")
    if asked.building_id is not None:
        rows = rows.filter(building_id=asked.building_id)
    if asked.key or asked.kind or asked.level:
        marked = KeyLabel.objects.filter(
            district=OuterRef("district"), person_id=OuterRef("id"), ended_at=None
        )
        marked = marked.filter(kind=asked.kind) if asked.kind else marked
        marked = marked.filter(level=asked.level.value) if asked.level else marked
        rows = rows.filter(Exists(marked))
    if asked.word.strip():
        here = Building.objects.filter(district=OuterRef("district"), id=OuterRef("building_id")).extra(
            where=["position(%s in estate || name || ' ' || address) > 0"], params=[asked.word.strip()]
        )
        rows = rows.filter(Exists(here))
    return rows
