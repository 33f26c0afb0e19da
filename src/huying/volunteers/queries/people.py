"""Who is registered: lists with filters, and one of them; numbers masked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Sum

from huying.access.actor import Actor
from huying.emergency.rules.hours import Hours
from huying.kernel.errors import Denied, NotFound
from huying.people.queries import callers_masked
from huying.volunteers.models import Claim, Unit, Volunteer
from huying.volunteers.policy import READ, REGISTER, may_at, within
from huying.volunteers.rules.kinds import Standing, VolunteerKind


@dataclass(frozen=True, slots=True)
class VolunteerRow:
    """One volunteer; the phone masked. ``came``, ``absent``: how often they came, and held a place and did not come;
    ``minutes``: what they were credited in all."""

    id: int
    caller_id: int
    kind: VolunteerKind
    name: str
    phone: str
    area: str
    unit_id: int | None
    unit_name: str
    skills: tuple[str, ...]
    hours: Hours
    metres: int
    lon: float | None
    lat: float | None
    emergency: bool
    agreed_at: datetime
    made_at: datetime
    made_by: str
    rests_since: datetime | None
    left_at: datetime | None
    came: int
    absent: int
    minutes: int
    editable: bool


@dataclass(frozen=True, slots=True)
class VolunteerFilter:
    """Which volunteers; ``words`` within the name. ``state``: "" who may be called, resting, left."""

    kind: str = ""
    skill: str = ""
    area: str = ""
    unit_id: int | None = None
    words: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Gave:
    """What somebody gave so far."""

    came: int = 0
    absent: int = 0
    minutes: int = 0


def volunteers_for(
    actor: Actor, wanted: VolunteerFilter, *, before: int | None = None, limit: int = 50
) -> list[VolunteerRow]:
    """Those the actor sees, the newest first, below id ``before``; four statements. Raises Denied."""
    rows = _fitting(actor, wanted)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return rows_of(actor, rows.order_by("-id")[:limit])


def volunteer_for(actor: Actor, volunteer_id: int) -> VolunteerRow:
    """One of them. Raises NotFound, Denied."""
    must_read(actor)
    found = rows_of(actor, Volunteer.objects.filter(within(actor), id=volunteer_id))
    if not found:
        raise NotFound
    return found[0]


def counts_for(actor: Actor, wanted: VolunteerFilter) -> Mapping[VolunteerKind, int]:
    """How many fit, by kind."""
    found = dict(_fitting(actor, wanted).values_list("kind").annotate(n=Count("id")))
    return {kind: found.get(kind.value, 0) for kind in VolunteerKind}


def rows_of(actor: Actor, found: Iterable[Volunteer]) -> list[VolunteerRow]:
    """These as the actor may see them."""
    rows = list(found)
    district = actor.district
    callers = callers_masked(district, [row.caller_id for row in rows])
    units = names_of(district, {row.unit_id for row in rows if row.unit_id})
    gave = given_by(district, [row.id for row in rows])
    return [
        VolunteerRow(
            row.id, row.caller_id, VolunteerKind(row.kind), row.name,
            callers[row.caller_id].phone if row.caller_id in callers and row.left_at is None else "", row.area,
            row.unit_id, units.get(row.unit_id or 0, "") or row.unit_text, tuple(row.skills),
            Hours(row.days, row.since, row.until), row.metres, row.lon, row.lat, row.responder_id is not None,
            row.agreed_at, row.made_at, row.made_by, row.rests_since, row.left_at,
            *_gave(gave.get(row.id, Gave())), may_at(actor, REGISTER, row.area),
        )
        for row in rows
    ]  # fmt: skip


def given_by(district: int, volunteers: Iterable[int]) -> Mapping[int, Gave]:
    """What each of these gave; those who gave nothing are left out."""
    rows = Claim.objects.filter(district=district, volunteer_id__in=list(volunteers), minutes__isnull=False)
    found = rows.values("volunteer_id").annotate(
        came=Count("muster_id", filter=Q(standing=Standing.DONE.value)),
        absent=Count("muster_id", filter=Q(standing=Standing.ABSENT.value)),
        given=Sum("minutes"),
    )
    return {one["volunteer_id"]: Gave(one["came"], one["absent"], one["given"] or 0) for one in found}


def names_of(district: int, units: Iterable[int]) -> Mapping[int, str]:
    """Id to name of units."""
    wanted = list(units)
    if not wanted:
        return {}
    return dict(Unit.objects.filter(district=district, id__in=wanted).values_list("id", "name"))


def must_read(actor: Actor) -> None:
    """Raise Denied for who sees no volunteers at all."""
    if not actor.may(READ):
        raise Denied


def _gave(one: Gave) -> tuple[int, int, int]:
    return one.came, one.absent, one.minutes


def _fitting(actor: Actor, wanted: VolunteerFilter) -> QuerySet[Volunteer]:
    must_read(actor)
    rows = Volunteer.objects.filter(within(actor), left_at__isnull=wanted.state != "left")
    if wanted.state != "left":
        rows = rows.filter(rests_since__isnull=wanted.state != "resting")
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.skill:
        rows = rows.filter(skills__contains=[wanted.skill])
    if wanted.area:
        rows = rows.filter(area__gte=wanted.area, area__lt=f"{wanted.area}:")
    if wanted.unit_id is not None:
        rows = rows.filter(unit_id=wanted.unit_id)
    return rows.filter(name__icontains=wanted.words) if wanted.words else rows
