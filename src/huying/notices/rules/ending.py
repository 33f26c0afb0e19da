"""When it is told that something will end: early enough to do something about it, and once more at the last moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

# Days before the end, the last first.
BELLS: Final[Sequence[int]] = (1, 14)


def bell(since: datetime, ends: datetime, now: datetime) -> int | None:
    """The days before the end whose bell has rung, the latest alone; None before the first.

    What was made for less than those days rings no bell for them: whoever made it knows when it ends.
    """
    for days in BELLS:
        rings = ends - timedelta(days=days)
        if since <= rings <= now < ends:
            return days
    return None
