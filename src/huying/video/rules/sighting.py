"""One alarm of one camera as every dialect is read into; what it says is not believed, only heard."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from huying.devices.rules.messages import AHEAD, OLDEST
from huying.devices.rules.registering import is_position
from huying.geo.datums import Datum
from huying.video.rules.kinds import AlarmDoor, AlarmKind

WORDS_MOST: Final = 300
_MILLISECONDS: Final = 1e11


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What a camera tells. ``device``: the code in the register. ``at``: when, by the camera's clock.

    ``timed``: that clock could be believed, else ``at`` is when it came. ``key``: the same alarm sent again has the
    same one, "" where it cannot be told. ``level``: 1 gravest to 4, 0 not said. ``score``: how sure, in percent.
    ``over``: it tells that something ended.
    """

    device: str
    kind: AlarmKind
    door: AlarmDoor
    at: datetime
    timed: bool = True
    words: str = ""
    key: str = ""
    level: int = 0
    score: int | None = None
    lon: float | None = None
    lat: float | None = None
    datum: str = Datum.WGS84.value
    over: bool = False


def moment(raw: object, now: datetime, zone: ZoneInfo) -> tuple[datetime, bool]:
    """When, and whether it is believed: ISO 8601, without a zone by the district's clocks, or seconds since 1970.

    An alarm is heard whatever its clock says: what cannot be read, lies ahead or too far back is taken for now.
    """
    at = _written(raw, zone)
    if at is None or not now - OLDEST <= at <= now + AHEAD:
        return now, False
    return at, True


def _written(raw: object, zone: ZoneInfo) -> datetime | None:
    try:
        if isinstance(raw, datetime):
            return raw.astimezone(UTC)
        if isinstance(raw, str):
            at = datetime.fromisoformat(raw.strip())
            return (at if at.utcoffset() is not None else at.replace(tzinfo=zone)).astimezone(UTC)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return datetime.fromtimestamp(raw / 1000 if raw > _MILLISECONDS else raw, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def cleaned(text: str, most: int = WORDS_MOST) -> str:
    """In one line, without what is no text to the database."""
    return " ".join(text.replace("\0", "").encode(errors="ignore").decode().split())[:most]


def key_of(*parts: object) -> str:
    """The name of one alarm, made of what tells it from others."""
    return sha256("\x1f".join(str(part) for part in parts).encode(errors="replace")).hexdigest()[:40]


def position(lon: object, lat: object) -> tuple[float | None, float | None]:
    """Degrees, or none: what is no number, no place on earth, or 0, 0 as cameras without a fix say."""
    try:
        east, north = float(str(lon)), float(str(lat))
    except ValueError:
        return None, None
    if not is_position(east, north) or (east == 0 and north == 0):
        return None, None
    return east, north
