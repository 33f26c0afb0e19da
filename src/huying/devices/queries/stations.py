"""Which device a station of HJ 212 is: its MN is the code, its password proves it."""

import hmac
from dataclasses import dataclass

from huying.devices.models import Device
from huying.devices.queries.credentials import digests_of
from huying.devices.rules.registering import CODE
from huying.places.queries import districts

_PURPOSE = "device.station"


@dataclass(frozen=True, slots=True)
class Station:
    """A station that proved to be itself."""

    district: int
    code: str


def station_with(code: str, password: str) -> Station | None:
    """The device in use that bears the MN and shows the password that was set for it; None for any other."""
    row = _row(code)
    if row is None or row.station_secret is None:
        return None
    kept = bytes(row.station_secret)
    if not any(hmac.compare_digest(kept, one) for one in station_digests(row.district, row.id, password)):
        return None
    return Station(row.district, row.code)


def station_digests(district: int, device_id: int, password: str) -> list[bytes]:
    """What is kept of a station's password: under the house's own key first, then under those before."""
    return digests_of(district, f"{device_id}:{password}", _PURPOSE)


def whose_station(code: str) -> int | None:
    """The district in which a device in use bears the code; None for none."""
    row = _row(code)
    return row.district if row else None


def _row(code: str) -> Device | None:
    if not CODE.fullmatch(code):
        return None
    known = [one.code for one in districts()]
    return Device.objects.filter(district__in=known, code=code, retired_at=None).order_by("district").first()
