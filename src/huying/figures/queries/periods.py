"""The periods of assessment of a district, and which of them are closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from zoneinfo import ZoneInfo

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.figures.models import Exemption
from huying.figures.queries.boards.closed import ClosedInfo, closings
from huying.figures.queries.boards.sums import counted_since
from huying.figures.queries.versions import schemes_of
from huying.figures.rules.exempting import Decision
from huying.figures.rules.periods import Period, local_day
from huying.figures.rules.schemes import period_around, periods_back
from huying.kernel.errors import Denied, NotFound
from huying.places.queries import district as district_row

_YEARS = 2


@dataclass(frozen=True, slots=True)
class PeriodInfo:
    """One period: whether it is over, its closings newest first, how many applications in it wait or were granted."""

    period: Period
    over: bool
    closings: Sequence[ClosedInfo]
    waiting: int
    granted: int

    @property
    def closed(self) -> ClosedInfo | None:
        return self.closings[0] if self.closings and self.closings[0].stands else None


def periods_for(actor: Actor, now: datetime, count: int = 12 * _YEARS) -> list[PeriodInfo]:
    """The newest periods of assessment since anything was counted, with what was closed of them. Raises Denied."""
    _must_read(actor)
    today = _today(actor.district, now)
    began = counted_since(actor.district) or today
    periods = list(
        takewhile(lambda one: one.last >= began, periods_back(schemes_of(actor.district), today, count))
    )
    held: dict[Period, list[ClosedInfo]] = {}
    for one in closings(actor.district):
        held.setdefault(one.period, []).append(one)
    # One closed under a scheme that no longer holds is shown as it was.
    every = sorted({*periods, *held}, key=lambda one: (one.last, one.first), reverse=True)
    asked = _asked(actor.district, every[-1].first)
    return [
        PeriodInfo(
            one, one.last < today, held.get(one, []), _within(asked, one, Decision.OPEN),
            _within(asked, one, Decision.GRANTED),
        )
        for one in every
    ]  # fmt: skip


def current_period(actor: Actor, now: datetime) -> Period:
    """The period of assessment that runs."""
    return period_around(schemes_of(actor.district), _today(actor.district, now))


def closing_for(actor: Actor, number: int) -> ClosedInfo:
    """One closing. Raises Denied; NotFound."""
    _must_read(actor)
    found = next((one for one in closings(actor.district) if one.id == number), None)
    if found is None:
        raise NotFound
    return found


def closed_version(actor: Actor, period: Period) -> int | None:
    """The version of the closing of a period that stands, None while it is open."""
    return next((one.version for one in closings(actor.district, period) if one.stands), None)


def _asked(district: int, since: date) -> Mapping[tuple[date, str], int]:
    rows = Exemption.objects.filter(district=district, day__gte=since).values_list("day", "state")
    found: dict[tuple[date, str], int] = {}
    for day, state in rows:
        found[day, state] = found.get((day, state), 0) + 1
    return found


def _within(asked: Mapping[tuple[date, str], int], period: Period, state: Decision) -> int:
    return sum(n for (day, its), n in asked.items() if its == state and period.first <= day <= period.last)


def _must_read(actor: Actor) -> None:
    if not actor.may(Permission.FIGURE_READ):
        raise Denied


def _today(district: int, now: datetime) -> date:
    return local_day(now, ZoneInfo(district_row(district).zone))
