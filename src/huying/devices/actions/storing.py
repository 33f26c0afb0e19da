"""Readings put away: each once, added up in its hour, the newest of each factor beside."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db import connection

from huying.devices.models import Device, LastReading
from huying.devices.rules.messages import ALARM, Message, within

_READINGS: Final = """
INSERT INTO devices_reading (district, device_id, factor, at, value)
SELECT %s, u.device_id, u.factor, u.at, u.value
FROM unnest(%s::bigint[], %s::varchar[], %s::timestamptz[], %s::float8[]) AS u(device_id, factor, at, value)
ON CONFLICT DO NOTHING RETURNING device_id, factor, at, value
"""
_HOURS: Final = """
INSERT INTO devices_hourtally AS h (district, device_id, factor, hour, count, total, least, most)
SELECT %s, u.* FROM unnest(%s::bigint[], %s::varchar[], %s::timestamptz[], %s::int[], %s::float8[], %s::float8[],
                           %s::float8[]) AS u
ON CONFLICT (district, device_id, factor, hour) DO UPDATE SET count = h.count + excluded.count,
    total = h.total + excluded.total, least = least(h.least, excluded.least), most = greatest(h.most, excluded.most)
"""
_LASTS: Final = """
INSERT INTO devices_lastreading AS l (district, device_id, factor, at, value)
SELECT %s, u.* FROM unnest(%s::bigint[], %s::varchar[], %s::timestamptz[], %s::float8[]) AS u
ON CONFLICT (district, device_id, factor) DO UPDATE SET at = excluded.at, value = excluded.value
WHERE excluded.at > l.at
"""
_HEARD: Final = """
UPDATE devices_device d SET heard_at = greatest(d.heard_at, u.at), battery = coalesce(u.battery, d.battery),
    silent_at = NULL, door = u.door
FROM unnest(%s::bigint[], %s::timestamptz[], %s::smallint[], %s::text[]) AS u(id, at, battery, door)
WHERE d.district = %s AND d.id = u.id
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message and the device that spoke, locked. ``door``: by which way it came."""

    device: Device
    message: Message
    door: str = "http"


@dataclass(frozen=True, slots=True, order=True)
class Fresh:
    """A reading that was not known before."""

    at: datetime
    device_id: int
    factor: str
    value: float


Key = tuple[int, str]


def known(district: int, heard: Collection[Heard]) -> Mapping[Key, datetime]:
    """Until when each factor of those that tell values is known; one query, none for none."""
    ids = {one.device.id for one in heard if one.message.values}
    if not ids:
        return {}
    rows = LastReading.objects.filter(district=district, device_id__in=ids)
    return {(number, factor): at for number, factor, at in rows.values_list("device_id", "factor", "at")}


def bounded(heard: Mapping[int, Heard], before: Mapping[Key, datetime]) -> dict[int, Heard]:
    """The messages, by their number, without factors that would be too many of a device."""
    factors: dict[int, set[str]] = defaultdict(set)
    for device_id, factor in before:
        factors[device_id].add(factor)
    return {
        number: replace(one, message=within(one.message, factors[one.device.id]))
        for number, one in heard.items()
    }


def store(district: int, heard: Sequence[Heard], now: datetime) -> list[Fresh]:
    """Put all of it away; what was new, in the order of time."""
    told = [
        (one.device.id, factor, one.message.at, value)
        for one in heard
        for factor, value in _values(one.message)
    ]
    fresh = sorted(
        Fresh(at, number, factor, value) for number, factor, at, value in _inserted(district, told)
    )
    _add_up(district, fresh)
    _keep_last(district, fresh)
    _mark_heard(district, heard, now)
    return fresh


def _values(message: Message) -> list[tuple[str, float]]:
    return [*message.values, *([(f"{ALARM}{message.alarm}", 1.0)] if message.alarm else [])]


def _inserted(district: int, told: list[tuple[int, str, datetime, float]]) -> list[Any]:
    # In one order everywhere, so that two that put the same away wait for each other and do not lock each other out.
    # Not by the value: of two values of one moment the one that came first is kept, not the lesser.
    told = sorted(told, key=lambda row: row[:3])
    return _run(_READINGS, district, told, 4, returning=True) if told else []


def _add_up(district: int, fresh: Sequence[Fresh]) -> None:
    hours: dict[tuple[int, str, datetime], list[float]] = defaultdict(list)
    for one in fresh:
        if not one.factor.startswith(ALARM):
            hours[(one.device_id, one.factor, one.at.replace(minute=0, second=0, microsecond=0))].append(
                one.value
            )
    rows = [
        (*key, len(values), sum(values), min(values), max(values)) for key, values in sorted(hours.items())
    ]
    if rows:
        _run(_HOURS, district, rows, 7)


def _keep_last(district: int, fresh: Sequence[Fresh]) -> None:
    newest = {(one.device_id, one.factor): one for one in fresh if not one.factor.startswith(ALARM)}
    rows = [(*key, one.at, one.value) for key, one in sorted(newest.items())]
    if rows:
        _run(_LASTS, district, rows, 4)


def _mark_heard(district: int, heard: Sequence[Heard], now: datetime) -> None:
    spoke: dict[int, tuple[int | None, str]] = {}
    for one in sorted(heard, key=lambda one: one.message.at):
        battery = spoke.get(one.device.id, (None, ""))[0]
        said = one.message.battery
        # Not the moment it speaks of: one whose clock is an hour behind would be lost and found again for ever.
        spoke[one.device.id] = (battery if said is None else said, one.door)
    columns: list[Any] = [
        list(spoke),
        [now] * len(spoke),
        [battery for battery, _ in spoke.values()],
        [door for _, door in spoke.values()],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_HEARD, [*columns, district])


def _run(
    statement: str, district: int, rows: Sequence[tuple[Any, ...]], width: int, *, returning: bool = False
) -> list[Any]:
    columns = [[row[number] for row in rows] for number in range(width)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [district, *columns])
        return cursor.fetchall() if returning else []
