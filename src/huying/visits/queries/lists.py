"""Visits as lists: of a worker's day, of an area's day, missed ones, of one person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from huying.access.actor import Actor
from huying.people.queries.accounts import account_names
from huying.residents.queries import PersonLine, lines_by_id
from huying.visits.models import Visit
from huying.visits.policy import READ, must, visits_of
from huying.visits.rules.kinds import LADDER, Slot, VisitReason, VisitRung


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit; the person masked, None where they were erased. ``rung``: who was told last that it was missed."""

    id: int
    person_id: int
    person: PersonLine | None
    area: str
    reason: VisitReason
    worker_id: int | None
    worker: str
    day: date
    slot: Slot
    place: int
    due_at: datetime
    rung: VisitRung | None
    done_at: datetime | None
    dropped: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """Which visits. ``mine``: only the actor's own. ``missed``: past due and still open."""

    day: date | None = None
    area: str = ""
    worker: int | None = None
    mine: bool = False
    missed: bool = False
    open: bool = False


def visits_for(
    actor: Actor, sought: Sought, now: datetime, after: tuple[date, int] | None = None, limit: int = 100
) -> list[VisitLine]:
    """The visits an actor sees, by day, then in the order in which to go; six queries. Raises Denied."""
    must(actor, READ)
    rows = _narrowed(actor, sought, now)
    if after is not None:
        rows = rows.filter(Q(day__gt=after[0]) | Q(day=after[0], id__gt=after[1]))
        return lines_of(actor, list(rows.order_by("day", "id")[:limit]), now)
    return lines_of(actor, list(rows.order_by("day", "worker_id", "place", "id")[:limit]), now)


def missed_for(actor: Actor, area: str, now: datetime, after: int = 0, limit: int = 50) -> list[VisitLine]:
    """Past due and still open, in the order they were made, above id ``after``. Raises Denied."""
    must(actor, READ)
    rows = _narrowed(actor, Sought(area=area, missed=True), now).filter(id__gt=after)
    return lines_of(actor, list(rows.order_by("id")[:limit]), now)


def counted_for(actor: Actor, sought: Sought, now: datetime) -> dict[str, int]:
    """Of a day within the actor's areas: planned, done; and how many are missed on any day. Raises Denied."""
    must(actor, READ)
    rows, of_day = _narrowed(actor, replace(sought, day=None), now), _narrowed(actor, sought, now)
    return {
        "planned": of_day.count(),
        "done": of_day.filter(done_at__isnull=False).count(),
        "missed": rows.filter(done_at=None, due_at__lte=now).count(),
    }


def visits_of_person(actor: Actor, person_id: int, now: datetime, limit: int = 20) -> list[VisitLine]:
    """Visits to one person of whom the caller knows that the actor sees them, the newest first."""
    rows = Visit.objects.filter(visits_of(actor), person_id=person_id, dropped_at=None).order_by(
        "-day", "-id"
    )
    return lines_of(actor, list(rows[:limit]), now)


def lines_of(actor: Actor, rows: Sequence[Visit], now: datetime) -> list[VisitLine]:
    """These rows as lines; the persons masked."""
    people = lines_by_id(actor, {row.person_id for row in rows}, now) if rows else {}
    names = account_names({row.worker_id for row in rows if row.worker_id is not None}) if rows else {}
    return [
        VisitLine(
            row.id, row.person_id, people.get(row.person_id), row.area, VisitReason(row.reason), row.worker_id,
            names.get(row.worker_id or 0, ""), row.day, Slot(row.slot), row.place, row.due_at,
            LADDER[row.rung - 1] if row.rung else None, row.done_at, row.dropped_at is not None,
        )
        for row in rows
    ]  # fmt: skip


def _narrowed(actor: Actor, sought: Sought, now: datetime) -> QuerySet[Visit]:
    rows = Visit.objects.filter(visits_of(actor), dropped_at=None)
    if sought.day is not None:
        rows = rows.filter(day=sought.day)
    if sought.area:
        rows = rows.filter(area__gte=sought.area, area__lt=f"{sought.area}:")
    worker = actor.account_id if sought.mine else sought.worker
    if sought.mine or worker is not None:
        rows = rows.filter(worker_id=worker)
    if sought.missed:
        rows = rows.filter(done_at=None, due_at__lte=now)
    if sought.open:
        rows = rows.filter(done_at=None)
    return rows
