"""Rows of a GeoReport server as plain records: numbers for codes are text, nothing is left where nothing was said,
times have a zone, coordinates lie on the earth."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from huying.exchange.channels.open311.answers import Row

_FORMATS: Final = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M:%S", "%a, %d %b %Y %H:%M:%S",
)  # fmt: skip
_TIMES: Final = ("requested_datetime", "updated_datetime", "expected_datetime")
_NOTHING: Final = frozenset({"", "null", "none", "nil", "n/a"})
_EPOCH: Final = re.compile(r"\d{10}|\d{13}")


def plain(row: Row, zone: tzinfo) -> dict[str, str]:
    """The row as text by text; what is empty, nested or no use is left out."""
    found = {str(name): word for name, value in row.items() if (word := _word(value))}
    for name in _TIMES:
        if name in found and (at := moment(found[name], zone)) is not None:
            found[name] = at.isoformat()
    lat, long = found.pop("lat", ""), found.pop("long", "") or found.pop("lon", "") or found.pop("lng", "")
    if (place := _on_earth(lat, long)) is not None:
        found["lat"], found["long"] = place
    if "status" in found:
        found["status"] = found["status"].lower()
    return found


def moment(text: str, zone: tzinfo) -> datetime | None:
    """The moment a server names; one without a zone is in its own. None where nobody can read it."""
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    try:
        return _zoned(datetime.fromisoformat(text), zone)
    except ValueError:
        pass
    for each in _FORMATS:
        try:
            return datetime.strptime(text, each).replace(tzinfo=zone)
        except ValueError:
            continue
    return None


def asked_at(at: datetime) -> str:
    """A moment as every server reads it: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def description_of(row: Mapping[str, str]) -> str:
    """What was said, the addresses of its pictures under it; the name of the service where nothing was."""
    words = row.get("description") or row.get("service_name") or row.get("service_code", "")
    link = row.get("media_url", "")
    return f"{words}\n{link}" if link and link not in words else words


def _zoned(at: datetime, zone: tzinfo) -> datetime:
    # A local time that a change of clocks skipped, or one at the ends of the calendar, cannot be moved to UTC.
    whole = at if at.tzinfo else at.replace(tzinfo=zone)
    try:
        whole.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(str(at)) from error
    return whole


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    word = str(value).strip() if isinstance(value, str | int | float) else ""
    return "" if word.lower() in _NOTHING else word


def _on_earth(lat: str, long: str) -> tuple[str, str] | None:
    try:
        north, east = float(lat), float(long)
    except ValueError:
        return None
    # Nought and nought is what programs say that know no place.
    right = -90 <= north <= 90 and -180 <= east <= 180 and (north, east) != (0, 0)
    return (str(north), str(east)) if right else None
