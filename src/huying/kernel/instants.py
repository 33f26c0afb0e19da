"""Moments as other systems write them: a subset of ISO 8601 (W3C note NOTE-datetime), always with its zone."""

import re
from datetime import UTC, datetime
from typing import Final

_W3C: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})",
    re.IGNORECASE,
)


def w3c(text: str) -> datetime | None:
    """The moment in UTC; None for what names none: no zone, no such day, or a year that no calendar of ours reaches.

    In an address "+" often arrives as a space: ``2026-03-02T09:00:00 08:00`` is read as it was meant.
    """
    given = text.strip()
    if len(given) > 40:
        return None
    found = _W3C.fullmatch(re.sub(r" (?=\d{2}:?\d{2}$)", "+", given))
    if found is None:
        return None
    *numbers, part, zone = found.groups()
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    offset = "+00:00" if zone.upper() == "Z" else f"{zone[:3]}:{zone[-2:]}"
    micro = (part or "").ljust(6, "0")[:6]
    written = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micro}{offset}"
    try:
        at = datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if 1900 <= at.year <= 2999 else None
