"""The watch over the series of water devices, reading by reading; what is not believed is kept, its owner mends it.

A watch knows its series only from what it was given, so each worker keeps its own in memory and gives it the past when
it begins. What two of them find is the same, and kept once.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from huying.devices.actions.casework import open_case, settle
from huying.devices.models import Device, LastReading, Matter, Reading
from huying.devices.rules.hj212.factors import FACTORS
from huying.devices.rules.kinds import DeviceKind, MatterKind
from huying.devices.rules.water.anomalies.kinds import DISBELIEVED, AnomalyKind, Verdict
from huying.devices.rules.water.anomalies.watching import Watch
from huying.devices.rules.words import factor_name
from huying.places.queries import district as district_row

#: What a watch is given of the past when it begins, and how much of it at most.
_PAST: Final = timedelta(days=60)
_MOST: Final = 3000
#: So many series are begun at one look: each takes a tenth of a second of the past.
_BEGUN: Final = 50
#: So many readings without its verdict and a doubt is over.
_CALM: Final = 3
#: A value that cannot be is a slip once, a fault when it comes again.
_FEWEST: Final = 3
# What is kept once may go on, and is never taken back.
_KEEP: Final = """
INSERT INTO devices_anomaly (district, device_id, factor, kind, since, until, told, sure, low, high, value)
SELECT %s, * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[],
                         %s::float8[], %s::float8[], %s::float8[], %s::float8[])
ON CONFLICT (district, device_id, factor, kind, since) DO UPDATE SET
    until = greatest(devices_anomaly.until, excluded.until), sure = excluded.sure, value = excluded.value
"""

Key = tuple[int, int, str]


@dataclass(slots=True)
class _Series:
    watch: Watch
    last: datetime | None = None
    #: The newest readings and whether each was part of something to be mended.
    lately: deque[AnomalyKind | None] = field(default_factory=lambda: deque(maxlen=_CALM))


@dataclass(slots=True)
class Doubting:
    """A duty of the worker."""

    _series: dict[Key, _Series] = field(default_factory=dict)

    def look(self, district: int, now: datetime) -> int:
        """Give each watch what its series said since; how many verdicts were kept, new ones and those that go on."""
        devices = {
            row.id: row
            for row in Device.objects.filter(
                district=district, kind=DeviceKind.WATER_QUALITY.value, retired_at=None
            )
        }
        lasts = LastReading.objects.filter(
            district=district, device_id__in=list(devices), factor__in=list(FACTORS)
        )
        clock, count, begun = ZoneInfo(district_row(district).zone), 0, 0
        for device_id, factor, at in lasts.values_list("device_id", "factor", "at"):
            key = (district, device_id, factor)
            if key not in self._series:
                begun += 1
                if begun > _BEGUN:
                    continue
                self._series[key] = _new(factor)
            series = self._series[key]
            if series.last is None or at > series.last:
                count += _fed(devices[device_id], factor, series, now, clock)
        return count


def _new(factor: str) -> _Series:
    known = FACTORS[factor]
    return _Series(Watch(known.low, known.high))


def _fed(device: Device, factor: str, series: _Series, now: datetime, clock: tzinfo) -> int:
    verdicts: list[Verdict] = []
    for at, value in _readings(device, factor, series.last, now):
        found = [
            one for one in series.watch.add(at.astimezone(clock), value) if one.kind is not AnomalyKind.GAP
        ]
        series.last = at
        series.lately.append(next((one.kind for one in found if one.kind in DISBELIEVED), None))
        verdicts += found
    newest = {(one.kind, one.since): one for one in verdicts}
    with transaction.atomic():
        _keep(device, factor, newest.values())
        _mend(device, factor, series, list(newest.values()), now)
    return len(newest)


def _readings(
    device: Device, factor: str, last: datetime | None, now: datetime
) -> Iterable[tuple[datetime, float]]:
    """What the series said since ``last``; of the past when there is none, the newest part."""
    rows = Reading.objects.filter(
        district=device.district, device_id=device.id, factor=factor, at__gt=last or now - _PAST
    ).values_list("at", "value")
    return list(rows.order_by("-at")[:_MOST])[::-1]


def _keep(device: Device, factor: str, verdicts: Iterable[Verdict]) -> None:
    rows = [
        (device.id, factor, one.kind.value, one.since, one.until, one.told, one.sure, one.low, one.high, one.value)
        for one in verdicts
    ]  # fmt: skip
    if rows:
        columns: list[Any] = [list(column) for column in zip(*rows, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [device.district, *columns])


def _mend(device: Device, factor: str, series: _Series, verdicts: Sequence[Verdict], now: datetime) -> None:
    """One open matter for a series at most: opened for what goes on now, over when it was calm for some readings."""
    rows = Matter.objects.filter(
        district=device.district, device_id=device.id, kind=MatterKind.DOUBT.value, factor=factor, until=None
    )
    open_one = rows.first()
    lately = list(series.lately)
    if open_one is None:
        going = [one for one in verdicts if one.kind in DISBELIEVED and one.until == series.last]
        if going and (
            going[-1].kind is not AnomalyKind.IMPOSSIBLE or lately.count(going[-1].kind) >= _FEWEST
        ):
            _open(device, factor, going[-1], now)
    elif len(lately) == _CALM and not any(lately) and series.last is not None:
        rows.update(until=max(open_one.since, series.last))
        settle(device.district, open_one.case_id or 0, f"{factor_name(factor)}读数已恢复正常。", now)


def _open(device: Device, factor: str, verdict: Verdict, now: datetime) -> None:
    told = (
        f"【读数存疑】水质设备“{device.name}”（{device.code}）{factor_name(factor)}：{verdict.reason}"
        "请检查设备和校准；这不是水质本身的报警。"
    )
    key = f"device-doubt-{device.id}-{factor}-{verdict.kind.value}-{verdict.since.timestamp():.0f}"
    case_id = open_case(device, MatterKind.DOUBT, told, key, now, device.body_id)
    Matter.objects.create(
        district=device.district, device_id=device.id, kind=MatterKind.DOUBT.value, factor=factor, case_id=case_id,
        since=verdict.since, peak=_finite(verdict.value), made_at=now,
    )  # fmt: skip


def _finite(value: float) -> float | None:
    return value if abs(value) < 1e15 else None
