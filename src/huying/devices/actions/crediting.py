"""How a device proves to be itself: a credential of ours, or the password that its station of HJ 212 was set up with."""

import re
from datetime import datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.devices.actions.registering import held
from huying.devices.models import Device
from huying.devices.queries.credentials import secret_of
from huying.devices.queries.stations import station_digests
from huying.devices.rules.credentials import new_credential
from huying.kernel.errors import Conflict, Invalid
from huying.kernel.saying import said

#: The standard gives six characters; some stations take more. What separates fields of the protocol is none of them.
_PASSWORD: Final = re.compile(r"[A-Za-z0-9]{6,20}")


@transaction.atomic
def new_secret(by: Actor, device_id: int, now: datetime) -> str:
    """Another credential, shown this once; the one before opens nothing from now on.

    Raises Denied, NotFound, Conflict for a device that is retired.
    """
    row = _in_use(by, device_id)
    raw = new_credential(by.district, row.id)
    row.secret, row.secret_at = secret_of(by.district, raw), now
    row.save(update_fields=["secret", "secret_at"])
    note_change(by, NewChange(Subject.DEVICE, row.code, row.name, Deed.RESET), now)
    return raw


@transaction.atomic
def set_station_password(by: Actor, device_id: int, password: str, now: datetime) -> None:
    """Let a station of HJ 212 that bears the device's code as its MN show this password (PW); "" lets none.

    Raises Denied, NotFound, Conflict for a device that is retired, Invalid.
    """
    row = _in_use(by, device_id)
    if password and not _PASSWORD.fullmatch(password):
        raise Invalid(fields={"password": said("访问密码 6 到 20 位，只用字母和数字。")})
    row.station_secret = station_digests(by.district, row.id, password)[0] if password else None
    row.station_at = now if password else None
    row.save(update_fields=["station_secret", "station_at"])
    told = {"HJ 212 访问密码": "已设置" if password else "已取消"}
    note_change(by, NewChange(Subject.DEVICE, row.code, row.name, Deed.RESET, {}, told), now)


def _in_use(by: Actor, device_id: int) -> Device:
    row = held(by, device_id)
    if row.retired_at is not None:
        raise Conflict("设备已停用。")
    return row
