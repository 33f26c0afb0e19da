"""How many other devices of the kind near by say the same."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from huying.devices.models import Device
from huying.devices.queries.rules import Rule
from huying.geo.measure import around, distance

_NEAR: Final = """
SELECT u.n, d.lon, d.lat, l.value
FROM unnest(%(n)s::int[], %(id)s::bigint[], %(kind)s::varchar[], %(factor)s::varchar[], %(west)s::float8[],
            %(south)s::float8[], %(east)s::float8[], %(north)s::float8[])
     AS u(n, id, kind, factor, west, south, east, north)
CROSS JOIN LATERAL (
    SELECT d.id, d.lon, d.lat, d.every FROM devices_device d
    WHERE d.district = %(district)s AND d.kind = u.kind AND d.lat BETWEEN u.south AND u.north
      AND d.lon BETWEEN u.west AND u.east AND d.id <> u.id AND d.retired_at IS NULL AND d.silent_at IS NULL
) d
JOIN devices_lastreading l ON l.district = %(district)s AND l.device_id = d.id AND l.factor = u.factor
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A device that is beyond under a rule that asks for neighbours."""

    device: Device
    rule: Rule


def agreeing(district: int, asked: Sequence[Question]) -> Mapping[tuple[int, str], int]:
    """(device, rule) → how many neighbours within its metres are beyond by their last value; one query, none for none.

    A device without a position has no neighbours; one that is taken for lost says nothing.
    """
    placed = [one for one in asked if one.device.lon is not None and one.device.lat is not None]
    if not placed:
        return {}
    boxes = [around(one.device.lon or 0.0, one.device.lat or 0.0, one.rule.watch.metres) for one in placed]
    given: dict[str, Any] = {
        "district": district, "n": list(range(len(placed))), "id": [one.device.id for one in placed],
        "kind": [one.device.kind for one in placed], "factor": [one.rule.factor for one in placed],
        **{side: [box[number] for box in boxes] for number, side in enumerate(("west", "south", "east", "north"))},
    }  # fmt: skip
    counted: Counter[tuple[int, str]] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, given)
        for number, lon, lat, value in cursor.fetchall():
            device, rule = placed[number].device, placed[number].rule
            near = distance(device.lon or 0.0, device.lat or 0.0, lon, lat) <= rule.watch.metres
            counted[(device.id, rule.code)] += near and rule.watch.is_beyond(value)
    return counted
