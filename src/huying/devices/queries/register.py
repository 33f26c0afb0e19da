"""The register as pages and interfaces show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from huying.access.actor import Actor
from huying.devices.models import Device, Maintenance
from huying.devices.policy import must_read, visible_to
from huying.devices.rules.kinds import DeviceKind
from huying.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """One device. Positions are CGCS2000 degrees; ``every`` in seconds; ``has_secret``: it has a credential,
    ``has_station_password``: as a station of HJ 212. ``home``: one word for all devices of a home.
    """

    id: int
    code: str
    kind: DeviceKind
    name: str
    area: str
    lon: float | None
    lat: float | None
    place_text: str
    body_id: int | None
    maker: str
    model: str
    every: int
    installed_on: date | None
    calibrated_on: date | None
    calibrate_days: int
    battery: int | None
    heard_at: datetime | None
    silent_at: datetime | None
    home: str
    has_secret: bool
    has_station_password: bool
    retired_at: datetime | None
    retired_why: str

    @property
    def calibrate_on(self) -> date | None:
        """When it is to be calibrated next; None: never, or nothing is known of the last time."""
        last = self.calibrated_on or self.installed_on
        return last + timedelta(days=self.calibrate_days) if last and self.calibrate_days else None


@dataclass(frozen=True, slots=True)
class Sought:
    """What narrows the list. ``state``: heard, silent, low (battery at most 20 %), retired; "": all in use."""

    kind: DeviceKind | None = None
    area: str = ""
    body_id: int | None = None
    word: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class MaintenanceInfo:
    """A time in which somebody works on it."""

    id: int
    since: datetime
    until: datetime
    why: str
    made_by: str


LOW_BATTERY = 20


def devices_for(
    actor: Actor, sought: Sought | None = None, after: int = 0, limit: int = 50
) -> list[DeviceInfo]:
    """The devices an actor sees, in the order they were registered, above id ``after``. Raises Denied."""
    must_read(actor)
    rows = Device.objects.filter(visible_to(actor) & _asked(sought or Sought()), id__gt=after)
    return [info(row) for row in rows.order_by("district", "id")[:limit]]


def device_for(actor: Actor, device_id: int) -> DeviceInfo:
    """One of them. Raises NotFound for one that is not seen, Denied."""
    return info(row_for(actor, device_id))


def row_for(actor: Actor, device_id: int) -> Device:
    """Its row, for the readers of this package."""
    must_read(actor)
    row = Device.objects.filter(visible_to(actor), id=device_id).first()
    if row is None:
        raise NotFound
    return row


def maintenance_of(actor: Actor, device_id: int, limit: int = 20) -> list[MaintenanceInfo]:
    """When it was and will be worked on, the newest first. Raises NotFound, Denied."""
    row = row_for(actor, device_id)
    found = Maintenance.objects.filter(district=row.district, device_id=row.id).order_by("-since")[:limit]
    return [MaintenanceInfo(one.id, one.since, one.until, one.why, one.made_by) for one in found]


def counts_for(actor: Actor) -> Mapping[str, int]:
    """How many devices in use an actor sees, how many of them are lost, and how many ask for a battery; one query."""
    must_read(actor)
    return Device.objects.filter(visible_to(actor), retired_at=None).aggregate(
        all=Count("id"),
        silent=Count("id", filter=Q(silent_at__isnull=False)),
        low=Count("id", filter=Q(battery__lte=LOW_BATTERY)),
    )


_STATES: Mapping[str, Q] = {
    "": Q(retired_at=None),
    "heard": Q(retired_at=None, silent_at=None, heard_at__isnull=False),
    "silent": Q(retired_at=None, silent_at__isnull=False),
    "low": Q(retired_at=None, battery__lte=LOW_BATTERY),
    "retired": Q(retired_at__isnull=False),
}


def _asked(sought: Sought) -> Q:
    asked = _STATES.get(sought.state, _STATES[""])
    given: dict[str, Any] = {"kind": sought.kind.value if sought.kind else None, "body_id": sought.body_id}
    asked &= Q(**{name: value for name, value in given.items() if value is not None})
    if sought.area:
        asked &= Q(area__gte=sought.area, area__lt=f"{sought.area}:")
    word = sought.word.strip()
    return asked & (Q(code__icontains=word) | Q(name__icontains=word) | Q(place_text__icontains=word))


def info(row: Device) -> DeviceInfo:
    """A row as it is shown."""
    return DeviceInfo(
        id=row.id, code=row.code, kind=DeviceKind(row.kind), name=row.name, area=row.area, lon=row.lon, lat=row.lat,
        place_text=row.place_text, body_id=row.body_id, maker=row.maker, model=row.model, every=row.every,
        installed_on=row.installed_on, calibrated_on=row.calibrated_on, calibrate_days=row.calibrate_days,
        battery=row.battery, heard_at=row.heard_at, silent_at=row.silent_at, home=row.home,
        has_secret=row.secret is not None, has_station_password=row.station_secret is not None,
        retired_at=row.retired_at, retired_why=row.retired_why,
    )  # fmt: skip
