"""Every working session of a run of years, laid end to end, so that any due time is one search away.

Moments are microseconds since 1970 in UTC, so that a day on which clocks are put forward or back counts as
long as it truly is. For each session the table holds its start, its end, and the working time done before it;
a moment is turned into working time done, and back, by bisection.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_MINUTE: Final = timedelta(minutes=1)

Session = tuple[time, time]


def micros(at: datetime) -> int:
    """The aware moment ``at`` as microseconds since 1970 in UTC; TypeError if it is naive."""
    delta = at - EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def minutes(mark: time) -> int:
    """Minutes from midnight to ``mark``."""
    return mark.hour * 60 + mark.minute


def closing_minutes(mark: time) -> int:
    """Minutes from midnight to the end of a session, where 00:00 is the midnight that ends the day."""
    return minutes(mark) or 24 * 60


class Table:
    """The sessions of the local years ``first`` to ``last``, both whole. Immutable.

    It answers for moments from ``low`` up to but not including ``high``; ``total`` is all its working time.
    """

    __slots__ = ("before", "ends", "first", "high", "last", "low", "sessions", "starts", "total")

    def __init__(
        self, first: int, last: int, working_days: Iterable[date], sessions: Sequence[Session], zone: ZoneInfo
    ) -> None:
        self.first: Final = first
        self.last: Final = last
        self.sessions: Final = sessions
        self.low: Final = _wall(date(first, 1, 1), 0, zone)
        self.high: Final = _wall(date(last + 1, 1, 1), 0, zone)
        self.starts: Final[list[int]] = []
        self.ends: Final[list[int]] = []
        self.before: Final[list[int]] = []
        marks = [(minutes(start), closing_minutes(end)) for start, end in sessions]
        done = 0
        for day in working_days:
            for opening, closing in marks:
                start, end = _wall(day, opening, zone), _wall(day, closing, zone)
                # A session wholly inside the hour that the clocks skip has no time.
                if end > start:
                    self.starts.append(start)
                    self.ends.append(end)
                    self.before.append(done)
                    done += end - start
        self.total: Final = done

    def done(self, moment: int) -> int:
        """Working microseconds from the table's beginning to ``moment``."""
        index = bisect_right(self.starts, moment) - 1
        if index < 0:
            return 0
        end = self.ends[index]
        return self.before[index] + (moment if moment < end else end) - self.starts[index]

    def moment(self, done: int) -> int:
        """The first moment at which ``done`` working microseconds are over (0 < ``done`` ≤ ``total``).

        Work that ends with a session ends there, not when the next session starts.
        """
        index = bisect_left(self.before, done) - 1
        return self.starts[index] + done - self.before[index]


def _wall(day: date, minute: int, zone: ZoneInfo) -> int:
    """The first moment at which the wall clock of ``zone`` shows ``minute`` of ``day`` or later.

    What a clock shows twice in autumn counts when first shown; what it skips in spring is the moment it skips.
    """
    if minute == 24 * 60:
        day, minute = date.fromordinal(day.toordinal() + 1), 0
    shown = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
    found = shown.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != shown.replace(tzinfo=None):
        found = _skip_before(found, zone)
    return micros(found)


def _skip_before(found: datetime, zone: ZoneInfo) -> datetime:
    """The moment, at or shortly before ``found``, at which the clocks of ``zone`` were put forward."""
    offset = found.astimezone(zone).utcoffset()
    while (found - _MINUTE).astimezone(zone).utcoffset() == offset:
        found -= _MINUTE
    return found


EMPTY: Final = Table(1970, 1969, (), (), ZoneInfo("UTC"))
