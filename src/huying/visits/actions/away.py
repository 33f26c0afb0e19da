"""Somebody is ill or away: their open visits go to others or to other days within seconds, and who gets one is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.saying import said
from huying.visits.actions.placing import one_at_a_time, ordered, zone_of
from huying.visits.actions.telling import tell_moved
from huying.visits.models import Absence, Visit
from huying.visits.policy import PLAN, may_at, must, visible_to
from huying.visits.queries.planned import away_between, clients_of, workers_of, working_days
from huying.visits.rules.planning.given import ANY_DAY, Client, Placed, Worker
from huying.visits.rules.planning.handing import Standing, handed
from huying.visits.rules.standards import first_look

_LONGEST: Final = 60
_LOOK_ROUND: Final = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Moved:
    """What a day of absence brought about: visits given to others, to other days; ``stuck``: nobody can go in time."""

    absence_id: int
    others: int
    days: int
    stuck: int


@transaction.atomic
def be_away(by: Actor, worker_id: int, since: date, until: date, why: str, now: datetime) -> Moved:
    """Let somebody make no visits from a day to another; what they had is given away.

    Raises Denied, NotFound for who does not go on rounds within the actor's areas, Invalid.
    """
    must(by, PLAN)
    today = localdate(now)
    _check(since, until, why, today)
    one_at_a_time(by.district)
    worker = _worker(by, worker_id, now)
    row = Absence(
        district=by.district, worker_id=worker_id, area=worker.areas[0], since=since, until=until, why=why.strip(),
        made_at=now, made_by=by.name[:60],
    )  # fmt: skip
    row.save(force_insert=True)
    found = _hand_over(by, worker_id, worker.areas[0], max(since, today), until, now)
    row.moved = found.others + found.days
    row.save(update_fields=["moved"])
    return replace(found, absence_id=row.id)


@transaction.atomic
def come_back(by: Actor, absence_id: int, now: datetime) -> None:
    """They can go again from now on; what was given away stays where it is. Twice changes nothing.

    Raises Denied, NotFound.
    """
    must(by, PLAN)
    row = Absence.objects.select_for_update().filter(visible_to(by, PLAN), id=absence_id).first()
    if row is None:
        raise NotFound
    if row.ended_at is None:
        row.ended_at, row.ended_by = now, by.name[:60]
        row.save(update_fields=["ended_at", "ended_by"])


def _check(since: date, until: date, why: str, today: date) -> None:
    wrong: dict[str, str] = {}
    if not today <= until or not since <= until <= since + timedelta(days=_LONGEST):
        wrong["until"] = said("结束日期须在开始之后、今天之后，最长 60 天。")
    if not 0 < len(why.strip()) <= 60:
        wrong["why"] = said("请写明原因，如“病假”，最多 60 字。")
    if wrong:
        raise Invalid(fields=wrong)


def _worker(by: Actor, worker_id: int, now: datetime) -> Worker:
    found = next((one for one in workers_of(by.district, str(by.district), now) if one.id == worker_id), None)
    if found is None or not any(may_at(by, PLAN, area) for area in found.areas):
        raise NotFound
    return found


def _hand_over(by: Actor, worker_id: int, area: str, since: date, until: date, now: datetime) -> Moved:
    district, street, today = by.district, area[:9], localdate(now)
    workers = {one.id: one for one in workers_of(district, street, now)}
    rows = list(
        Visit.objects.select_for_update()
        .filter(
            district=district, worker_id__in=list(workers), done_at=None, dropped_at=None,
            day__gte=today, day__lte=until + _LOOK_ROUND,
        )
        .order_by("id")
    )  # fmt: skip
    clients = _clients(district, rows, now)
    standing = Standing(
        today, clients, workers, [_placed(row) for row in rows],
        away_between(district, today, until + _LOOK_ROUND), working_days(district),
    )  # fmt: skip
    moved = {n: one for n, one in handed(standing).items() if rows[n].worker_id == worker_id}
    return _kept(district, rows, moved, workers, now)


def _kept(
    district: int,
    rows: Sequence[Visit],
    moved: Mapping[int, Placed],
    workers: Mapping[int, Worker],
    now: datetime,
) -> Moved:
    zone, pairs, others, days, stuck = zone_of(district), set[tuple[int, date]](), 0, 0, 0
    given: dict[int, list[Visit]] = {}
    for number, one in moved.items():
        row = rows[number]
        pairs |= {(row.worker_id or 0, row.day), (one.worker, one.day)}
        same = (row.worker_id, row.day) == (one.worker, one.day)
        stuck += same or one.day > one.due
        others += not same and one.worker != row.worker_id
        days += not same and one.worker == row.worker_id
        if one.worker != row.worker_id:
            given.setdefault(one.worker, []).append(row)
        row.worker_id, row.day = one.worker, one.day
        if row.rung == 0:
            row.next_at = first_look(row.day, row.due_at, zone)
        row.save(update_fields=["worker_id", "day", "next_at"])
    ordered(district, pairs, workers)
    tell_moved(district, given, now)
    return Moved(0, others, days, stuck)


def _clients(district: int, rows: Sequence[Visit], now: datetime) -> Mapping[int, Client]:
    persons = {row.person_id for row in rows}
    known = {one.id: one for one in clients_of(district, str(district), localdate(now), now, persons)}
    areas = {row.person_id: row.area for row in rows}
    # Who is no key person any more is still visited where that stands in the plan: at the place of anybody there.
    for person, area in areas.items():
        if person not in known:
            near = next(iter(known.values()), None)
            lon, lat = (near.lon, near.lat) if near else (0.0, 0.0)
            known[person] = Client(person, lon, lat, area, 31, 30, localdate(now), ANY_DAY)
    return known


def _placed(row: Visit) -> Placed:
    return Placed(row.person_id, row.worker_id or 0, row.day, localdate(row.due_at))
