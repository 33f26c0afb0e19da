"""The class of the water of each section, hour by hour; worse than its target for long enough, it is a matter.

Judged are the means of the last hour that ended with a reading (GB 3838-2002 judges means, not single readings), of the
factors whose series is believed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Avg, Max

from huying.devices.actions.casework import note, open_case, settle
from huying.devices.models import Anomaly, Device, LastReading, Matter, Reading, WaterPoint, WaterState
from huying.devices.rules.kinds import MatterKind
from huying.devices.rules.water import words
from huying.devices.rules.water.anomalies.kinds import DISBELIEVED
from huying.devices.rules.water.classes import WaterBody, WaterClass, limits
from huying.devices.rules.water.judging import Judgement, judge
from huying.devices.rules.water.points import PointSort
from huying.kernel.errors import Invalid
from huying.places.queries import district as district_row

_HOUR: Final = timedelta(hours=1)
_CODES: Final = tuple({code for body in WaterBody for code in limits(body)} | {"w01001"})


def grade_water(district: int, now: datetime) -> int:
    """Judge the sections that said something since they were judged last; how many. Twice changes nothing."""
    points = {
        row.device_id: row
        for row in WaterPoint.objects.filter(district=district, sort=PointSort.SECTION.value)
    }
    newest = _newest(district, points)
    states = {
        row.device_id: row.at for row in WaterState.objects.filter(district=district, device_id__in=newest)
    }
    due = [device for device, at in newest.items() if device not in states or at > states[device]]
    if not due:
        return 0
    zone = district_row(district).zone
    return sum(_graded(points[device], newest[device], now, zone) for device in sorted(due))


def _newest(district: int, points: Mapping[int, WaterPoint]) -> dict[int, datetime]:
    rows = LastReading.objects.filter(district=district, device_id__in=list(points), factor__in=_CODES)
    return dict(rows.values_list("device_id").annotate(at=Max("at")))


@transaction.atomic
def _graded(point: WaterPoint, at: datetime, now: datetime, zone: str) -> bool:
    device = (
        Device.objects.select_for_update(no_key=True, skip_locked=True)
        .filter(district=point.district, id=point.device_id, retired_at=None)
        .first()
    )
    if device is None:
        return False
    state = WaterState.objects.filter(district=point.district, device_id=device.id).first()
    doubted = _doubted(device, at)
    values = {code: mean for code, mean in _means(device, at).items() if code not in doubted}
    target = WaterClass(point.target)
    try:
        found = judge(values, WaterBody(point.body), target)
    except Invalid:
        return False
    state = _put(state, point, at, found, doubted, values)
    _follow(state, point, device, found, now, zone)
    state.save(force_insert=state._state.adding)
    return True


def _means(device: Device, at: datetime) -> dict[str, float]:
    rows = Reading.objects.filter(
        district=device.district, device_id=device.id, factor__in=_CODES, at__gt=at - _HOUR, at__lte=at
    )
    return dict(rows.values_list("factor").annotate(mean=Avg("value")))


def _doubted(device: Device, at: datetime) -> list[str]:
    """The factors whose series is not believed at that moment."""
    rows = Anomaly.objects.filter(
        district=device.district,
        device_id=device.id,
        kind__in=DISBELIEVED,
        since__lte=at,
        until__gt=at - _HOUR,
    )
    return sorted(set(rows.values_list("factor", flat=True)))


def _put(
    state: WaterState | None,
    point: WaterPoint,
    at: datetime,
    found: Judgement,
    doubted: Sequence[str],
    values: Mapping[str, float],
) -> WaterState:
    if state is None:
        state = WaterState(district=point.district, device_id=point.device_id, since=at, grade="")
    if state.grade != found.water.value:
        state.since = at
    state.grade, state.at = found.water.value, at
    state.worst, state.missing, state.doubted = list(found.worst), list(found.missing), list(doubted)
    state.values = {code: round(value, 6) for code, value in values.items()}
    below = found.water.rank > WaterClass(point.target).rank
    state.below_since = (state.below_since or at) if below else None
    return state


def _follow(
    state: WaterState, point: WaterPoint, device: Device, found: Judgement, now: datetime, zone: str
) -> None:
    """Open a matter when it is below for as long as the point says, end it when it keeps its target again."""
    below = state.below_since
    if below is None:
        if state.matter_id is not None:
            _over(state, device, found, now, zone)
    elif state.matter_id is None and state.at - below >= timedelta(hours=point.hold):
        told = words.worse(device.name, point.water, WaterClass(point.target), found, below, zone)
        key = f"device-water-{device.id}-{below.timestamp():.0f}"
        case_id = open_case(device, MatterKind.WATER, told, key, now, point.answerable_id)
        row = Matter.objects.create(
            district=device.district, device_id=device.id, kind=MatterKind.WATER.value, factor=found.worst[0],
            case_id=case_id, since=below, made_at=now,
        )  # fmt: skip
        state.matter_id = row.id
    elif state.matter_id is not None and state.since == state.at:
        row = Matter.objects.get(district=device.district, id=state.matter_id)
        note(device.district, row.case_id or 0, words.now_is(found, state.at, zone), now)


def _over(state: WaterState, device: Device, found: Judgement, now: datetime, zone: str) -> None:
    rows = Matter.objects.filter(district=device.district, id=state.matter_id or 0)
    row = rows.first()
    state.matter_id = None
    if row is None or row.until is not None:
        return
    rows.update(until=state.at)
    settle(device.district, row.case_id or 0, words.kept_again(found, state.at, zone), now)
