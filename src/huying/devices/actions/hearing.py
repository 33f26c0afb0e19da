"""A device that speaks by another way than readings: known, locked, heard."""

from datetime import datetime

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.devices.actions.silence import hear_again
from huying.devices.models import Device, Maintenance
from huying.devices.policy import spoken_for_by
from huying.devices.rules.messages import Unread
from huying.kernel.errors import Denied


def hear(by: Actor, code: str, now: datetime) -> Device | Unread:
    """The device of a code, locked, marked as heard, its silence over; or why not. In a transaction. Raises Denied."""
    if not by.may(Permission.DEVICE_PUSH):
        raise Denied
    row = Device.objects.select_for_update(no_key=True).filter(spoken_for_by(by), code=code).first()
    if row is None:
        return Unread.UNKNOWN
    if row.retired_at is not None:
        return Unread.RETIRED
    if row.silent_at is not None:
        hear_again(by.district, [row], now)
    row.heard_at, row.silent_at = now, None
    row.save(update_fields=["heard_at", "silent_at"])
    return row


def is_worked_on(device: Device, now: datetime) -> bool:
    """Whether somebody works on it at this moment; one query."""
    rows = Maintenance.objects.filter(district=device.district, device_id=device.id)
    return rows.filter(since__lte=now, until__gt=now).exists()
