"""A stretch of time cut at the full hours of the clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

#: A silence begins to count after this long: sensors speak in bursts, and people stand still.
GRACE: Final = timedelta(minutes=15)
_HOUR: Final = timedelta(hours=1)


def pieces(since: datetime, until: datetime) -> Iterator[tuple[datetime, float]]:
    """Each piece's beginning and its length in hours, at most 1; nothing when ``until`` is not later."""
    at = since
    while at < until:
        following = min(until, at.replace(minute=0, second=0, microsecond=0) + _HOUR)
        yield at, (following - at) / _HOUR
        at = following


def weekend(at: datetime) -> int:
    """1 on Saturdays and Sundays, else 0."""
    return int(at.weekday() >= 5)
