"""Units of the joint meeting as pages show them; telephones masked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.people.models.keyring import keyring
from huying.people.rules.masking import mask_phone
from huying.volunteers.models import Listing, Project, Unit, Volunteer
from huying.volunteers.policy import UNITS, about, may_at
from huying.volunteers.queries.people import must_read
from huying.volunteers.rules.kinds import UnitKind


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit. ``offers``, ``projects``, ``done``, ``people``: what it offers now, took up, brought to an end, and
    how many registered as its people."""

    id: int
    name: str
    kind: UnitKind
    area: str
    contact: str
    phone: str
    words: str
    body_id: int | None
    made_at: datetime
    left_at: datetime | None
    offers: int
    projects: int
    done: int
    people: int
    editable: bool


@dataclass(frozen=True, slots=True)
class UnitFilter:
    """Which units; ``left``: those that take part no more."""

    kind: str = ""
    area: str = ""
    words: str = ""
    left: bool = False


def units_for(
    actor: Actor, wanted: UnitFilter, *, before: int | None = None, limit: int = 50
) -> list[UnitRow]:
    """Those the actor sees, the newest first; four statements. Raises Denied."""
    must_read(actor)
    rows = Unit.objects.filter(about(actor) & _asked(wanted))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _rows(actor, list(rows.order_by("-id")[:limit]))


def unit_for(actor: Actor, unit_id: int) -> UnitRow:
    """One of them. Raises NotFound, Denied."""
    must_read(actor)
    found = _rows(actor, list(Unit.objects.filter(about(actor), id=unit_id)))
    if not found:
        raise NotFound
    return found[0]


def unit_choices(district: int, area: str = "") -> list[tuple[int, str]]:
    """(id, name) of the units that take part, of an area and those above it; "" for the whole district."""
    rows = Unit.objects.filter(district=district, left_at=None)
    if area:
        above = [area[:digits] for digits in (9, 12) if digits < len(area)]
        rows = rows.filter(Q(area__gte=area, area__lt=f"{area}:") | Q(area__in=above))
    return list(rows.order_by("name").values_list("id", "name"))


def place(district: int) -> str:
    """What the sealed phone of a unit's contact is bound to."""
    return f"{district}:unit.phone"


def opened(row: Unit) -> str:
    """The whole number; "" for none."""
    return keyring().open(row.phone_sealed, place(row.district))


def _rows(actor: Actor, rows: list[Unit]) -> list[UnitRow]:
    ids, district = [row.id for row in rows], actor.district
    offers = _count(
        Listing.objects.filter(district=district, unit_id__in=ids, sheet="resource", ended_at=None)
    )
    people = _count(Volunteer.objects.filter(district=district, unit_id__in=ids, left_at=None))
    taken = Project.objects.filter(district=district, unit_id__in=ids).values("unit_id")
    projects = {
        one["unit_id"]: (one["all"], one["done"])
        for one in taken.annotate(all=Count("id"), done=Count("id", filter=Q(done_at__isnull=False)))
    }
    return [
        UnitRow(
            row.id, row.name, UnitKind(row.kind), row.area, row.contact, mask_phone(opened(row)), row.words,
            row.body_id, row.made_at, row.left_at, offers.get(row.id, 0), *projects.get(row.id, (0, 0)),
            people.get(row.id, 0), may_at(actor, UNITS, row.area),
        )
        for row in rows
    ]  # fmt: skip


def _count(rows: QuerySet[Any]) -> Mapping[int, int]:
    return {unit: n for unit, n in rows.values_list("unit_id").annotate(n=Count("id")) if unit is not None}


def _asked(wanted: UnitFilter) -> Q:
    asked = Q(left_at__isnull=not wanted.left)
    if wanted.kind:
        asked &= Q(kind=wanted.kind)
    if wanted.area:
        asked &= Q(area__gte=wanted.area, area__lt=f"{wanted.area}:")
    return asked & Q(name__icontains=wanted.words) if wanted.words else asked
