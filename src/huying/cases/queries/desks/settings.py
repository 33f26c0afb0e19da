"""What a district set for itself: limits of its centre, ladders, working hours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.clocks import DEFAULT_LIMITS, RungRule
from huying.cases.lifecycle import ClockKind
from huying.cases.models import ClockLimit, Rung, WorkingHours
from huying.cases.queries.settings.calendars import hours_on
from huying.cases.queries.settings.timing import timing_of
from huying.kernel.errors import Denied
from huying.worktime import USUAL_SESSIONS, Limit

OWN_LIMITS: Final = tuple(DEFAULT_LIMITS)


@dataclass(frozen=True, slots=True)
class LimitSet:
    """One limit that holds; ``since`` is None for the platform's own. ``coming``: (limit, from when) set ahead."""

    kind: ClockKind
    limit: Limit
    since: datetime | None
    coming: tuple[Limit, datetime] | None = None


@dataclass(frozen=True, slots=True)
class HoursSet:
    """Sessions as pairs of HH:MM, and from which day; None: the platform's own."""

    sessions: Sequence[tuple[str, str]]
    since: date | None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a district may set. ``own_ladders`` are the kinds that do not follow the platform."""

    limits: Sequence[LimitSet]
    ladders: Mapping[ClockKind, Sequence[RungRule]]
    own_ladders: frozenset[ClockKind]
    hours: HoursSet
    coming_hours: Sequence[HoursSet]


def settings_for(actor: Actor, now: datetime) -> Settings:
    """What holds in the actor's district at ``now``, and what is to come. Raises Denied without catalogue:edit."""
    if not actor.may(Permission.CATALOGUE_EDIT):
        raise Denied
    district = actor.district
    rows = list(ClockLimit.objects.filter(district=district).order_by("valid_from"))
    today = hours_on(district)
    ahead = WorkingHours.objects.filter(district=district).order_by("valid_from")
    ahead = ahead.filter(valid_from__gt=today.valid_from) if today else ahead
    kinds = Rung.objects.filter(district=district).values_list("kind", flat=True).distinct()
    return Settings(
        limits=[
            _limit_set([row for row in rows if row.kind == kind.value], kind, now) for kind in OWN_LIMITS
        ],
        ladders=timing_of(district).ladders,
        own_ladders=frozenset(map(ClockKind, kinds)),
        hours=_hours_set(today),
        coming_hours=[_hours_set(row) for row in ahead],
    )


def limit_at(district: int, kind: ClockKind, at: datetime) -> Limit | None:
    """The district's own limit of a step at a moment; None for the platform's."""
    rows = ClockLimit.objects.filter(district=district, kind=kind.value, valid_from__lte=at)
    row = rows.order_by("-valid_from").first()
    return Limit(row.amount, row.unit) if row else None


def sessions_at(district: int, day: date) -> list[tuple[str, str]]:
    """The sessions of a day as pairs of HH:MM."""
    return list(_hours_set(hours_on(district, day)).sessions)


def _limit_set(rows: Sequence[ClockLimit], kind: ClockKind, now: datetime) -> LimitSet:
    begun = [row for row in rows if row.valid_from <= now]
    ahead = next((row for row in rows if row.valid_from > now), None)
    coming = (Limit(ahead.amount, ahead.unit), ahead.valid_from) if ahead else None
    if not begun:
        return LimitSet(kind, DEFAULT_LIMITS[kind], None, coming)
    return LimitSet(kind, Limit(begun[-1].amount, begun[-1].unit), begun[-1].valid_from, coming)


def _hours_set(row: WorkingHours | None) -> HoursSet:
    if row is None:
        return HoursSet([(f"{start:%H:%M}", f"{end:%H:%M}") for start, end in USUAL_SESSIONS], None)
    return HoursSet([(start, end) for start, end in row.sessions], row.valid_from)
