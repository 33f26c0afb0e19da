"""What a plan is made of, out of the rows; plans that were made; who is away."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Count, Max, Model, Q, QuerySet
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.cases.queries.settings.calendars import calendar_of
from huying.people.queries.accounts import account_names
from huying.people.queries.reaching import posts_in
from huying.places.queries import area as area_row
from huying.residents.queries import KeyPerson, key_persons
from huying.visits.models import Absence, Arrangement, Plan, Visit
from huying.visits.policy import READ, must, visible_to
from huying.visits.queries.standards import standards_of
from huying.visits.rules.kinds import Slot
from huying.visits.rules.planning.given import ANY_DAY, Client, Month, Worker, Working

_Row = TypeVar("_Row", bound=Model)
#: Who goes on rounds: posts of these roles; a station's own people where a grid has nobody.
_GO = (Role.GRID_WORKER, Role.COMMUNITY_STATION)


@dataclass(frozen=True, slots=True)
class PlanInfo:
    """A plan that was made; ``judged`` as ``rules.planning.judging`` says it."""

    id: int
    area: str
    month: date
    visits: int
    judged: Mapping[str, Any]
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class WorkerMonth:
    """What one worker has in a month: planned, done, missed by now, and on how many days."""

    worker_id: int
    name: str
    planned: int
    done: int
    missed: int
    days: int
    away: Sequence[tuple[date, date]]


@dataclass(frozen=True, slots=True)
class AbsenceInfo:
    """Somebody is away; ``moved``: visits that went to others or to other days."""

    id: int
    worker_id: int
    name: str
    area: str
    since: date
    until: date
    why: str
    moved: int


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of its month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def planning_month(district: int, since: date, until: date) -> Month:
    """Days with the district's own calendar."""
    return Month(since, until, working_days(district))


def working_days(district: int) -> Working:
    """On which days people work here."""
    return calendar_of(district).is_working


def clients_of(
    district: int, area: str, before: date, now: datetime, persons: Collection[int] = ()
) -> list[Client]:
    """Key persons of an area as clients. What is planned before the day ``before`` is taken for done. Seven queries."""
    people = key_persons(district, area, persons)
    ids = [one.id for one in people]
    lasts = _lasts(district, ids, before, localdate(now))
    agreed = {row.person_id: row for row in _of(Arrangement.objects.filter(district=district), ids)}
    every = {level: one.standard for level, one in standards_of(district).items()}
    return [
        _client(one, every[one.level].every, every[one.level].minutes, lasts.get(one.id), agreed.get(one.id))
        for one in people
    ]


def workers_of(district: int, area: str, now: datetime) -> list[Worker]:
    """Who goes within an area: grid workers, and stations' people for communities without any; one query."""
    held: dict[int, list[str]] = {}
    stations: dict[int, list[str]] = {}
    for post in posts_in(district, now):
        if post.role in _GO and post.area.startswith(area):
            kept = held if post.role is Role.GRID_WORKER else stations
            kept.setdefault(post.account_id, []).append(post.area)
    covered = {code[:12] for areas in held.values() for code in areas}
    for account, areas in stations.items():
        if account not in held and not all(code[:12] in covered for code in areas):
            held[account] = [code for code in areas if code[:12] not in covered]
    return [_worker(district, account, areas) for account, areas in sorted(held.items())]


def away_between(district: int, since: date, until: date) -> set[tuple[int, date]]:
    """(worker, day) on which somebody cannot go; one query."""
    found = set()
    rows = Absence.objects.filter(district=district, ended_at=None, since__lte=until, until__gte=since)
    for row in rows:
        day = max(row.since, since)
        while day <= min(row.until, until):
            found.add((row.worker_id, day))
            day += timedelta(days=1)
    return found


def plan_for(actor: Actor, area: str, month: date) -> PlanInfo | None:
    """The newest plan that holds for an area in a month. Raises Denied."""
    must(actor, READ)
    above = [area[:digits] for digits in (6, 9, 12, 15) if digits <= len(area)]
    row = Plan.objects.filter(district=actor.district, month=month, area__in=above).order_by("-id").first()
    return (
        PlanInfo(row.id, row.area, row.month, row.visits, row.judged, row.made_at, row.made_by)
        if row
        else None
    )


def workload_for(actor: Actor, area: str, month: date, now: datetime) -> list[WorkerMonth]:
    """What everybody has in a month within an area the actor sees, the fullest first; three queries. Raises Denied."""
    must(actor, READ)
    first, last = month_of(month)
    rows = Visit.objects.filter(
        visible_to(actor),
        area__startswith=area,
        day__gte=first,
        day__lte=last,
        dropped_at=None,
        worker_id__isnull=False,
    )
    counted = rows.values_list("worker_id").annotate(
        planned=Count("id"),
        done=Count("id", filter=Q(done_at__isnull=False)),
        missed=Count("id", filter=Q(done_at=None, due_at__lte=now)),
        days=Count("day", distinct=True),
    )
    told = [(worker or 0, *numbers) for worker, *numbers in counted]
    names = account_names({worker for worker, *_numbers in told})
    away: dict[int, list[tuple[date, date]]] = {}
    for one in Absence.objects.filter(
        district=actor.district, ended_at=None, since__lte=last, until__gte=first
    ):
        away.setdefault(one.worker_id, []).append((one.since, one.until))
    found = [
        WorkerMonth(worker, names.get(worker, ""), planned, done, missed, days, away.get(worker, ()))
        for worker, planned, done, missed, days in told
    ]
    return sorted(found, key=lambda one: (-one.planned, one.worker_id))


def absences_for(actor: Actor, now: datetime) -> list[AbsenceInfo]:
    """Who is or will be away within the actor's areas, the soonest first. Raises Denied."""
    must(actor, READ)
    rows = list(
        Absence.objects.filter(visible_to(actor), ended_at=None, until__gte=localdate(now)).order_by(
            "since", "id"
        )[:100]
    )
    names = account_names({row.worker_id for row in rows})
    return [
        AbsenceInfo(
            row.id,
            row.worker_id,
            names.get(row.worker_id, ""),
            row.area,
            row.since,
            row.until,
            row.why,
            row.moved,
        )
        for row in rows
    ]


def workers_for(actor: Actor, now: datetime) -> list[tuple[int, str]]:
    """Who goes on rounds within the actor's areas: account and name. Raises Denied."""
    must(actor, READ)
    scopes = {grant.area for grant in actor.grants_for(READ)} or {str(actor.district)}
    ids = {one.id for scope in scopes for one in workers_of(actor.district, scope, now)}
    names = account_names(ids)
    return sorted(names.items(), key=lambda pair: pair[1])


def _lasts(district: int, persons: Sequence[int], before: date, today: date) -> Mapping[int, date]:
    rows = _of(Visit.objects.filter(district=district, dropped_at=None), persons)
    done = rows.filter(done_at__isnull=False).values("person_id").annotate(last=Max("done_at"))
    found = {person: localdate(at) for person, at in done.values_list("person_id", "last")}
    # What is still to come before the plan begins is taken for done.
    coming = rows.filter(done_at=None, day__gte=today, day__lt=before)
    for person, day in coming.values("person_id").annotate(last=Max("day")).values_list("person_id", "last"):
        found[person] = max(day, found.get(person, day))
    return found


def _of(rows: QuerySet[_Row], persons: Sequence[int]) -> QuerySet[_Row]:
    """Those of these persons; one array, for there may be thousands."""
    return rows.extra(where=["person_id = ANY(%s)"], params=[list(persons)])


def _client(
    one: KeyPerson, every: int, minutes: int, last: date | None, agreed: Arrangement | None
) -> Client:
    weekdays = frozenset(agreed.weekdays) if agreed and agreed.weekdays else ANY_DAY
    # Whoever comes into the register with many others is not first visited on the same last day as all of them.
    until = (
        one.since + timedelta(days=max(7, every * (1 + one.id % 3) // 3))
        if last is None and every > 31
        else None
    )
    return Client(
        one.id,
        one.lon,
        one.lat,
        one.area,
        every,
        minutes,
        last or one.since,
        weekdays,
        Slot(agreed.slot) if agreed else Slot.ANY,
        agreed.worker_id if agreed else None,
        until,
    )


def _worker(district: int, account: int, areas: Sequence[str]) -> Worker:
    middle = area_row(district, areas[0])
    return Worker(account, tuple(areas), middle.lon or 0.0, middle.lat or 0.0)
