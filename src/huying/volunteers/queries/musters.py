"""Musters as those see them who run them: lists, and one with everybody who came forward."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.volunteers.models import Claim, Muster, Volunteer
from huying.volunteers.policy import RUN, about, may_at
from huying.volunteers.queries.people import must_read, names_of
from huying.volunteers.rules.kinds import PLACED, CheckWay, Phase, Standing, VolunteerKind
from huying.volunteers.rules.mustering import phase

_ORDER: Final = (
    Standing.PRESENT, Standing.HELD, Standing.DONE, Standing.WAITING, Standing.ABSENT, Standing.LEFT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MusterLine:
    """One muster. ``taken``: places taken; ``first_seconds``, ``full_seconds``: from the call to the first who came
    forward and to the last place; ``minutes``: credited in all."""

    id: int
    title: str
    area: str
    areas: tuple[str, ...]
    place_text: str
    lon: float | None
    lat: float | None
    starts_at: datetime
    ends_at: datetime
    quota: int
    taken: int
    waiting: int
    came: int
    absent: int
    told: int
    answered: int
    first_seconds: int | None
    full_seconds: int | None
    minutes: int
    phase: Phase
    skills: tuple[str, ...]
    only: VolunteerKind | None
    case_id: int | None
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One who came forward, by name; ``metres``: how far from the place they checked in."""

    volunteer_id: int
    name: str
    kind: VolunteerKind
    unit_name: str
    area: str
    skills: tuple[str, ...]
    standing: Standing
    claimed_at: datetime
    in_at: datetime | None
    in_way: CheckWay | None
    metres: int | None
    in_by: str
    out_at: datetime | None
    out_way: CheckWay | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class MusterWhole:
    """A muster with everything its page shows."""

    line: MusterLine
    words: str
    check_metres: int
    near: int
    claims: tuple[ClaimRow, ...]
    closed_at: datetime | None
    closed_by: str
    closing: str
    cancelled_at: datetime | None
    cancelled_by: str
    cancelled_why: str
    project_id: int | None
    may_run: bool


@dataclass(frozen=True, slots=True)
class MusterFilter:
    """Which musters. ``state``: "" all, open (still to be or running), over (hours to be settled), closed, cancelled."""

    area: str = ""
    words: str = ""
    state: str = ""
    case_id: int | None = None


def musters_for(
    actor: Actor, wanted: MusterFilter, now: datetime, *, before: int | None = None, limit: int = 50
) -> list[MusterLine]:
    """Those the actor sees, the newest first, below id ``before``; two statements. Raises Denied."""
    must_read(actor)
    rows = Muster.objects.filter(about(actor) & _asked(wanted, now))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return lines_of(actor.district, rows.order_by("-id")[:limit], now)


def muster_for(actor: Actor, muster_id: int, now: datetime) -> MusterWhole:
    """One with everybody who came forward. Raises NotFound, Denied."""
    must_read(actor)
    row = Muster.objects.filter(about(actor), id=muster_id).first()
    if row is None:
        raise NotFound
    (line,) = lines_of(row.district, [row], now)
    return MusterWhole(
        line, row.words, row.check_metres, row.near, tuple(_claims(row)), row.closed_at, row.closed_by, row.closing,
        row.cancelled_at, row.cancelled_by, row.cancelled_why, row.project_id,
        all(may_at(actor, RUN, code) for code in row.areas),
    )  # fmt: skip


def lines_of(district: int, found: Iterable[Muster] | QuerySet[Muster], now: datetime) -> list[MusterLine]:
    """These with their counts; one statement beside theirs."""
    rows = list(found)
    counted = _counted(district, [row.id for row in rows])
    return [_line(row, counted.get(row.id, {}), now) for row in rows]


def _line(row: Muster, counts: Mapping[str, Any], now: datetime) -> MusterLine:
    taken = counts.get("taken", 0)
    stands = phase(
        now, row.starts_at, row.ends_at, taken=taken, quota=row.quota, closed=row.closed_at is not None,
        cancelled=row.cancelled_at is not None,
    )  # fmt: skip
    return MusterLine(
        row.id, row.title, row.area, tuple(row.areas), row.place_text, row.lon, row.lat, row.starts_at, row.ends_at,
        row.quota, taken, counts.get("waiting", 0), counts.get("came", 0), counts.get("absent", 0), row.told,
        counts.get("answered", 0), _seconds(row, row.first_at), _seconds(row, row.filled_at),
        counts.get("given") or 0, stands, tuple(row.skills), VolunteerKind(row.only) if row.only else None,
        row.case_id, row.made_at, row.made_by,
    )  # fmt: skip


def _seconds(row: Muster, at: datetime | None) -> int | None:
    return None if at is None else max(0, int((at - row.made_at).total_seconds()))


def _counted(district: int, musters: list[int]) -> Mapping[int, Mapping[str, Any]]:
    came = [Standing.PRESENT.value, Standing.DONE.value]
    rows = Claim.objects.filter(district=district, muster_id__in=musters).values("muster_id")
    found = rows.annotate(
        taken=Count("volunteer_id", filter=Q(standing__in=[one.value for one in PLACED])),
        waiting=Count("volunteer_id", filter=Q(standing=Standing.WAITING.value)),
        came=Count("volunteer_id", filter=Q(standing__in=came)),
        absent=Count("volunteer_id", filter=Q(standing=Standing.ABSENT.value)),
        answered=Count("volunteer_id"),
        given=Sum("minutes"),
    )
    return {one["muster_id"]: one for one in found}


def _claims(row: Muster) -> list[ClaimRow]:
    claims = list(Claim.objects.filter(district=row.district, muster_id=row.id))
    ids = [one.volunteer_id for one in claims]
    people = {one.id: one for one in Volunteer.objects.filter(district=row.district, id__in=ids)}
    units = names_of(row.district, {one.unit_id for one in people.values() if one.unit_id})
    claims.sort(key=lambda one: (_ORDER.index(Standing(one.standing)), one.claimed_at, one.volunteer_id))
    return [_claim(one, people[one.volunteer_id], units) for one in claims]


def _claim(one: Claim, who: Volunteer, units: Mapping[int, str]) -> ClaimRow:
    return ClaimRow(
        one.volunteer_id, who.name, VolunteerKind(who.kind), units.get(who.unit_id or 0, "") or who.unit_text, who.area,
        tuple(who.skills), Standing(one.standing), one.claimed_at, one.in_at,
        CheckWay(one.in_way) if one.in_way else None, one.in_metres, one.in_by, one.out_at,
        CheckWay(one.out_way) if one.out_way else None, one.minutes,
    )  # fmt: skip


def _asked(wanted: MusterFilter, now: datetime) -> Q:
    asked = {
        "open": Q(cancelled_at=None, closed_at=None, ends_at__gt=now),
        "over": Q(cancelled_at=None, closed_at=None, ends_at__lte=now),
        "closed": Q(closed_at__isnull=False),
        "cancelled": Q(cancelled_at__isnull=False),
    }.get(wanted.state, Q())
    if wanted.area:
        asked &= Q(area__gte=wanted.area, area__lt=f"{wanted.area}:")
    if wanted.case_id is not None:
        asked &= Q(case_id=wanted.case_id)
    return asked & Q(title__icontains=wanted.words) if wanted.words else asked
