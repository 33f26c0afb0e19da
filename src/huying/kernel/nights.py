"""What is done once a night."""

from datetime import datetime, time, timedelta, tzinfo
from typing import Final

#: When few people call and nobody reads; local time.
NIGHT: Final = time(3)


def due_tonight(done: datetime | None, now: datetime, zone: tzinfo) -> bool:
    """Whether something last ``done`` then (aware; None never) was not done since three o'clock last passed."""
    local = now.astimezone(zone)
    passed = datetime.combine(local.date(), NIGHT, zone)
    if passed > local:
        passed = datetime.combine(local.date() - timedelta(days=1), NIGHT, zone)
    return done is None or done < passed
