"""Visits written into the plan, and each day put into the order in which to go. In the caller's transaction."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection

from huying.places.queries import district as district_row
from huying.residents.queries import key_persons
from huying.visits.models import Visit
from huying.visits.rules.kinds import Slot, VisitReason
from huying.visits.rules.planning.given import Client, Placed, Worker
from huying.visits.rules.routing import Stop, way
from huying.visits.rules.standards import due_at, first_look

_LOCK = "SELECT pg_advisory_xact_lock(8310, %s)"
Pair = tuple[int, date]


def one_at_a_time(district: int) -> None:
    """Two who plan the same streets at once would each put everybody into the plan."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [district])


def zone_of(district: int) -> ZoneInfo:
    """The district's clocks."""
    return ZoneInfo(district_row(district).zone)


def written(
    district: int,
    placed: Sequence[Placed],
    clients: Mapping[int, Client],
    plan_id: int | None,
    who: str,
    now: datetime,
    late_before: date | None = None,
) -> int:
    """Keep what was planned; how many. What stands open from before ``late_before`` goes to its new day, not twice."""
    zone = zone_of(district)
    late = _late(district, {one.client for one in placed}, late_before, now) if late_before else {}
    rows, moved = [], []
    for one in sorted(placed, key=lambda one: one.day):
        client = clients[one.client]
        held = late.pop(one.client, None)
        if held is not None:
            held.day, held.worker_id, held.slot, held.plan_id = (
                one.day,
                one.worker,
                client.slot.value,
                plan_id,
            )
            moved.append(held)
            continue
        due = due_at(one.due, zone)
        rows.append(
            Visit(
                district=district, person_id=one.client, area=client.area, reason=VisitReason.STANDARD.value,
                worker_id=one.worker, day=one.day, slot=client.slot.value, due_at=due,
                next_at=first_look(one.day, due, zone), plan_id=plan_id, made_at=now, made_by=who[:60],
            )
        )  # fmt: skip
    Visit.objects.bulk_create(rows, batch_size=2000)
    for held in moved:
        held.save(update_fields=["day", "worker_id", "slot", "plan_id"])
    return len(rows) + len(moved)


def ordered(district: int, pairs: Collection[Pair], workers: Mapping[int, Worker]) -> None:
    """Put the open visits of each worker's day into the shortest order that is found."""
    found = _open_on(district, pairs)
    spots = _spots(district, {row.person_id for rows in found.values() for row in rows})
    changed: list[Visit] = []
    for (worker, _day), rows in found.items():
        known = [row for row in rows if row.person_id in spots]
        start = workers.get(worker)
        if not known:
            continue
        begin = (start.lon, start.lat) if start else spots[known[0].person_id]
        stops = [Stop(*spots[row.person_id], Slot(row.slot)) for row in known]
        for place, number in enumerate(way(begin, stops).order, 1):
            known[number].place = place
        changed += known
    _put_places(district, changed)


def _put_places(district: int, rows: Sequence[Visit]) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE visits_visit v SET place = u.place FROM unnest(%s::bigint[], %s::smallint[]) AS u(id, place) "
            "WHERE v.district = %s AND v.id = u.id AND v.place <> u.place",
            [[row.id for row in rows], [row.place for row in rows], district],
        )


def _open_on(district: int, pairs: Collection[Pair]) -> Mapping[Pair, list[Visit]]:
    found: dict[Pair, list[Visit]] = defaultdict(list)
    if not pairs:
        return found
    wanted = set(pairs)
    rows = Visit.objects.filter(
        district=district, worker_id__in={worker for worker, _day in wanted}, done_at=None, dropped_at=None,
        day__gte=min(day for _worker, day in wanted), day__lte=max(day for _worker, day in wanted),
    )  # fmt: skip
    for row in rows.order_by("id"):
        if row.worker_id is not None and (row.worker_id, row.day) in wanted:
            found[row.worker_id, row.day].append(row)
    return found


def _spots(district: int, persons: Collection[int]) -> Mapping[int, tuple[float, float]]:
    if not persons:
        return {}
    return {one.id: (one.lon, one.lat) for one in key_persons(district, str(district), persons)}


def _late(district: int, persons: Collection[int], before: date, now: datetime) -> dict[int, Visit]:
    """Of each person the first visit that should have been made and still stands open; those after it are dropped."""
    rows = Visit.objects.filter(
        district=district, reason=VisitReason.STANDARD.value, done_at=None, dropped_at=None, day__lt=before
    ).extra(where=["person_id = ANY(%s)"], params=[list(persons)])
    found: dict[int, Visit] = {}
    doubled = []
    for row in rows.order_by("due_at", "id"):
        if row.person_id in found:
            doubled.append(row.id)
        found.setdefault(row.person_id, row)
    Visit.objects.filter(district=district, id__in=doubled).update(dropped_at=now, next_at=None)
    return found
