"""What is agreed with a person, a great change in their life, and visits beside the plan."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.saying import said
from huying.residents.queries import key_persons, person_area
from huying.visits.actions.placing import one_at_a_time, ordered, zone_of
from huying.visits.actions.telling import tell_upheaval
from huying.visits.models import Arrangement, Change, Visit
from huying.visits.policy import DO, PLAN, may_at, must
from huying.visits.queries.ones import sealed
from huying.visits.queries.planned import away_between, clients_of, workers_of
from huying.visits.queries.standards import standard_of
from huying.visits.rules.kinds import Slot, Upheaval, VisitReason
from huying.visits.rules.planning.sharing import shared
from huying.visits.rules.standards import due_at, first_look


@transaction.atomic
def arrange(
    by: Actor, person_id: int, weekdays: Sequence[int], slot: Slot, worker_id: int | None, now: datetime
) -> None:
    """From the next plan on: these weekdays (Monday is 0; none: any), this time of the day, this worker.

    Raises Denied, NotFound, Invalid.
    """
    area = _area(by, person_id)
    if not set(weekdays) <= set(range(7)):
        raise Invalid(fields={"weekdays": said("星期不对。")})
    if worker_id is not None and worker_id not in {one.id for one in workers_of(by.district, area[:9], now)}:
        raise Invalid(fields={"worker_id": said("这个街道没有这位走访人。")})
    told = {
        "weekdays": sorted(set(weekdays)), "slot": slot.value, "worker_id": worker_id, "changed_at": now,
        "changed_by": by.name[:60],
    }  # fmt: skip
    rows = Arrangement.objects.filter(district=by.district, person_id=person_id)
    if not rows.update(**told):
        Arrangement(district=by.district, person_id=person_id, **told).save(force_insert=True)


@transaction.atomic
def note_change(by: Actor, person_id: int, kind: Upheaval, words: str, now: datetime) -> int | None:
    """Something great happened: somebody looks in within the hours of the person's level; that visit's id.

    None where the level asks for no visit. Who goes is told at once. Raises Denied, NotFound, Invalid.
    """
    area = _area(by, person_id)
    if len(words.strip()) > 500:
        raise Invalid(fields={"words": said("情况最多 500 字。")})
    row = Change(
        district=by.district, person_id=person_id, area=area, kind=kind.value,
        words_sealed=sealed(by.district, "change", words.strip()), at=now, noted_by=by.name[:60],
    )  # fmt: skip
    found = key_persons(by.district, area, [person_id])
    hours = standard_of(by.district, found[0].level).upheaval_hours if found else 0
    if hours:
        row.visit_id = _soon(by, person_id, area, now + timedelta(hours=hours), now)
    row.save(force_insert=True)
    return row.visit_id


@transaction.atomic
def add_visit(by: Actor, person_id: int, day: date, now: datetime) -> int:
    """A visit beside the plan, made by whoever goes there; its id. The same day twice is once.

    Raises Denied, NotFound, Invalid for a day that is past or farther than two months.
    """
    area = _area(by, person_id)
    if not localdate(now) <= day <= localdate(now) + timedelta(days=62):
        raise Invalid(fields={"day": said("日期须在今天以后、两个月以内。")})
    there = Visit.objects.filter(
        district=by.district, person_id=person_id, day=day, dropped_at=None, done_at=None
    )
    held = there.first()
    if held is not None:
        return held.id
    due = due_at(day, zone_of(by.district))
    return _put(by, person_id, area, VisitReason.EXTRA, day, due, _who(by, person_id, area, day, now), now).id


def _area(by: Actor, person_id: int) -> str:
    """Where the person lives, for who makes or plans visits there. Raises NotFound, Denied."""
    if not by.may(PLAN):
        must(by, DO)
    area = person_area(by.district, person_id)
    if not (may_at(by, DO, area) or may_at(by, PLAN, area)):
        raise NotFound
    return area


def _soon(by: Actor, person_id: int, area: str, due: datetime, now: datetime) -> int:
    """A visit that is due at a moment; one that stands there for the same is brought forward instead."""
    one_at_a_time(by.district)
    held = Visit.objects.filter(
        district=by.district, person_id=person_id, reason=VisitReason.UPHEAVAL.value, done_at=None, dropped_at=None
    ).first()  # fmt: skip
    if held is not None:
        return held.id
    day = localdate(now)
    row = _put(by, person_id, area, VisitReason.UPHEAVAL, day, due, _who(by, person_id, area, day, now), now)
    tell_upheaval(by.district, row, now)
    return row.id


def _who(by: Actor, person_id: int, area: str, day: date, now: datetime) -> int | None:
    """Whoever goes there on that day: who it is agreed with, else who has it in the plan, else the nearest."""
    away = away_between(by.district, day, day)
    workers = [one for one in workers_of(by.district, area[:9], now) if (one.id, day) not in away]
    rows = Visit.objects.filter(
        district=by.district, person_id=person_id, dropped_at=None, worker_id__isnull=False
    )
    last = rows.order_by("-day").values_list("worker_id", flat=True).first()
    if last in {one.id for one in workers}:
        return last
    clients = clients_of(by.district, area, day, now, [person_id])
    return shared(clients, workers).get(person_id) or (workers[0].id if workers else None)


def _put(
    by: Actor,
    person_id: int,
    area: str,
    reason: VisitReason,
    day: date,
    due: datetime,
    worker_id: int | None,
    now: datetime,
) -> Visit:
    slot = (
        Arrangement.objects.filter(district=by.district, person_id=person_id)
        .values_list("slot", flat=True)
        .first()
    )
    row = Visit(
        district=by.district, person_id=person_id, area=area, reason=reason.value, worker_id=worker_id, day=day,
        slot=slot or Slot.ANY.value, due_at=due, next_at=max(first_look(day, due, zone_of(by.district)), now),
        made_at=now, made_by=by.name[:60],
    )  # fmt: skip
    row.save(force_insert=True)
    if worker_id is not None:
        workers = {one.id: one for one in workers_of(by.district, area[:9], now)}
        ordered(by.district, {(worker_id, day)}, workers)
    return row
