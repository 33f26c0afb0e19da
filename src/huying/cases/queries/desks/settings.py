"""What a district set for itself: limits of its centre, ladders, working hours, special days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.clocks import DEFAULT_LIMITS, RungRule
from huying.cases.lifecycle import ClockKind
from huying.cases.models import ClockLimit, SpecialDay, WorkingHours
from huying.cases.queries.timing import timing_of
from huying.kernel.errors import Denied
from huying.worktime import USUAL_SESSIONS, DayKind, Limit

OWN_LIMITS: Final = tuple(DEFAULT_LIMITS)


@dataclass(frozen=True, slots=True)
class LimitSet:
    """One limit that holds; ``since`` is None for the platform's own."""

    kind: ClockKind
    limit: Limit
    since: datetime | None


@dataclass(frozen=True, slots=True)
class DaySet:
    """A day that differs by the district's decision."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a district may set. ``sessions`` are pairs of HH:MM; ``hours_since`` None: the platform's own."""

    limits: Sequence[LimitSet]
    ladders: Mapping[ClockKind, Sequence[RungRule]]
    sessions: Sequence[tuple[str, str]]
    hours_since: date | None
    days: Sequence[DaySet]


def settings_for(actor: Actor) -> Settings:
    """What holds in the actor's district now. Raises Denied without catalogue:edit."""
    if not actor.may(Permission.CATALOGUE_EDIT):
        raise Denied
    district = actor.district
    newest = {
        ClockKind(row.kind): row
        for row in ClockLimit.objects.filter(district=district).order_by("valid_from")
    }
    hours = WorkingHours.objects.filter(district=district).order_by("-valid_from").first()
    usual = [(f"{start:%H:%M}", f"{end:%H:%M}") for start, end in USUAL_SESSIONS]
    days = SpecialDay.objects.filter(district=district).order_by("day")
    return Settings(
        limits=[
            LimitSet(kind, Limit(newest[kind].amount, newest[kind].unit), newest[kind].valid_from)
            if kind in newest
            else LimitSet(kind, DEFAULT_LIMITS[kind], None)
            for kind in OWN_LIMITS
        ],
        ladders=timing_of(district).ladders,
        sessions=[(start, end) for start, end in hours.sessions] if hours else usual,
        hours_since=hours.valid_from if hours else None,
        days=[DaySet(row.day, DayKind(row.kind), row.name) for row in days],
    )
