"""A slow, simple-minded second opinion on due times: it walks minute by minute and looks at the wall clock.

It shares no code with the package and knows nothing of tables or bisection. Everything is on whole minutes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


@dataclass
class Wall:
    """What hangs on the office wall: opening hours, days off, and Saturdays that are worked."""

    zone: str = "Asia/Shanghai"
    sessions: Sequence[tuple[time, time]] = ((time(8), time(12)), (time(14), time(18)))
    off: Collection[date] = field(default_factory=set)
    on: Collection[date] = field(default_factory=set)
    weekend: Collection[int] = (5, 6)

    def open_at(self, moment: datetime) -> bool:
        local = moment.astimezone(ZoneInfo(self.zone))
        day = local.date()
        if day in self.off or (day.weekday() in self.weekend and day not in self.on):
            return False
        return any(self._within(local.time(), session) for session in self.sessions)

    def minutes_of_a_day(self) -> int:
        clock = [time(hour, minute) for hour in range(24) for minute in range(60)]
        return sum(any(self._within(mark, session) for session in self.sessions) for mark in clock)

    @staticmethod
    def _within(mark: time, session: tuple[time, time]) -> bool:
        start, end = session
        return start <= mark and (mark < end or end == time(0))


def ticks(moment: datetime, wall: Wall | None, pauses: Sequence[tuple[datetime, datetime]]) -> bool:
    """Whether the minute that begins at ``moment`` counts; without a wall every minute does."""
    if any(begin <= moment < end for begin, end in pauses):
        return False
    return wall is None or wall.open_at(moment)


def due(
    start: datetime, minutes: int, wall: Wall | None, pauses: Sequence[tuple[datetime, datetime]] = ()
) -> datetime:
    """The moment at which the last of ``minutes`` counted minutes ends."""
    moment = start.astimezone(UTC)
    while True:
        if ticks(moment, wall, pauses):
            minutes -= 1
        moment += MINUTE
        if minutes == 0:
            return moment


def worked(
    start: datetime, end: datetime, wall: Wall | None, pauses: Sequence[tuple[datetime, datetime]] = ()
) -> int:
    """How many minutes between two moments count."""
    moment, counted = start.astimezone(UTC), 0
    while moment < end:
        counted += ticks(moment, wall, pauses)
        moment += MINUTE
    return counted
