"""What time alone brings about: a hold that ran out between two readings, a fluttering that calmed down."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from huying.devices.actions.following import Happened, follow
from huying.devices.actions.judging import put_state, save_states, state_of, works_on
from huying.devices.models import Device, WatchState
from huying.devices.queries.neighbours import Question, agreeing
from huying.devices.queries.rules import Rule, newest
from huying.devices.rules.watching import MISSED, waited

_MOST: Final = 500
_WAITS: Final = Q(since__isnull=False) | Q(first__isnull=False)


def look_at_waiting(district: int, now: datetime) -> int:
    """Move on the machines that wait for a time; how many happenings that brought about.

    A device that is being worked on, taken for lost, or overdue by three of its intervals says nothing by being silent.
    """
    happened, last = 0, 0
    while ids := _waiting(district, last):
        happened += _moved_on(district, ids, now)
        last = ids[-1]
    return happened


def _waiting(district: int, after: int) -> list[int]:
    """The next devices above one; those that wait for ever for nothing must not stand before the others."""
    heard = Device.objects.filter(district=district, retired_at=None, silent_at=None)
    waiting = WatchState.objects.filter(_WAITS, district=district, device_id__in=heard.values("id"))
    ids = waiting.filter(device_id__gt=after).order_by("device_id").values_list("device_id", flat=True)
    return list(ids.distinct()[:_MOST])


@transaction.atomic
def _moved_on(district: int, ids: list[int], now: datetime) -> int:
    rows = Device.objects.select_for_update(no_key=True, skip_locked=True).filter(
        district=district, id__in=ids, retired_at=None, silent_at=None
    )
    devices = {row.id: row for row in rows.order_by("id") if not _is_overdue(row, now)}
    resting = set(works_on(district, set(devices), now, now))
    rules = {code: one.rule for code, one in newest(district).items() if not one.ended}
    states = WatchState.objects.select_for_update().filter(
        _WAITS, district=district, device_id__in=set(devices) - resting
    )
    happened: list[Happened] = []
    changed: list[WatchState] = []
    for row in states.order_by("device_id", "rule"):
        rule, device = rules.get(row.rule), devices[row.device_id]
        if rule is None or not rule.concerns(device.id, device.kind):
            continue
        before = state_of(row)
        after, events = waited(before, rule.watch, now, _Neighbours(device, rule).count)
        if after != before:
            put_state(row, after)
            changed.append(row)
        happened += [Happened(device, rule, event, row) for event in events]
    save_states(changed)
    follow(district, happened, now)
    return len(happened)


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """Who is asked when a hold runs out under a rule with a quorum."""

    device: Device
    rule: Rule

    def count(self) -> int:
        asked = Question(self.device, self.rule)
        return agreeing(self.device.district, [asked]).get((self.device.id, self.rule.code), 0)


def _is_overdue(row: Device, now: datetime) -> bool:
    if not row.every or row.heard_at is None:
        return False
    return now - row.heard_at > timedelta(seconds=MISSED * row.every)
