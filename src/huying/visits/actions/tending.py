"""The plan kept alive: made where none is, ahead of the month; who is new gets a visit, who is gone gets none."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from huying.access.actor import system
from huying.kernel.errors import HuyingError
from huying.places.queries import Level, areas
from huying.residents.queries import key_persons
from huying.visits.actions.placing import one_at_a_time, ordered, written
from huying.visits.actions.planning import around_absences, make_plan
from huying.visits.models import Plan, Visit
from huying.visits.queries.planned import clients_of, month_of, planning_month, workers_of
from huying.visits.rules.planning.month import planned

#: From this day on the next month is planned.
_AHEAD: Final = 25


def tend(district: int, now: datetime) -> None:
    """For each street: its plan of this month and, late in the month, of the next one; and who came and went."""
    today = localdate(now)
    for street in areas(district, Level.STREET):
        if not key_persons(district, street.code):
            continue
        months = [today.replace(day=1)]
        if today.day >= _AHEAD:
            months.append(month_of(today)[1] + timedelta(days=1))
        for month in months:
            _ensure(district, street.code, month, now)
        fill(district, street.code, today, now)
    drop_gone(district, now)


def _ensure(district: int, street: str, month: date, now: datetime) -> None:
    if Plan.objects.filter(district=district, area__in=[street, str(district)], month=month).exists():
        return
    try:
        make_plan(system(district), street, month, now)
    except HuyingError:
        # Nobody goes there yet: asked again in an hour.
        return


@transaction.atomic
def fill(district: int, area: str, today: date, now: datetime) -> int:
    """Give who has no visit to come one that is in time, where it falls into this month; how many."""
    one_at_a_time(district)
    last = month_of(today)[1]
    have = set(
        Visit.objects.filter(
            district=district, area__startswith=area, done_at=None, dropped_at=None
        ).values_list("person_id", flat=True)
    )  # fmt: skip
    clients = [one for one in clients_of(district, area, today, now) if one.id not in have]
    workers = workers_of(district, area, now)
    days = planning_month(district, today, last)
    placed = around_absences(district, clients, workers, planned(clients, workers, days), days)
    count = written(district, placed, {one.id: one for one in clients}, None, "系统", now)
    ordered(district, {(one.worker, one.day) for one in placed}, {one.id: one for one in workers})
    return count


def drop_gone(district: int, now: datetime) -> int:
    """No visits to who left or is no key person any more; how many were dropped."""
    open_still = Visit.objects.filter(district=district, done_at=None, dropped_at=None)
    persons = set(open_still.values_list("person_id", flat=True))
    if not persons:
        return 0
    still = {one.id for one in key_persons(district, str(district), persons)}
    return open_still.filter(person_id__in=persons - still).update(dropped_at=now, next_at=None)
