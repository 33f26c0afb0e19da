"""A home whose silence became unusual: a case for the community, an hour later an emergency card; over with any sign."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from huying.devices.actions.homes.telling import ended, went_on
from huying.devices.actions.judging import works_on
from huying.devices.models import Device, HomeState, Matter
from huying.devices.queries.homes import devices_of, lately
from huying.devices.rules.home.events import Event
from huying.devices.rules.home.habits.keeping import found_again
from huying.devices.rules.home.silences import Silence, silences
from huying.devices.rules.home.standard import USUAL
from huying.devices.rules.home.watching import due, judged
from huying.devices.rules.kinds import MatterKind
from huying.places.queries import district as district_row

_MOST: Final = 200
_MONTH: Final = timedelta(days=30)
#: When a home is looked at again of which nothing is to be said now.
_LATER: Final = timedelta(minutes=10)
#: While a matter is open: the next level, and the sign that ends it, are not to be late.
_SOON: Final = timedelta(minutes=1)


def look_at_homes(district: int, now: datetime) -> int:
    """Look at the homes whose time has come; how many of them something was said of."""
    rows = HomeState.objects.filter(district=district, due_at__lte=now).order_by("due_at")
    zone = district_row(district).zone
    return sum(_look(district, home, now, zone) for home in list(rows.values_list("home", flat=True)[:_MOST]))


@transaction.atomic
def _look(district: int, home: str, now: datetime, zone: str) -> bool:
    found = HomeState.objects.select_for_update(skip_locked=True).filter(district=district, home=home)
    state = found.filter(due_at__lte=now).first()
    if state is None:
        return False
    devices = devices_of(district, home)
    if not devices:
        # None of its devices is left: what was open ended with the last of them.
        found.delete()
        return False
    events = lately(devices, now, zone)
    said = False
    if not events or not _is_heard(devices, now):
        state.due_at = now + _LATER
    else:
        said = _judge(state, devices, events, now, zone)
    state.save(update_fields=["due_at", "level", "since", "matter_id"])
    return said


def _is_heard(devices: Sequence[Device], now: datetime) -> bool:
    """Whether silence says anything: not while somebody works on one of them, nor when all are lost."""
    resting = works_on(devices[0].district, [one.id for one in devices], now, now)
    return not resting and not all(one.silent_at is not None for one in devices)


def _judge(
    state: HomeState, devices: Sequence[Device], events: Sequence[Event], now: datetime, zone: str
) -> bool:
    silence: Silence = silences(events, USUAL.alive_within)[-1]
    habits, here = found_again(state.habits), now.astimezone(ZoneInfo(zone))
    said = False
    if state.matter_id is not None and state.since != silence.since:
        ended(state, silence, now, zone)
        said = True
    unsettled = _unsettled(state, devices, now)
    finding = judged(silence, here, habits, USUAL, unsettled)
    if finding is None:
        begins = due(silence, habits, USUAL, unsettled)
        # Once in between: a sign in another room may have made a shorter silence unusual. It may lie in the past while
        # devices have no signal: then it is looked at until they have.
        state.due_at = max(min(begins, now + _LATER), now + _SOON)
        return said
    said = went_on(state, devices, finding, now, zone) or said
    state.due_at = now + _SOON
    return said


def _unsettled(state: HomeState, devices: Sequence[Device], now: datetime) -> int:
    """Matters of the last month that ended by themselves: each makes the next one of the month dearer."""
    return Matter.objects.filter(
        district=state.district, kind=MatterKind.HOME.value, device_id__in=[one.id for one in devices],
        since__gt=now - _MONTH, until__isnull=False, emergency_id=None,
    ).count()  # fmt: skip
