"""A device that is not heard is a matter of its own: for the body that owns it, not of what it guards."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from huying.cases.actions import NewAppeal, receive
from huying.cases.lifecycle import Channel
from huying.catalogue.rules import AppealKind
from huying.devices.actions.casework import note, open_ones, settle, speaking, to_owner
from huying.devices.models import Device, Matter
from huying.devices.queries.silence import silence_of
from huying.devices.rules.kinds import DeviceKind, MatterKind
from huying.devices.rules.words import clock
from huying.people.queries import unit_names
from huying.places.queries import district as district_row

#: So many of its own intervals a device may miss.
INTERVALS: Final = 3
_MOST: Final = 1000
_NAMED: Final = 20
# Those worked on are not looked for; those another process has in hand are left to it.
_SILENT: Final = """
SELECT d.id FROM devices_device d
WHERE d.district = %s AND d.every > 0 AND d.retired_at IS NULL AND d.silent_at IS NULL
  AND coalesce(d.heard_at, d.made_at) < %s - %s * d.every * interval '1 second'
  AND NOT EXISTS (SELECT FROM devices_maintenance m WHERE m.district = d.district AND m.device_id = d.id
                  AND m.since <= %s AND m.until > %s)
ORDER BY d.id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
"""

Group = tuple[int | None, str, str]


@transaction.atomic
def look_for_silent(district: int, now: datetime) -> int:
    """Take for lost what was not heard for three intervals; how many devices. Twice finds nothing new.

    Those of one owner, kind and street are one case, also when some are found later while it is open.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SILENT, [district, now, INTERVALS, now, now, _MOST])
        ids = [row[0] for row in cursor.fetchall()]
    if not ids:
        return 0
    rows = list(Device.objects.filter(district=district, id__in=ids).order_by("id"))
    groups: dict[Group, list[Device]] = defaultdict(list)
    for row in rows:
        groups[_group(row)].append(row)
    known = _open_cases(district)
    for group, devices in groups.items():
        case_id = known.get(group)
        if case_id is None or not note(district, case_id, _more(devices), now):
            case_id = _opened(district, group, devices, now)
        Matter.objects.bulk_create(_matter(one, case_id, now) for one in devices)
    Device.objects.filter(district=district, id__in=ids).update(silent_at=now)
    return len(rows)


def hear_again(district: int, devices: Sequence[Device], now: datetime) -> None:
    """Their silence is over; a case whose last device is heard again is ended, or noted where a body has it in hand."""
    if not devices:
        return
    ids = [one.id for one in devices]
    rows = Matter.objects.filter(
        district=district, kind=MatterKind.SILENCE.value, until=None, device_id__in=ids
    )
    cases = {row.case_id for row in rows if row.case_id is not None}
    # In one order, and before any is ended: of the last two heard at once neither would take itself for the last.
    together = Matter.objects.select_for_update().filter(district=district, case_id__in=cases, until=None)
    list(together.order_by("id").values_list("id"))
    rows.update(until=now)
    if not cases:
        return
    left = Matter.objects.filter(
        district=district, kind=MatterKind.SILENCE.value, until=None, case_id__in=cases
    )
    waiting = set(left.values_list("case_id", flat=True))
    for case_id in sorted(cases - waiting):
        settle(district, case_id, "失联的设备已全部恢复联系。", now)


def _group(row: Device) -> Group:
    return (row.body_id, row.kind, row.area[:9])


def _open_cases(district: int) -> dict[Group, int]:
    """The case of each group that still has a lost device and is not ended."""
    rows = Matter.objects.filter(district=district, kind=MatterKind.SILENCE.value, until=None)
    found = {device: case for device, case in rows.values_list("device_id", "case_id") if case is not None}
    cases = open_ones(district, set(found.values()))
    devices = Device.objects.filter(district=district, id__in=list(found))
    return {_group(row): found[row.id] for row in devices if found[row.id] in cases}


def _opened(district: int, group: Group, devices: Sequence[Device], now: datetime) -> int:
    """A case of the owner: filed and sent to them where the district said under which item, else left to the centre."""
    body_id, kind, area = group
    owner = unit_names(district).get(body_id or 0, "")
    zone, first = district_row(district).zone, devices[0]
    place: dict[str, Any] = {"area": area}
    if len(devices) == 1:
        place = {"area": first.area, "lon": first.lon, "lat": first.lat, "place_text": first.place_text}
    heard = f"，最后一次在 {clock(first.heard_at, zone)}" if first.heard_at else "，登记后还没有联系过"
    text = (
        f"【设备失联】{DeviceKind(kind).zh} {len(devices)} 台超过 {INTERVALS} 个周期没有联系{heard}：{_names(devices)}。"
        f"{f'权属单位：{owner}。' if owner else ''}请检查设备、电源和网络；这不是它所监测对象的报警。"
    )
    setting = silence_of(district)
    new = NewAppeal(
        text=text, channel=Channel.DEVICE.value, kind=AppealKind.HELP.value, item=setting.item, urgency=setting.urgency,
        source=first.code, idempotency_key=f"device-silent-{first.id}-{now.isoformat()}", **place,
    )  # fmt: skip
    case_id = receive(district, [new], by=speaking(district), now=now)[0].case_id
    if body_id is not None and setting.item:
        to_owner(district, case_id, setting.item, body_id, now)
    return case_id


def _more(devices: Sequence[Device]) -> str:
    return f"又有 {len(devices)} 台失联：{_names(devices)}。"


def _names(devices: Sequence[Device]) -> str:
    named = "、".join(f"{one.name}（{one.code}）" for one in devices[:_NAMED])
    return f"{named}等" if len(devices) > _NAMED else named


def _matter(one: Device, case_id: int, now: datetime) -> Matter:
    return Matter(
        district=one.district, device_id=one.id, kind=MatterKind.SILENCE.value, case_id=case_id,
        since=one.heard_at or one.made_at, made_at=now,
    )  # fmt: skip
