"""What comes in by the three dialects: read, heard, and written down where it is not understood."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.devices.actions import Given, write_down
from huying.devices.rules.messages import Unread
from huying.kernel.errors import Denied
from huying.places.queries import district as district_row
from huying.video.actions.hearing import Heard, hear_alarm
from huying.video.queries.rules import own_words, standing_of
from huying.video.rules import gb28181, onvif
from huying.video.rules.kinds import AlarmDoor
from huying.video.rules.naming import Own
from huying.video.rules.sighting import Sighting


def take_gb28181(by: Actor, raw: bytes, charset: str, device: str, now: datetime) -> Heard:
    """One notification of GB/T 28181. ``device``: the only one it may speak of, "": any. Raises Denied."""
    own, zone = _ears(by)
    found = gb28181.read(raw, now, zone, charset=charset, own=own, device=device)
    return _heard(by, [found], raw, device, AlarmDoor.GB28181, now)[0]


def take_onvif(by: Actor, raw: bytes, charset: str, device: str, now: datetime) -> list[Heard]:
    """The notifications of an ONVIF camera, in their order. Raises Denied."""
    own, zone = _ears(by)
    found = onvif.read(raw, now, zone, device, charset=charset, own=own)
    told: Sequence[Sighting | Unread] = [found] if isinstance(found, Unread) else found
    return _heard(by, told, raw, device, AlarmDoor.ONVIF, now)


def take_alarm(by: Actor, one: Sighting, raw: object, now: datetime) -> Heard:
    """An alarm that was read already. ``raw``: what is written down of one that cannot be heard. Raises Denied."""
    return _heard(by, [one], raw, one.device, AlarmDoor.WEBHOOK, now)[0]


def ears_of(by: Actor) -> tuple[Own, ZoneInfo]:
    """How the district's makers call things, and its clocks."""
    return _ears(by)


def _ears(by: Actor) -> tuple[Own, ZoneInfo]:
    if not by.may(Permission.DEVICE_PUSH):
        raise Denied
    return own_words(standing_of(by.district)), ZoneInfo(district_row(by.district).zone)


def _heard(
    by: Actor,
    told: Sequence[Sighting | Unread],
    raw: object,
    device: str,
    door: AlarmDoor,
    now: datetime,
) -> list[Heard]:
    found = [Heard(device, one) if isinstance(one, Unread) else hear_alarm(by, one, now) for one in told]
    why = next((one.why for one in found if one.why is not None), None)
    if why is not None:
        code = next((one.device for one in found if one.why is not None), device)
        write_down(by.district, [Given(raw, code, door.value)], {0: why}, now)
    return found
