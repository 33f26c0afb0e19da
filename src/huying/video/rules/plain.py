"""An alarm in the platform's own JSON or form, as an analysis platform pushes it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from huying.geo.datums import Datum
from huying.video.rules.kinds import AlarmDoor, AlarmKind
from huying.video.rules.naming import Own, named_kind
from huying.video.rules.sighting import Sighting, cleaned, key_of, moment, position


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """As it came in. ``kind``: one of ours, or as its maker calls it. ``ref``: the sender's own number of it."""

    device: str
    kind: str
    at: str | int | float | None = None
    ref: str = ""
    words: str = ""
    score: float | None = None
    level: int = 0
    lon: float | None = None
    lat: float | None = None
    datum: str = Datum.WGS84.value


def sighting_of(one: Pushed, now: datetime, zone: ZoneInfo, own: Own) -> Sighting:
    """What it tells. A kind that nobody knows is another one: no alarm is refused for its name."""
    at, timed = moment(one.at, now, zone)
    lon, lat = position(one.lon, one.lat)
    name, words = cleaned(one.kind, 60), cleaned(one.words)
    known = set(AlarmKind)
    kind = AlarmKind(name) if name in known else named_kind(name, own) or named_kind(words, own)
    return Sighting(
        device=one.device, kind=kind or AlarmKind.OTHER, door=AlarmDoor.WEBHOOK, at=at, timed=timed,
        words=words if name in known else cleaned(f"{name} {words}"), key=_key(one, at, timed),
        level=one.level, score=None if one.score is None else min(max(round(one.score), 0), 100),
        lon=lon, lat=lat, datum=one.datum,
    )  # fmt: skip


def _key(one: Pushed, at: datetime, timed: bool) -> str:
    if one.ref:
        return key_of("webhook", one.ref)
    return key_of("webhook at", at.isoformat(), one.kind, one.words) if timed else ""
