"""One message of a device, in the form every way in shares: JSON, read without trusting it.

``{"device", "at", "values": {factor: number}, "battery", "lon", "lat", "datum", "alarm"}``. ``at`` is ISO 8601 with its
zone, or seconds (or milliseconds) since 1970 in UTC; positions are degrees, WGS-84 unless ``datum`` says another.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeGuard

import orjson

from huying.devices.rules.registering import CODE, is_position
from huying.geo.datums import Datum
from huying.kernel.terms import Term

#: A device's clock may be so much ahead; what it kept while it was cut off is taken for so long.
AHEAD: Final = timedelta(minutes=5)
OLDEST: Final = timedelta(days=31)
MOST_FACTORS: Final = 40
#: Factors of one device over its life: each is a row of its last reading and of every hour.
MOST_KNOWN: Final = 200
LONGEST: Final = 16_384
#: How factors are called.
FACTOR: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,23}")
_LARGEST: Final = 1e15
_MILLISECONDS: Final = 1e11
_LONGEST_ALARM: Final = 16
#: How an alarm stands among the readings; no factor can be called so.
ALARM: Final = "alarm:"


class Unread(Term):
    """Why a message was not understood."""

    FORM = "form", "不是约定的 JSON"
    XML = "xml", "不是约定的 XML"
    UNKNOWN = "unknown", "没有登记这台设备"
    RETIRED = "retired", "设备已停用"
    OTHER = "other", "替别的设备说话"
    EMPTY = "empty", "没有读数、电量和报警"
    VALUE = "value", "读数不是数字"
    FUTURE = "future", "时间在将来"
    OLD = "old", "时间太久以前"
    TIME = "time", "时间写法不对"
    FACTORS = "factors", "设备的因子太多"
    FRAME = "frame", "不是 HJ 212 的数据包"
    SEGMENT = "segment", "HJ 212 数据段不完整"
    PASSWORD = "password", "访问密码不对"
    KIND = "kind", "不是摄像机"
    FAULT = "fault", "程序出错"


@dataclass(frozen=True, slots=True)
class Message:
    """What a device said. ``values`` are finite; ``lon``, ``lat`` degrees in ``datum``; ``alarm`` "" for none."""

    device: str
    at: datetime
    values: tuple[tuple[str, float], ...]
    battery: int | None = None
    lon: float | None = None
    lat: float | None = None
    datum: str = Datum.WGS84.value
    alarm: str = ""


def read(
    raw: object, now: datetime, device: str = "", came: datetime | None = None, *, retained: bool = False
) -> Message | Unread:
    """The message in bytes, text or a mapping. ``device``: the only one it may speak of, "": any.

    An alarm is heard whatever else is wrong with it: a time that cannot be is replaced by when it ``came`` (None: now),
    and a name by the way it came, where that says one. Not so the time of one that was ``retained``: said again to each
    who subscribes, it would be another press each time.
    """
    told = _mapping(raw)
    if told is None:
        return Unread.FORM
    alarm = _alarm(told.get("alarm"))
    code = _who(told, device, alarm)
    if isinstance(code, Unread):
        return code
    at = _moment(told.get("at"), now)
    values = _values(told.get("values"))
    if alarm:
        at = (came or now) if isinstance(at, Unread) and not retained else at
        values = () if isinstance(values, Unread) else values
    if isinstance(at, Unread):
        return at
    if isinstance(values, Unread):
        return values
    battery = _battery(told.get("battery"))
    if not values and battery is None and not alarm and "values" not in told:
        return Unread.EMPTY
    lon, lat = _position(told)
    datum = _text(str(told.get("datum", Datum.WGS84.value)))[:_LONGEST_ALARM]
    return Message(code, at, values, battery, lon, lat, datum, alarm)


def within(message: Message, known: set[str]) -> Message:
    """The message without factors that would be more than a device may have. ``known`` grows by those it keeps."""
    kept = []
    for name, value in message.values:
        if name in known or len(known) < MOST_KNOWN:
            known.add(name)
            kept.append((name, value))
    return message if len(kept) == len(message.values) else replace(message, values=tuple(kept))


def alone(message: Message) -> Mapping[str, Any]:
    """The alarm of a message as one that says nothing else."""
    return {
        "device": message.device, "at": message.at.isoformat(), "alarm": message.alarm, "battery": message.battery,
        "lon": message.lon, "lat": message.lat, "datum": message.datum,
    }  # fmt: skip


def _mapping(raw: object) -> Mapping[str, Any] | None:
    if isinstance(raw, bytes | str):
        if len(raw) > LONGEST:
            return None
        try:
            raw = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return None
    return raw if isinstance(raw, dict) else None


def _who(told: Mapping[str, Any], device: str, alarm: str) -> str | Unread:
    code = device if alarm and device else told.get("device") or device
    if not isinstance(code, str) or not code:
        return Unread.FORM
    if device and code != device:
        return Unread.OTHER
    # No device is registered otherwise, and not every such text is one to the database.
    return code if CODE.fullmatch(code) else Unread.UNKNOWN


def _alarm(raw: object) -> str:
    if raw is True:
        return "alarm"
    return _text(raw).strip().lower()[:_LONGEST_ALARM] if isinstance(raw, str) else ""


def _text(raw: str) -> str:
    """Without what is no text to the database: NUL, and halves of a character. No device means them."""
    return raw.replace("\0", "").encode(errors="ignore").decode()


def _moment(raw: object, now: datetime) -> datetime | Unread:
    at = _written(raw)
    if at is None:
        return Unread.TIME
    if at > now + AHEAD:
        return Unread.FUTURE
    return Unread.OLD if at < now - OLDEST else at


def _written(raw: object) -> datetime | None:
    try:
        if isinstance(raw, str):
            at = datetime.fromisoformat(raw)
            return at.astimezone(UTC) if at.utcoffset() is not None else None
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return datetime.fromtimestamp(raw / 1000 if raw > _MILLISECONDS else raw, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def _values(raw: object) -> tuple[tuple[str, float], ...] | Unread:
    if raw is None:
        return ()
    if not isinstance(raw, dict) or len(raw) > MOST_FACTORS:
        return Unread.FORM
    if not all(isinstance(name, str) and FACTOR.fullmatch(name) for name in raw):
        return Unread.FORM
    if not all(_is_number(value) for value in raw.values()):
        return Unread.VALUE
    return tuple((name, float(value)) for name, value in sorted(raw.items()))


def _is_number(value: object) -> TypeGuard[float]:
    if isinstance(value, bool):
        return True
    # Compared first: a whole number of any length comes by HTTP, and not each of them is a float.
    return isinstance(value, int | float) and abs(value) <= _LARGEST


def _battery(raw: object) -> int | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or raw != raw:
        return None
    return round(min(max(raw, 0), 100))


def _position(told: Mapping[str, Any]) -> tuple[float | None, float | None]:
    lon, lat = told.get("lon"), told.get("lat")
    if not _is_number(lon) or not _is_number(lat) or not is_position(lon, lat):
        return None, None
    return float(lon), float(lat)
