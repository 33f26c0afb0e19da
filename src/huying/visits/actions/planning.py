"""The month's plan of an area: who is visited when by whom, written down with how good it is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Invalid
from huying.kernel.saying import said
from huying.places.queries import area as area_row
from huying.visits.actions.placing import one_at_a_time, ordered, written
from huying.visits.models import Plan, Visit
from huying.visits.policy import must_plan
from huying.visits.queries.planned import (
    away_between,
    clients_of,
    month_of,
    planning_month,
    workers_of,
)
from huying.visits.rules.kinds import VisitReason
from huying.visits.rules.planning.given import Client, Month, Placed, Worker
from huying.visits.rules.planning.handing import Standing, handed
from huying.visits.rules.planning.judging import Judged, judged
from huying.visits.rules.planning.month import planned


@dataclass(frozen=True, slots=True)
class Made:
    """A plan that was made."""

    id: int
    visits: int
    judged: Judged


@transaction.atomic
def make_plan(by: Actor, area: str, month: date, now: datetime) -> Made:
    """Plan a month's visits to the key persons of an area, from today on where the month has begun.

    What was planned for these days and is not done is planned anew; what is done or missed stays. Visits after a great
    change keep their day. Raises Denied, NotFound, Invalid for a month that is over, Conflict without anybody to go.
    """
    must_plan(by, area)
    area_row(by.district, area)
    first, last = month_of(month)
    since = max(first, localdate(now))
    if since > last:
        raise Invalid(fields={"month": said("这个月已经过去了。")})
    one_at_a_time(by.district)
    days = planning_month(by.district, since, last)
    clients, workers = clients_of(by.district, area, since, now), workers_of(by.district, area, now)
    if not workers:
        raise Conflict("这个区域还没有网格员或社区工作人员，排不了走访。")
    placed = around_absences(by.district, clients, workers, planned(clients, workers, days), days)
    found = judged(placed, clients, workers, days)
    _drop(by.district, area, days, now)
    plan = Plan(
        district=by.district, area=area, month=first, visits=len(placed), judged=_told(found), made_at=now,
        made_by=by.name[:60],
    )  # fmt: skip
    plan.save(force_insert=True)
    known = {one.id: one for one in clients}
    late = since if since == localdate(now) else None
    count = written(by.district, placed, known, plan.id, by.name, now, late)
    ordered(by.district, {(one.worker, one.day) for one in placed}, {one.id: one for one in workers})
    return Made(plan.id, count, found)


def around_absences(
    district: int, clients: Sequence[Client], workers: Sequence[Worker], placed: Sequence[Placed], days: Month
) -> Sequence[Placed]:
    """The same with the visits of who is known to be away given to others or to other days."""
    away = away_between(district, days.first, days.last)
    if not away:
        return placed
    standing = Standing(
        days.first,
        {one.id: one for one in clients},
        {one.id: one for one in workers},
        placed,
        away,
        days.working,
    )
    moved = handed(standing)
    return [moved.get(number, one) for number, one in enumerate(placed)]


def _drop(district: int, area: str, days: Month, now: datetime) -> None:
    rows = Visit.objects.filter(
        district=district, area__gte=area, area__lt=f"{area}:", day__gte=days.first, day__lte=days.last,
        reason=VisitReason.STANDARD.value, done_at=None, dropped_at=None, rung=0,
    )  # fmt: skip
    rows.update(dropped_at=now, next_at=None)


def _told(one: Judged) -> dict[str, Any]:
    return {
        name: round(value, 1) if isinstance(value, float) else value for name, value in asdict(one).items()
    }
