"""The working calendar of a year as an administrator reads and fills it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.lifecycle import ClockKind
from huying.cases.models import Clock, SpecialDay
from huying.cases.queries.settings.timing import timing_of
from huying.kernel.errors import Denied
from huying.worktime.calendar import DayKind


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: whether it works, and where it differs from its weekday or by the district's own word, why."""

    day: date
    working: bool
    name: str
    kind: DayKind | None
    own: bool


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year. ``known``: its days off and make-up workdays are published; ``covered``: there is anything at all."""

    year: int
    days: Sequence[CalendarDay]
    known: bool
    covered: bool

    @property
    def working_days(self) -> int:
        return sum(day.working for day in self.days)


def calendar_year_for(actor: Actor, year: int) -> CalendarYear:
    """Every day of a year in the actor's district. Raises Denied without catalogue:edit."""
    _must_read(actor)
    calendar = timing_of(actor.district).calendar
    own = set(
        SpecialDay.objects.filter(district=actor.district, day__year=year).values_list("day", flat=True)
    )
    first = date(year, 1, 1)
    days = [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
    told = []
    for day in days:
        special = calendar.days.get(day)
        name, kind = (special.name, special.kind) if special else ("", None)
        told.append(CalendarDay(day, calendar.is_working(day), name, kind, day in own))
    covered = calendar.covers is None or calendar.covers[0] <= first <= calendar.covers[1]
    return CalendarYear(year, told, covered and year not in calendar.provisional, covered)


def clocks_running(actor: Actor, past: datetime | None = None) -> dict[ClockKind, int]:
    """How many clocks of each kind run, or of those the ones due after ``past``. Raises Denied."""
    _must_read(actor)
    rows = Clock.objects.filter(district=actor.district, stopped_at=None)
    if past is not None:
        rows = rows.filter(due_at__gt=past)
    return {ClockKind(kind): count for kind, count in rows.values_list("kind").annotate(n=Count("id"))}


def _must_read(actor: Actor) -> None:
    if not actor.may(Permission.CATALOGUE_EDIT):
        raise Denied
