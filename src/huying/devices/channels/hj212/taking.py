"""What a station of HJ 212 brings, kept as readings of the device whose code is its MN."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import OperationalError, close_old_connections, connection

from huying.access.actor import system
from huying.devices.actions import Given, deliver, write_down
from huying.devices.channels.hj212.talking import Told
from huying.devices.queries.stations import Station, station_with, whose_station
from huying.devices.rules.hj212.commands import Interval
from huying.devices.rules.hj212.flags import Trust
from huying.devices.rules.hj212.readings import Upload, uploads_of
from huying.devices.rules.hj212.segments import Segment
from huying.devices.rules.messages import FACTOR, MOST_FACTORS, Unread
from huying.kernel.errors import HuyingError
from huying.places.queries import district, districts

DOOR: Final = "hj212"
#: How the means of a span are called beside the value itself: w01018, w01018.hour.
_SPANS: Final = {
    Interval.REAL_TIME: "", Interval.MINUTE: ".min", Interval.HOUR: ".hour", Interval.DAY: ".day",
}  # fmt: skip
_RELIABLE: Final = frozenset({Trust.GOOD, Trust.LOWER_BOUND})
_PASSWORD: Final = re.compile(r"PW=[^;]*")


def take(segment: Segment, now: datetime) -> bool:
    """Keep what a segment brings; False for a station that is not known or shows another password.

    A segment without values makes its station heard. Raises OperationalError and Unavailable while the store is away.
    """
    close_old_connections()
    try:
        station = station_with(segment.device, segment.password)
        if station is None:
            _refuse(segment, now)
            return False
        deliver(system(station.district, "HJ 212"), list(_given(segment, station, now)), now)
    except OperationalError:
        connection.close()
        raise
    return True


def tell(told: Told, now: datetime) -> None:
    """Write down what was not understood: in the district of its station, or in the only one there is."""
    close_old_connections()
    code = whose_station(told.device) or _only()
    if code is not None:
        seen = _PASSWORD.sub("PW=***", told.seen)
        write_down(code, [Given(seen, told.device, DOOR)], {0: told.why}, now)


def _refuse(segment: Segment, now: datetime) -> None:
    known = whose_station(segment.device)
    seen = f"ST={segment.system};CN={segment.command};MN={segment.device}"
    tell(Told(Unread.UNKNOWN if known is None else Unread.PASSWORD, segment.device, seen), now)


def _only() -> int | None:
    rows = districts()
    return rows[0].code if len(rows) == 1 else None


def _given(segment: Segment, station: Station, now: datetime) -> Iterator[Given]:
    zone = ZoneInfo(district(station.district).zone)
    try:
        uploads = uploads_of(segment, zone)
    except HuyingError:
        # A time that is none: the station is heard, and what it said is written down.
        tell(Told(Unread.TIME, segment.device, str(segment.groups)), now)
        uploads = []
    for upload in uploads:
        values = list(_values(upload))
        for first in range(0, len(values), MOST_FACTORS):
            told = {"at": upload.at.isoformat(), "values": dict(values[first : first + MOST_FACTORS])}
            yield Given(told, station.code, DOOR)
    yield Given({"at": now.isoformat(), "values": {}}, station.code, DOOR)


def _values(upload: Upload) -> Iterator[tuple[str, float]]:
    """What may be relied on. Over range counts as the value it shows: the water is at least as bad."""
    for reading in upload.readings:
        name = f"{reading.factor.code if reading.factor else reading.code}{_SPANS[upload.interval]}"
        if reading.value is not None and reading.trust in _RELIABLE and FACTOR.fullmatch(name):
            yield name, reading.value
