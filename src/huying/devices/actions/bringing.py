"""Devices brought in from a sheet: all of it, or nothing and what is wrong with which line."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.devices.actions.registering import change, make
from huying.devices.models import Device
from huying.devices.policy import must_edit
from huying.devices.rules.registering import NewDevice
from huying.devices.rules.sheet import NEEDED, device_of
from huying.kernel.errors import Conflict, HuyingError, Invalid
from huying.people.queries import bodies
from huying.teams.actions import SheetReport
from huying.teams.rules.sheets import Fault, read_lines


class _Undone(Exception):
    """All of it is taken back."""


def import_devices(by: Actor, data: bytes, now: datetime, *, dry_run: bool) -> SheetReport:
    """Take the devices of a sheet (.xlsx, .csv) into the register; a code that is known is put right as its line says.

    With a fault in any line nothing is kept. The same sheet again changes nothing. Raises Denied, Invalid for a file
    that is no sheet.
    """
    must_edit(by)
    lines = read_lines(data, NEEDED)
    owners = {name: one.id for one in bodies(by.district, now) for name in (one.short_name, one.name) if name}
    known = dict(Device.objects.filter(district=by.district).values_list("code", "id"))
    made, faults = 0, list[Fault]()
    try:
        with transaction.atomic():
            for line in lines:
                told = device_of(line.cells, owners)
                became = _kept(by, told, known, now) if isinstance(told, NewDevice) else told
                if isinstance(became, bool):
                    made += became
                else:
                    faults += [Fault(line.number, column, why) for column, why in became.items()]
            if faults or dry_run:
                raise _Undone
    except _Undone:
        pass
    return SheetReport(len(lines), made, len(lines) - made, tuple(faults), not faults and not dry_run)


def _kept(by: Actor, new: NewDevice, known: dict[str, int], now: datetime) -> bool | dict[str, str]:
    """Whether it was written, False for one that stood so already; or what is wrong, by field."""
    try:
        if new.code in known:
            return change(by, known[new.code], new, now)
        known[new.code] = make(by, new, now)
    except (Invalid, Conflict) as why:
        return dict(why.fields) or {"": why.message}
    except HuyingError as why:
        return {"": why.message}
    return True
