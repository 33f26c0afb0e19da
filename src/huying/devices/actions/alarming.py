"""A device's own alarm becomes an emergency card in the very transaction that keeps it."""

import logging
from datetime import datetime
from typing import Final

from huying.access.actor import system
from huying.devices.actions.storing import Heard
from huying.devices.models import Device, Matter
from huying.devices.rules.kinds import OTHER_EMERGENCY, DeviceKind, MatterKind, emergency_of
from huying.devices.rules.words import clock
from huying.emergency.actions import NewAlarm, Opened, open_card
from huying.emergency.queries import plan_for, plans_of
from huying.emergency.rules.kinds import Source
from huying.geo.datums import Datum
from huying.kernel.errors import NotFound
from huying.places.queries import district as district_row

_log = logging.getLogger(__name__)
#: An alarm that was so long under way says so on its card.
_LATE_SECONDS: Final = 60


def raise_alarm(one: Heard, now: datetime) -> Opened:
    """Open the card of an alarm, or add to the one that is open; the first ring is alerted when this commits."""
    device, message = one.device, one.message
    zone = district_row(device.district).zone
    late = (now - message.at).total_seconds() > _LATE_SECONDS
    when = f"，{clock(message.at, zone)} 报警，迟到" if late else ""
    said = f"{DeviceKind(device.kind).zh}“{device.name}”（{device.code}）报警{when}"
    kind = emergency_of(message.alarm, DeviceKind(device.kind))
    own = message.lon is not None and message.lat is not None
    lon, lat = (message.lon, message.lat) if own else (device.lon, device.lat)
    datum = message.datum if own else Datum.CGCS2000.value
    card = open_for(device, kind, message.alarm, said, now, lon, lat, datum, message.at)
    Matter.objects.create(
        district=device.district, device_id=device.id, kind=MatterKind.ALARM.value, factor=message.alarm,
        case_id=card.case_id, emergency_id=card.id, since=message.at, until=message.at, made_at=now,
    )  # fmt: skip
    return card


def open_for(
    device: Device,
    kind: str,
    key: str,
    said: str,
    now: datetime,
    lon: float | None = None,
    lat: float | None = None,
    datum: str = Datum.CGCS2000.value,
    at: datetime | None = None,
) -> Opened:
    """Open a card for a device, at its own place where none is given. A kind offered no more is opened as another."""
    if lon is None or lat is None:
        lon, lat, datum = device.lon, device.lat, Datum.CGCS2000.value
    new = NewAlarm(
        kind=_offered(device.district, kind), source=Source.DEVICE, key=key, device=device.code, words=said[:500],
        place_text=device.place_text, lon=lon, lat=lat, datum=datum, at=at,
    )  # fmt: skip
    return open_card(system(device.district, f"设备 {device.code}"), new, now)


def _offered(district: int, kind: str) -> str:
    """The kind, or what is taken in its stead: an alarm is not refused because a plan was ended."""
    for code in (kind, OTHER_EMERGENCY):
        try:
            return plan_for(district, code).code
        except NotFound:
            _log.warning("%s has no plan for %s", district, code)
    return plans_of(district)[0].code
