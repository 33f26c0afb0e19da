"""Moments as other systems write them: a subset of ISO 8601 (W3C note NOTE-datetime)."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

_W3C: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[ +-]\d{2}(?::?[0-5]\d)?)?)?",
    re.IGNORECASE | re.ASCII,
)
_DAY: Final = timedelta(days=1)
_TICK: Final = timedelta(microseconds=1)


def w3c(text: str, zone: tzinfo | None = None, *, last: bool = False) -> datetime | None:
    """The moment in UTC; None for what names none: no such day, or a year that no calendar of ours reaches.

    What names no zone is of ``zone``, and none without one. A day alone is its first moment, with ``last`` its last.
    In an address "+" often arrives as a space: ``2026-03-02T09:00:00 08:00`` is read as it was meant.
    """
    found = _W3C.fullmatch(text.strip())
    if found is None:
        return None
    *numbers, part, offset = found.groups()
    there = _zone(offset) if offset else zone
    if there is None:
        return None
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    micro = int((part or "").ljust(6, "0")[:6])
    try:
        at = datetime(year, month, day, hour, minute, second, micro, tzinfo=there)
        if last and numbers[3] is None:
            at += _DAY - _TICK
        at = at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if 1900 <= at.year <= 2999 else None


def _zone(offset: str) -> tzinfo | None:
    """The zone behind every way of writing one; None for one that the earth has not."""
    if offset in {"Z", "z"}:
        return UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-away if offset[0] == "-" else away) if away < _DAY else None
