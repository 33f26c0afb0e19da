"""When a notice may go: quiet hours, at most so many a day, a digest once a day, tries and rests between them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

# Longer and longer, as a gateway that is away is seldom back within a minute; together about a day.
RESTS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
MOST_TRIES: Final = len(RESTS) + 1
# News older than this is told to nobody outside the pages; a worker may have been away.
STALE_OUTSIDE: Final = timedelta(days=1)
STALE: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours 免打扰 by the district's clock, over midnight too; equal ends: none."""

    since: time
    until: time

    def holds_at(self, at: time) -> bool:
        if self.since <= self.until:
            return self.since <= at < self.until
        return at >= self.since or at < self.until


NEVER: Final = Quiet(time(0), time(0))


def out_of_quiet(at: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """``at`` itself, or when the quiet hours around it end. Aware in, aware out."""
    local = at.astimezone(zone)
    if not quiet.holds_at(local.time()):
        return at
    ends = datetime.combine(local.date(), quiet.until, zone)
    return max(
        at, ends if ends > local else datetime.combine(local.date() + timedelta(days=1), quiet.until, zone)
    )


def next_digest(at: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """The next full ``hour`` o'clock of the district's day, later than ``at``."""
    local = at.astimezone(zone)
    today = datetime.combine(local.date(), time(hour), zone)
    return today if today > local else datetime.combine(local.date() + timedelta(days=1), time(hour), zone)


def within_allowance(
    at: datetime, quiet: Quiet, zone: ZoneInfo, most_a_day: int, planned: Callable[[date], int]
) -> datetime:
    """The first moment from ``at`` on that is not quiet, on a day with fewer than ``most_a_day`` planned."""
    due = out_of_quiet(at, quiet, zone)
    while planned(due.astimezone(zone).date()) >= most_a_day:
        tomorrow = due.astimezone(zone).date() + timedelta(days=1)
        due = out_of_quiet(datetime.combine(tomorrow, time(0), zone), quiet, zone)
        if not quiet.holds_at(time(0)):
            # Without quiet hours at midnight nobody is woken at it either.
            due = datetime.combine(tomorrow, time(8), zone)
    return due


def rest_after(tries: int) -> timedelta | None:
    """How long to wait after so many failed tries; None: give up."""
    return RESTS[tries - 1] if 0 < tries <= len(RESTS) else None
