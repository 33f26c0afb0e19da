"""Three months of clocks, and each body's work as jobs on an axis of working hours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from huying.access.actor import Actor
from huying.cases.queries.desks.replay import past_clocks
from huying.cases.queries.settings.timing import Timing, timing_of
from huying.catalogue.rules.what_if import PastClock, Stage
from huying.lab.policy import must_run
from huying.lab.rules.queueing import Job
from huying.lab.rules.replaying import Due
from huying.lab.rules.scenarios import after, months_before
from huying.worktime import Limit, Unit, worked


@dataclass(frozen=True, slots=True)
class Past:
    """A month and the two before. ``jobs``: of each body the month before the last, the last but one, and the month."""

    month: Sequence[PastClock]
    jobs: Mapping[int, tuple[Sequence[Job], Sequence[Job], Sequence[Job]]]
    due: Due


def past_of(actor: Actor, month: date, now: datetime, told: Callable[[int, int], None]) -> Past:
    """Read it. ``told`` hears how far. Raises Denied."""
    must_run(actor)
    timing = timing_of(actor.district)
    zone = timing.calendar.zone
    firsts = [months_before(month, 2), months_before(month, 1), month, after(month)]
    edges = [datetime.combine(first, time(), zone) for first in firsts]
    parts = []
    for number in range(3):
        parts.append(past_clocks(actor.district, edges[number], edges[number + 1], now))
        told(number + 1, 4)
    jobs = _jobs(parts, edges[0], timing)

    def due(clock: PastClock, limit: Limit) -> datetime:
        return timing.due(clock.started, limit, clock.pauses, clock.extensions)

    return Past(parts[2], jobs, due)


def _jobs(
    parts: Sequence[Sequence[PastClock]], begin: datetime, timing: Timing
) -> Mapping[int, tuple[Sequence[Job], Sequence[Job], Sequence[Job]]]:
    found: dict[int, tuple[list[Job], list[Job], list[Job]]] = {}
    for number, part in enumerate(parts):
        for clock in part:
            if clock.stage is Stage.HANDLE:
                found.setdefault(clock.body_id, ([], [], []))[number].append(_job(clock, begin, timing))
    return found


def _job(clock: PastClock, begin: datetime, timing: Timing) -> Job:
    def hours(start: datetime, end: datetime) -> float:
        counted = worked(start, end, Unit.WORK_HOUR, timing.calendar)
        return max(counted.total_seconds(), 0.0) / 3600

    took = None if clock.ended is None else hours(clock.started, clock.ended)
    return Job(hours(begin, clock.started), took, hours(clock.started, clock.due))
